// What somebody who never saw TOML could not do: the group itself, the hours of a session, items at the same time.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Studio, VIEWS, published, shipped, visit } from "./harness.mjs";

const done = (/** @type {any} */ page, /** @type {string} */ text) => page.locator(".said", { hasText: text }).waitFor();

/** A group as an import leaves it of a document that says no zone: its hours are nobody's. */
const UNZONED = `# Como lo nombra la agenda.
id = "grupo"
languages = ["es"]
# time-zone = "America/Guatemala"
countries = ["GT"] # por ahora
name = { es = "Grupo de prueba" }

[parties.upala]
name = { es = "Municipalidad de Upala" } # Costa Rica
`;

/** What the file of the group lacks is chosen and typed in the browser; what nobody touched stays. */
export async function theGroup(browser, { expect, told, run, audit, faults }) {
  const folder = mkdtempSync(join(tmpdir(), "convoca-group-"));
  writeFileSync(join(folder, "group.toml"), UNZONED);
  const studio = await Studio.over(folder);
  const page = await studio.page(browser, { lang: "es" });
  // The finding leads to its field, in the words of the form.
  await visit(page, /^Hallazgos/);
  const finding = page.locator(".finding", { hasText: "«Las horas son las de»" });
  await finding.getByRole("button", { name: "Ir" }).first().click();
  await page.locator("main h1", { hasText: "El grupo" }).waitFor();
  const zone = page.getByLabel("Las horas son las de");
  expect("its finding stands beside the zone", await page.locator("section:has(#clock) .finding", { hasText: "falta" }).count());
  await audit(page, "group es:", "es");
  await zone.selectOption({ label: "Guatemala" });
  await done(page, "cambiar la zona horaria");
  await page.getByLabel("Agregar un país").selectOption({ label: "México · Tijuana" });
  await done(page, "agregar México");
  await page.getByLabel("Inglés", { exact: true }).check();
  await done(page, "cambiar los idiomas");
  await page.getByLabel("Nombre completo · Inglés").fill("Test group");
  await page.keyboard.press("Tab");
  await done(page, "cambiar un nombre");
  await page.locator('select[name="presidency"]').selectOption({ label: "Municipalidad de Upala" });
  await done(page, "cambiar la presidencia");
  await page.locator('select[name="organizer.party"]').selectOption({ label: "Municipalidad de Upala" });
  await done(page, "cambiar quién firma");
  const email = page.locator('input[name="organizer.email"]');
  await email.fill("no es correo");
  await email.press("Enter");
  await page.locator("section:has(#offices) .why, section:has(#offices) .finding", { hasText: "no es correo" }).first().waitFor();
  await email.fill("grupo@example.org");
  await email.press("Enter");
  await page.waitForFunction(() => !document.querySelector("section:has(#offices) .why, section:has(#offices) .finding"));
  await audit(page, "group, whole es:", "es");
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  const path = join(studio.folder, "sessions/group.toml");
  const text = readFileSync(path, "utf8");
  for (const said of ["# Como lo nombra la agenda.\n", "# por ahora", "# Costa Rica\n", 'time-zone = "America/Guatemala"\n', 'countries = ["GT", { code = "MX", time-zone = "America/Tijuana" }] # por ahora', 'languages = ["es", "en"]', 'en = "Test group"', 'presidency = "upala"', 'email = "grupo@example.org"'])
    expect(`group.toml says ${said}`, text.includes(said), text);
  const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line finds no key that is missing", !findings.some((/** @type {any} */ one) => one.check === "missing-key"), JSON.stringify(findings));
  // Undone, each by its name, the first bytes are back.
  for (let desk = await studio.ask("desk"); desk.undo; ) {
    const { revision } = desk;
    await page.getByRole("button", { name: /^Deshacer/ }).click();
    while ((desk = await studio.ask("desk")).revision === revision) await page.waitForTimeout(10);
  }
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  expect("undo leads back to the first bytes", readFileSync(path, "utf8") === UNZONED, readFileSync(path, "utf8"));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`group: ${fault}`));
  studio.end();
  rmSync(folder, { recursive: true });
  told.push("a group without a zone finished");
}

/** A session's hours as people type them, a day with two readings, and an empty agenda that is not "all well". */
export async function sessionHours(browser, { expect, told, run, audit, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await page.getByRole("button", { name: "+ Nueva sesión" }).click();
  await page.getByLabel("Título · Español").fill("Sesión sin agenda");
  await page.getByLabel("Título · Inglés").fill("Session without an agenda");
  await page.locator(".unfolded").getByLabel("Fecha").fill("20 de diciembre");
  await page.keyboard.press("Enter");
  await done(page, "agregar una sesión el 20 de diciembre de 2022");
  const card = page.locator(".card", { hasText: "Sesión sin agenda" });
  await card.locator(".tally", { hasText: "Sin agenda todavía" }).waitFor();
  await card.getByRole("link").click();
  await page.locator("main h1", { hasText: "Sesión sin agenda" }).waitFor();
  const begins = page.getByLabel("Comienza");
  await begins.fill("9 a 11");
  await begins.press("Enter");
  await done(page, "de 9 a 11");
  const ends = page.getByLabel("Termina");
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector('input[name="closes"]'))?.value === "11:00");
  await ends.fill("12.30");
  await ends.press("Enter");
  await done(page, "a las 12:30");
  // A day that could be two is asked about, with both.
  const date = page.locator('input[name="date"]');
  await date.fill("3/12/2022");
  await page.getByRole("button", { name: "12 de marzo de 2022" }).waitFor();
  await audit(page, "two readings es:", "es");
  await page.getByRole("button", { name: "3 de diciembre de 2022" }).click();
  await done(page, "al 3 de diciembre de 2022");
  await page.keyboard.press("Control+s");
  await done(page, "Guardado");
  const name = readdirSync(join(studio.folder, "sessions")).find((own) => own.includes("without-an-agenda")) ?? "";
  const text = readFileSync(join(studio.folder, "sessions", name), "utf8");
  for (const said of ["date = 2022-12-03", 'start = "09:00"', 'end = "12:30"']) expect(`the session says ${said}`, text.includes(said), text);
  // Dates are looked for within hours as they are typed.
  await VIEWS.dates(page);
  const within = page.getByPlaceholder("09:00-12:00");
  await within.fill("9 a 11");
  await within.press("Enter");
  await page.locator(".best .clock", { hasText: "09:" }).first().waitFor();
  expect("no hour is refused", !(await page.locator(".banner.error").count()));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`hours: ${fault}`));
  studio.end();
  told.push("a session from 9 to 11 and a day with two readings");
}

/** An item is put beside another in words; its minutes are those that are written, with what is wrong beside them. */
export async function beside(browser, { expect, told, audit, faults }) {
  const studio = await Studio.over(published);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.item(page);
  const minutes = page.locator('.item input[name="minutes"]');
  expect("the minutes are those of the file", (await minutes.inputValue()) === "40", await minutes.inputValue());
  expect("with what is wrong beside them", await page.locator(".item .times + .findings .finding").count());
  await page.locator(".block").nth(2).click();
  const with_ = page.getByLabel("Al mismo tiempo que", { exact: true });
  const other = await with_.locator("option").nth(2).textContent();
  await with_.selectOption({ label: other });
  await done(page, "al mismo tiempo que «");
  await page.waitForFunction((clock) => /** @type {any} */ (document.querySelector('.item input[name="start"]'))?.value === clock, other?.slice(0, 5));
  expect("it is said with which one", (await with_.locator("option:checked").textContent()) === other, await with_.locator("option:checked").textContent());
  await audit(page, "beside es:", "es");
  await with_.selectOption({ index: 0 });
  await done(page, "después de lo anterior");
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`beside: ${fault}`));
  studio.end();
  told.push("an item beside another");
}
