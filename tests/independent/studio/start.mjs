// A folder without a programme: a new group, the example, and a document that is read and corrected.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Studio, visit } from "./harness.mjs";

const NOTE = `Grupo de Trabajo de los Puertos

Sesión 1: Lo que hemos probado
Martes 4 de mayo de 2027

10.00 a 10.05 Palabras de apertura. Municipalidad de Puerto Alto
10.05 a 11.45 Panorama regional (40 min). CGLU, por confirmar
10.45 a 11.15 Preguntas y respuestas
11.15 a 11.30 Cierre
`;

const save = async (/** @type {any} */ page) => {
  await page.keyboard.press("Control+s");
  await page.locator(".said", { hasText: /Guardado|Saved/ }).waitFor();
};

/** A group is begun by its name, and the example is opened and undone. */
export async function beginning(browser, { expect, run, audit, faults }) {
  for (const [lang, width, dark] of /** @type {[string, number, boolean][]} */ ([["es", 1440, false], ["en", 360, true]])) {
    const studio = await Studio.over(null);
    const page = await studio.page(browser, { lang, width, dark });
    await page.getByLabel("Guatemala", { exact: true }).waitFor();
    await audit(page, `start ${lang} ${width}:`, lang);
    expect("nothing is written before something is done", readdirSync(studio.folder).length === 0);
    await page.getByRole("button", { name: lang === "es" ? "Ver el ejemplo" : "Open the example" }).click();
    await page.locator(".card").first().waitFor();
    await page.keyboard.press("Control+z");
    await page.locator(".beginning").first().waitFor();
    await page.locator('.new-group input[lang="es"]').fill('Grupo "de los Puertos"');
    await page.locator('.new-group input[lang="en"]').fill("Working Group");
    await page.getByLabel("Panamá", { exact: true }).or(page.getByLabel("Panama", { exact: true })).check();
    await page.getByLabel("Honduras", { exact: true }).check();
    await page.getByRole("button", { name: lang === "es" ? "Comenzar el grupo" : "Create the group" }).click();
    await page.locator(".cards").waitFor();
    await save(page);
    const text = readFileSync(join(studio.folder, "sessions/group.toml"), "utf8");
    expect("the group is in its file", /time-zone = "America\/Panama"/.test(text) && /es = "Grupo \\"de los Puertos\\""/.test(text), text);
    const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
    expect("the command line finds no fault in it", !findings.some((/** @type {any} */ finding) => finding.level === "error"), JSON.stringify(findings));
    page.faults.forEach((/** @type {string} */ fault) => faults.push(`beginning: ${fault}`));
    studio.end();
  }
}

/** A document is dropped, a line of it corrected, and what was read taken as one change. */
export async function importing(browser, { expect, told, run, audit, faults }) {
  const studio = await Studio.over(null);
  const page = await studio.page(browser, { lang: "es" });
  await page.setInputFiles("input[type=file]", { name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from(NOTE) });
  const items = page.locator(".found li");
  await items.nth(3).waitFor();
  await audit(page, "import es:", "es");
  expect("a fault is kept as it is printed", (await items.nth(1).textContent())?.includes("10:05–11:45"));
  // One item and its line light up together.
  await items.nth(1).locator("button").focus();
  await page.locator(".source li.lit", { hasText: "Panorama regional" }).waitFor();
  // The line is corrected, and the rest read again with it.
  await page.getByRole("button", { name: /Corregir el renglón \d+: 10.05 a 11.45/ }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("10.05 a 10.45 Panorama regional (40 min). CGLU, por confirmar");
  await page.keyboard.press("Enter");
  await items.nth(1).filter({ hasText: "10:05–10:45" }).waitFor();
  await page.getByLabel("Las horas son las de").selectOption("America/Guatemala");
  await page.locator("p", { hasText: "ninguna zona" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Agregar \d archivos/ }).click();
  await page.locator(".card h2").waitFor();
  await save(page);
  const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("no clash is left", !findings.some((/** @type {any} */ finding) => finding.check === "slot-overlap"), JSON.stringify(findings));
  // The same once more: what the file has already is not offered again.
  await visit(page, /^Resumen/);
  await page.getByRole("button", { name: "+ Desde un documento" }).click();
  await page.setInputFiles("input[type=file]", { name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from(NOTE) });
  await page.locator(".banner.warning", { hasText: "dice otra cosa" }).waitFor();
  await audit(page, "import again es:", "es");
  expect("what is there stays unless it is asked for", await page.getByRole("button", { name: "Elija abajo qué tomar" }).isDisabled());
  // Item by item.
  await page.locator(".differs input:enabled").first().check();
  await page.getByRole("button", { name: "Tomar 1 cambio" }).click();
  await page.locator(".card h2").waitFor();
  expect("it is taken as one change", (await studio.ask("desk")).undo?.es.startsWith("importar "));
  await visit(page, /^Resumen/);
  while (await page.getByRole("button", { name: /^Deshacer:/ }).count()) {
    await page.keyboard.press("Control+z");
    await page.waitForTimeout(150);
  }
  await page.locator(".beginning").first().waitFor();
  await save(page);
  expect("undone, no file is left", !existsSync(join(studio.folder, "sessions/group.toml")));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`importing: ${fault}`));
  studio.end();
  told.push("a group begun, a document read and corrected");
}
