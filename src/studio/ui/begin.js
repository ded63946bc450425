// @ts-check
// The page is loaded again where one of its modules did not come: a change of the network ends what a browser is just
// fetching, even from this very machine. A few times, since it may be another fault; then the page says so itself.
import("./app.js").then(
  () => sessionStorage.removeItem("tries"),
  (error) => {
    const tries = Number(sessionStorage.getItem("tries") ?? 0);
    if (tries >= 5) throw error;
    sessionStorage.setItem("tries", String(tries + 1));
    setTimeout(() => location.reload(), 200 * (tries + 1));
  },
);
