// Items inside others, documents, absences, holidays, working hours, and how the documents look.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Studio, VIEWS, shipped, visit } from "./harness.mjs";

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0f5a63"/></svg>';

const done = (/** @type {any} */ page, /** @type {string} */ text) => page.locator(".said", { hasText: text }).waitFor();

/** An item goes into the one before it by keys, is edited there, and comes out by its form. */
export async function nesting(browser, { expect, told, run, audit, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.session(page);
  // Its agenda is seen in place, and made anew with each change.
  await page.locator(".previewed summary").click();
  await page.frameLocator("iframe.sheet").locator("h1").first().waitFor();
  const count = await page.locator(".block").count();
  await page.locator(".block").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Alt+ArrowRight");
  await done(page, "dentro de «");
  expect("it is no item of its own any more", (await page.locator(".block").count()) === count - 1);
  await page.locator('.item input[lang="es"]').first().fill("Una parte");
  await page.keyboard.press("Tab");
  await done(page, "poner el título «Una parte»");
  await audit(page, "inner item es:", "es");
  await page.getByRole("button", { name: /^\+ Agregar un punto dentro/ }).click();
  await done(page, "agregar «Punto nuevo» dentro de «Una parte»");
  await page.getByRole("button", { name: /^Deshacer: agregar «Punto nuevo»/ }).click();
  await done(page, "Deshecho: agregar «Punto nuevo»");
  await page.locator(".block").first().click();
  await page.locator(".inside-items button", { hasText: "Una parte" }).click();
  await page.getByRole("button", { name: /^← Sacar de «/ }).click();
  await done(page, "sacar «Una parte» de «");
  expect("it stands where it was", (await page.locator(".block").count()) === count);
  // A document of the item.
  await page.locator(".item summary", { hasText: "Más" }).click();
  await page.locator(".item").getByRole("button", { name: "+ Agregar un documento" }).click();
  await page.locator(".unfolded").getByLabel("Título · Español").fill("Presentación");
  await page.locator(".unfolded").getByLabel("Título · Inglés").fill("Slides");
  await page.locator(".unfolded").getByLabel("Dirección en la web").fill("https://example.org/p");
  await page.keyboard.press("Enter");
  await done(page, "agregar el documento «Presentación»");
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  const text = readFileSync(join(studio.folder, "sessions/1-global-initiatives.toml"), "utf8");
  expect("it is in the file", text.includes('link = "https://example.org/p"'));
  const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line reads it", !findings.some((/** @type {any} */ one) => one.level === "error"), JSON.stringify(findings));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`nesting: ${fault}`));
  studio.end();
  told.push("an item nested, lifted and given a document");
}

/** Who is away when, holidays, hours of work; a date takes them into account. */
export async function times(browser, { expect, told, run, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await visit(page, /^Personas/);
  await page.locator(".entries .head", { hasText: "Esquipulas" }).click();
  await page.getByRole("button", { name: "+ Agregar una ausencia" }).click();
  await page.locator(".unfolded").getByLabel("Primer día").fill("7 de noviembre de 2022");
  await page.locator(".unfolded").getByLabel("Último día").fill("11 nov 2022");
  await page.locator(".unfolded").getByLabel(/^Motivo/).fill("Feria patronal");
  await page.keyboard.press("Enter");
  await done(page, "agregar una ausencia");
  await page.locator(".listed li", { hasText: "del 7 de noviembre de 2022 al 11 de noviembre de 2022" }).waitFor();
  const begins = page.locator(".by-country-hours li").first().getByLabel("Desde");
  await begins.fill("730");
  await begins.press("Enter");
  await done(page, "cambiar el horario de trabajo");
  await page.getByRole("button", { name: "+ Agregar un feriado" }).click();
  await page.locator(".unfolded").getByLabel("Fecha").fill("14/11/2022");
  await page.locator(".unfolded").getByLabel(/^Qué se celebra · Español/).fill("Día del municipio");
  await page.keyboard.press("Enter");
  await done(page, "agregar el feriado del 14 de noviembre de 2022");
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  const text = readFileSync(join(studio.folder, "sessions/group.toml"), "utf8");
  for (const said of ["from = 2022-11-07", 'reason = "Feria patronal"', "date = 2022-11-14", 'start = "07:30"']) expect(`group.toml says ${said}`, text.includes(said));
  const report = JSON.parse(run(["when", "--days", "2022-11-07..2022-11-14", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("no date is proposed then", !report.proposals.some((/** @type {any} */ one) => one.date?.startsWith("2022-11-14")), JSON.stringify(report).slice(0, 300));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`times: ${fault}`));
  studio.end();
  told.push("absences, a holiday and working hours entered");
}

const LIST = "Nombre,Cargo,Correo,Organización\nAna Prueba,Alcaldesa,ana@example.org,Municipalidad de Upala\nLuis Ensayo,Secretario,luis@example.org,Red de Prueba\nAna Prueba,Otra,ana2@example.org,\n";

/** People come out of a list: what is doubtful is told, and what is picked is one change. */
export async function contacts(browser, { expect, told, run, audit, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await visit(page, /^Personas/);
  await page.getByRole("button", { name: "+ Desde una lista" }).click();
  await page.setInputFiles("input[type=file]", { name: "contactos.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await page.locator(".contacts .settle", { hasText: "ya está en el renglón" }).waitFor();
  await audit(page, "contacts es:", "es");
  await page.getByRole("button", { name: /^Tomar \d+/ }).click();
  await done(page, "tomar contactos de contactos.csv").catch(() => done(page, "tomar contactos"));
  await page.locator(".entries .head", { hasText: "Ana Prueba" }).filter({ hasText: "Upala" }).waitFor();
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  const text = readFileSync(join(studio.folder, "sessions/group.toml"), "utf8");
  expect("both are in the file", text.includes("ana@example.org") && text.includes("luis@example.org"), text.slice(-600));
  const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line finds no fault in it", !findings.some((/** @type {any} */ one) => one.level === "error"), JSON.stringify(findings));
  await page.getByRole("button", { name: "+ Desde una lista" }).click();
  await page.setInputFiles("input[type=file]", { name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from("10:00 Apertura\n") });
  await page.locator(".contacts .banner.error", { hasText: "no es una lista de contactos" }).waitFor();
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`contacts: ${fault}`));
  studio.end();
  told.push("people out of a list");
}

/** A logo is dropped and a colour typed: the document beside it shows both at once. */
export async function looks(browser, { expect, told, audit, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await visit(page, /^Imagen/);
  const frame = page.frameLocator("iframe.sheet");
  await frame.locator("h1, h2").first().waitFor();
  await page.setInputFiles("input[type=file] >> nth=0", { name: "Escudo Municipal.svg", mimeType: "image/svg+xml", buffer: Buffer.from(LOGO) });
  // What it shows is asked before it is among the others, and is no name of a file.
  await page.locator("form.logo").waitFor();
  await page.getByLabel("Qué muestra, para quien no puede verlo · Español").fill("Escudo de Upala");
  await page.getByLabel("Qué muestra, para quien no puede verlo · Inglés").fill("Arms of Upala");
  await page.keyboard.press("Enter");
  await done(page, "escudo-municipal.svg");
  await frame.locator("img").first().waitFor();
  const colour = page.getByLabel("Color", { exact: true });
  await colour.fill("#a03020");
  const since = Date.now();
  await colour.press("Enter");
  await page.waitForFunction(() => document.querySelector(".said")?.textContent?.includes("cambiar el color"));
  const painted = () => frame.locator("h1").first().evaluate((title) => getComputedStyle(title).color).catch(() => "");
  while ((await painted()) !== "rgb(160, 48, 32)" && Date.now() - since < 20_000) await page.waitForTimeout(10);
  const milliseconds = Date.now() - since;
  expect("the colour is seen", (await painted()) === "rgb(160, 48, 32)", await painted());
  await audit(page, "look es:", "es");
  await page.setInputFiles("input[type=file] >> nth=1", { name: "x.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await page.locator(".banner.error", { hasText: "no es un archivo de Word" }).waitFor();
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  const text = readFileSync(join(studio.folder, "templates/branding.toml"), "utf8");
  expect("the branding is in its file", text.includes('accent = "#a03020"') && text.includes('file = "escudo-municipal.svg"') && text.includes('es = "Escudo de Upala"'), text);
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`looks: ${fault}`));
  studio.end();
  told.push(`a logo and a colour, seen after ${milliseconds} ms`);
}
