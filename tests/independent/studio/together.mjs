// Two pages on one desk, and a file that somebody else changes meanwhile: put together, or asked about side by side.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Studio, VIEWS, shipped } from "./harness.mjs";

export async function together(browser, { expect, told, audit, faults }) {
  const studio = await Studio.over(shipped);
  const file = join(studio.folder, "sessions/1-global-initiatives.toml");
  const [one, other] = [await studio.page(browser, { lang: "es" }), await studio.page(browser, { lang: "en" })];
  await VIEWS.item(one);
  await VIEWS.item(other);
  // What one page does, the other shows.
  await one.locator('.item input[lang="es"]').first().fill("Saludo");
  await one.keyboard.press("Tab");
  await one.locator(".said", { hasText: "poner el título «Saludo»" }).waitFor();
  await other.waitForFunction(() => /** @type {any} */ (document.querySelector('.item input[lang="es"]'))?.value === "Saludo");
  // Somebody else changes something else in the same file: both stand.
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(/^number = .*$/m, (line) => `${line} # revisado`));
  await one.locator(".said", { hasText: "junto a lo que usted cambió" }).waitFor();
  expect("nothing is asked", (await one.locator(".clashes").count()) === 0);
  // And now the same title.
  const wording = /** @type {RegExpMatchArray} */ (before.split("\n[[slots]]\n")[2].match(/es = "[^"]*"/))[0];
  writeFileSync(file, readFileSync(file, "utf8").replace(wording, 'es = "Bienvenida"'));
  const clashes = one.locator(".clashes");
  await clashes.waitFor();
  expect("both are seen side by side", /Saludo/.test((await clashes.locator(".side").first().textContent()) ?? "") && /Bienvenida/.test((await clashes.locator(".side").nth(1).textContent()) ?? ""), await clashes.textContent());
  await audit(one, "clashes es:", "es");
  // Killed in between, it is asked about again.
  await one.close();
  await other.close();
  await studio.die();
  await studio.open();
  const again = await studio.page(browser, { lang: "es" });
  await again.locator(".clashes").getByRole("radio").nth(1).check();
  await again.getByRole("button", { name: "Dejarlo así" }).click();
  await again.locator(".clashes").waitFor({ state: "detached" });
  await again.keyboard.press("Control+s");
  await again.locator(".said", { hasText: "Guardado" }).waitFor();
  const text = readFileSync(file, "utf8");
  expect("theirs stands, and what else they wrote", text.includes('es = "Bienvenida"') && text.includes("# revisado") && !text.includes("Saludo"), text.slice(0, 400));
  for (const page of [one, other, again]) page.faults.filter((/** @type {string} */ fault) => !/ERR_CONNECTION|ERR_INCOMPLETE|Failed to fetch|ERR_EMPTY/.test(fault)).forEach((/** @type {string} */ fault) => faults.push(`together: ${fault}`));
  studio.end();
  told.push("two pages, a merge, a clash settled after kill -9");
}

/** The way to the program is cut, as by a change of the network: the page finds it again, and nothing is done twice. */
export async function cut(browser, { expect, told, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  const once = async (/** @type {string} */ path, /** @type {boolean} */ heard) => {
    let waits = true;
    await page.route(`**/api/${path}`, async (/** @type {any} */ route) => {
      if (!waits) return route.continue();
      waits = false;
      if (heard) await route.fetch();
      return route.abort("connectionreset");
    });
  };
  // At the beginning, and of the news.
  await once("desk*", false);
  await once("events", false);
  await page.reload();
  await page.waitForSelector("main h1");
  await studio.act({ do: "title", of: { kind: "slot", session: "global-initiatives", slot: 0 }, lang: "es", to: "De otra página" });
  await VIEWS.session(page);
  await page.locator(".block", { hasText: "De otra página" }).waitFor();
  // Of a change that was not heard, and of one that was.
  for (const [heard, title] of [[false, "Sin oír"], [true, "Oído"]]) {
    await page.unrouteAll();
    await once("act", heard);
    await VIEWS.item(page);
    await page.locator('.item input[lang="es"]').first().fill(title);
    await page.keyboard.press("Tab");
    await page.getByText("Se cortó un momento").first().waitFor();
    const block = page.locator(".block").nth(1);
    if (heard) await page.locator(".block", { hasText: title }).first().waitFor();
    expect(`a change that was cut off shows as it is (${title})`, (await block.textContent())?.includes(title) === heard, await block.textContent());
  }
  expect("it is not taken for closed", !/El estudio se cerró/.test((await page.textContent("body")) ?? ""));
  page.faults.filter((/** @type {string} */ fault) => !/ERR_CONNECTION_RESET/.test(fault)).forEach((/** @type {string} */ fault) => faults.push(`cut: ${fault}`));
  studio.end();
  told.push("a page that was cut off goes on");
}

/** Two things done soon after one another are both seen, however late the page hears of each. */
export async function soon(browser, { told, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.session(page);
  let answers = 0;
  await page.route("**/api/desk?since*", async (/** @type {any} */ route) => {
    const late = 300 * (answers += 1);
    const response = await route.fetch();
    await new Promise((done) => setTimeout(done, late));
    await route.fulfill({ response });
  });
  for (const to of ["Una cosa", "Y enseguida otra"]) {
    const asked = page.waitForRequest("**/api/desk?since*", { timeout: 250 }).catch(() => {});
    await studio.act({ do: "title", of: { kind: "slot", session: "global-initiatives", slot: 0 }, lang: "es", to });
    await asked;
  }
  await page.locator(".block", { hasText: "Y enseguida otra" }).waitFor();
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`soon: ${fault}`));
  studio.end();
  told.push("what was done soon after one another is seen");
}
