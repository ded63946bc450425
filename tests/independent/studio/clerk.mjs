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

/** What cannot be is kept as it was typed, with why beside it, in sight. */
async function wrongValues(page, expect) {
  const stays = async (/** @type {any} */ field, /** @type {string} */ typed, /** @type {RegExp} */ why) => {
    await field.fill(typed);
    await page.keyboard.press("Tab");
    await page.locator(".field .why", { hasText: why }).waitFor();
    await page.waitForTimeout(300);
    expect(`«${typed}» is kept`, (await field.inputValue()) === typed, await field.inputValue());
    expect(`«${typed}» is marked`, (await field.getAttribute("aria-invalid")) === "true");
    const seen = await page.locator(".field .why", { hasText: why }).evaluate((/** @type {Element} */ own) => [own.getBoundingClientRect().top, own.getBoundingClientRect().bottom, innerHeight].join());
    expect(`why «${typed}» is wrong is in sight`, seen.split(",")[0] > 60 && seen.split(",")[1] <= 900, seen);
    expect(`why «${typed}» is wrong is said once`, (await page.locator(".banner.error").count()) === 0);
  };
  await visit(page, /^Personas/);
  await page.locator(".entries .head").first().click();
  await stays(page.locator(".inside").getByLabel("Correo"), "esto no es correo", /no es una dirección/);
  await VIEWS.overview(page);
  await visit(page, /^Personas/);
  await page.locator(".entries .head").first().click();
  expect("it is there when one comes back", (await page.locator(".inside").getByLabel("Correo").inputValue()) === "esto no es correo");
  await VIEWS.session(page);
  await stays(page.getByLabel("Fecha", { exact: true }), "30 de febrero de 2027", /no es un día/);
}

/** The sentence about what was done covers nothing, can be put away, goes by itself, and is there for those who hear it. */
async function sentences(page, expect) {
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await VIEWS.item(page);
    const title = page.locator('.item input[lang="es"]').first();
    await title.fill(`A lo ancho ${width}`);
    await page.keyboard.press("Tab");
    await page.locator(".saying:not(.hidden) .said", { hasText: `A lo ancho ${width}` }).waitFor();
    expect(`it stands in the bar at ${width}`, await page.evaluate(() => {
      const [bar, own] = [".bar", ".saying"].map((name) => /** @type {Element} */ (document.querySelector(name)).getBoundingClientRect());
      return own.top >= bar.top && own.bottom <= bar.bottom && own.left >= 0 && own.right <= innerWidth;
    }));
  }
  await page.getByRole("button", { name: "Quitar este aviso" }).click();
  await page.locator(".saying.hidden .said", { hasText: "A lo ancho 360" }).waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('.item input[lang="es"]').first().fill("Se va");
  await page.keyboard.press("Tab");
  await page.locator(".saying:not(.hidden) .said", { hasText: "Se va" }).waitFor();
  await page.locator(".saying.hidden .said", { hasText: "Se va" }).waitFor();
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
  await wrongValues(page, expect);
  await sentences(page, expect);
  await killed(studio, page, expect);
  page.faults.filter((/** @type {string} */ fault) => !/ERR_CONNECTION|ERR_INCOMPLETE|Failed to fetch|ERR_EMPTY/.test(fault)).forEach((/** @type {string} */ fault) => faults.push(`clerk: ${fault}`));
  studio.end();
  told.push("new items typed, wrong values kept, sentences that go, a page without its program locked");
}
