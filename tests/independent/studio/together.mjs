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
  studio.program.removeAllListeners("exit");
  studio.program.kill("SIGKILL");
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
