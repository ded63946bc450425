// What somebody needs who never saw such a program: to know where what is typed goes, and that it is kept.
import { Studio, VIEWS, shipped, visit } from "./harness.mjs";

/** What is typed after a new item is made is its title, wherever it was made. */
async function newItems(page, expect) {
  const focused = () => page.evaluate(() => {
    const own = /** @type {HTMLInputElement} */ (document.activeElement);
    return [Boolean(own.closest(".item")), own.value?.slice(own.selectionStart ?? 0, own.selectionEnd ?? 0)].join();
  });
  const makes = async (/** @type {string} */ where, /** @type {() => any} */ make) => {
    const before = await page.locator(".said").textContent();
    await make();
    await page.waitForFunction((/** @type {string} */ old) => document.querySelector(".said")?.textContent !== old && document.querySelector(".item"), before);
    await page.waitForTimeout(300);
    expect(`what is typed ${where} is the new item's title`, (await focused()) === "true,Punto nuevo", await focused());
  };
  await VIEWS.session(page);
  await makes("with nothing open", () => page.getByRole("button", { name: "Agregar un punto", exact: true }).click());
  await page.keyboard.type("Palabras finales");
  await page.keyboard.press("Tab");
  await page.locator(".said", { hasText: "poner el título «Palabras finales»" }).waitFor();
  await makes("inside an item", () => page.getByRole("button", { name: /^\+ Agregar un punto dentro/ }).click());
  await VIEWS.item(page);
  await makes("behind an item", () => page.getByRole("button", { name: "Agregar después" }).click());
}

/** Without its program the page takes nothing more, and says what to do. */
async function killed(studio, page, expect) {
  await VIEWS.item(page);
  studio.program.removeAllListeners("exit");
  studio.program.kill("SIGKILL");
  const told = page.getByRole("alertdialog");
  await told.getByText("convoca estudio").waitFor();
  const title = page.locator('.item input[lang="es"]').first();
  const at = async () => page.evaluate(() => { const { top, bottom } = /** @type {Element} */ (document.querySelector("dialog")).getBoundingClientRect(); return top > 0 && bottom < innerHeight; });
  expect("it is in sight", await at());
  await page.keyboard.press("Escape");
  await title.click({ timeout: 500 }).catch(() => {});
  await page.keyboard.type("se perdería");
  expect("nothing can be typed behind it", !(await title.inputValue()).includes("se perdería"), await title.inputValue());
  expect("nothing is called saved", (await page.getByText("Todo guardado").count()) === 0);
}

/** @param {any} browser @param {any} report */
export async function clerk(browser, { expect, told, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await newItems(page, expect);
  await killed(studio, page, expect);
  page.faults.filter((/** @type {string} */ fault) => !/ERR_CONNECTION|ERR_INCOMPLETE|Failed to fetch|ERR_EMPTY/.test(fault)).forEach((/** @type {string} */ fault) => faults.push(`clerk: ${fault}`));
  studio.end();
  told.push("new items typed, a page without its program locked");
}
