// A date is found: why a day is bad, how it is chosen by keys, and what becomes of it.
import { Studio, VIEWS, shipped } from "./harness.mjs";

export async function dates(browser, { expect, told, run, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.dates(page);
  const day = (/** @type {string} */ date) => page.locator(`[data-date="${date}"]`);
  expect("two months are drawn", (await page.locator(".month").count()) === 2);
  // A holiday of one country is bad, and says whose.
  await day("2022-11-01").click();
  await page.locator(".form li", { hasText: "feriados de Guatemala" }).first().waitFor();
  expect("the others have nothing against it", (await page.locator(".by-country li", { hasText: "le conviene" }).count()) >= 2);
  expect("its name says so", /No conviene/.test((await day("2022-11-01").getAttribute("aria-label")) ?? ""));
  expect("nothing can be done there", (await page.getByRole("button", { name: "Nueva sesión en esta fecha" }).count()) === 0);
  // By keys: a week on, and a day.
  await day("2022-11-01").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.locator(".form h3", { hasText: "9 de noviembre de 2022" }).waitFor();
  expect("all countries' hours are shown", (await page.locator(".form .hours li").count()) >= 2);
  await page.getByRole("button", { name: "Nueva sesión en esta fecha" }).click();
  await page.locator('.unfolded input[lang="es"]').fill("Seguimiento");
  await page.locator('.unfolded input[lang="en"]').fill("Follow-up");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Seguimiento" }).waitFor();
  await page.keyboard.press("Control+s");
  await page.locator(".said", { hasText: "Guardado" }).waitFor();
  const report = JSON.parse(run(["when", "--days", "2022-11-09..2022-11-09", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line knows that the day is taken", report.proposals.length === 0, JSON.stringify(report).slice(0, 300));
  // Another one is moved to the best date.
  await VIEWS.dates(page);
  await page.locator(".best button").first().click();
  const to = (await page.locator('.days [aria-pressed="true"]').getAttribute("data-date")) ?? "";
  await page.getByRole("button", { name: "Mover aquí una sesión" }).click();
  await page.locator(".unfolded select").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Mover", exact: true }).click();
  await page.locator(".view.session").waitFor();
  const { sessions } = await studio.ask("desk");
  expect("it is there now", sessions.some((/** @type {any} */ one) => one.date === to && one.slots.length > 0), to);
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`dates: ${fault}`));
  studio.end();
  told.push("a date found, a session put there and another moved");
}
