// What somebody does who never saw TOML or a terminal, from the first page to the files, in both languages.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Studio, VIEWS, published, shipped, visit } from "./harness.mjs";

/** What is clicked, as it is called in each language. */
const WORDS = {
  es: { see: "Ver", mend: /^Corregir: termínelo a las 10:45/, doIt: "Hacer este cambio", saved: "Guardado", dates: /^Buscar/, newThere: "Nueva sesión en esta fecha", add: "Agregar", people: /^Personas/, newPerson: "+ Nueva persona", name: "Nombre", email: /^Correo/, organisation: "Organización", asFiles: "Escribirlos como archivos", written: "aún no cuentan como enviados", accept: /^Agregar \d+ archivo/, zone: "Las horas son las de", fix: /^Corregir el renglón \d+: 10:05–11:45/ },
  en: { see: "Show", mend: /^Fix: end it at 10:45/, doIt: "Make this change", saved: "Saved", dates: /^Find a/, newThere: "New session on this date", add: "Add", people: /^People/, newPerson: "+ New person", name: "Name", email: /^E-mail/, organisation: "Organisation", asFiles: "Write them as files", written: "Nothing counts as sent yet", accept: /^Add \d+ file/, zone: "Times are those of", fix: /^Correct line \d+: 10:05–11:45/ },
};

const done = (/** @type {any} */ page, /** @type {string} */ text) => page.locator(".said", { hasText: text }).waitFor();

/** @param {any} page @param {any} words */
const save = async (page, words) => {
  await page.keyboard.press("Control+s");
  await done(page, words.saved);
};

/** A picture, where a folder for them is named. @param {any} page @param {string} name */
async function picture(page, name) {
  const folder = process.env.CONVOCA_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The published clash is found and corrected with a pointer. */
async function correct(browser, lang, { expect, told, run, faults }) {
  const words = WORDS[/** @type {"es"} */ (lang)];
  const studio = await Studio.over(published);
  const since = Date.now();
  const page = await studio.page(browser, { lang });
  await page.getByRole("button", { name: words.see, exact: true }).click();
  await page.getByRole("button", { name: words.mend }).first().click();
  await picture(page, `walk-1-clash.${lang}`);
  await page.getByRole("button", { name: words.doIt }).first().click();
  await page.locator(".finding", { hasText: "10:05" }).first().waitFor({ state: "detached" }).catch(() => {});
  await save(page, words);
  const seconds = (Date.now() - since) / 1000;
  expect("the clash is corrected in less than a minute", seconds < 60, seconds);
  const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("no clash is left", !findings.some((/** @type {any} */ one) => one.check === "slot-overlap"), JSON.stringify(findings));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`correct: ${fault}`));
  studio.end();
  told.push(`${lang}: the clash corrected in ${seconds.toFixed(1)} s`);
}

/** The note as a Word file that the program made: what it asks is settled, and it is the same programme. */
async function fromWord(browser, lang, { expect, told, run, faults }) {
  const words = WORDS[/** @type {"es"} */ (lang)];
  const made = await Studio.over(published);
  const out = mkdtempSync(join(tmpdir(), "convoca-word-"));
  run(["build", "--draft", "--format", "docx", "--out", out, "--today", "2022-10-03"], made.folder);
  const file = readdirSync(out, { recursive: true, encoding: "utf8" }).find((name) => new RegExp(`${lang}/(nota-conceptual|concept-note)\\.docx$`).test(name));
  made.end();
  expect("there is a note in Word", file);
  if (!file) return;
  const studio = await Studio.over(null);
  const page = await studio.page(browser, { lang });
  const since = Date.now();
  await page.setInputFiles("input[type=file]", { name: "nota.docx", mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", buffer: readFileSync(join(out, file)) });
  rmSync(out, { recursive: true });
  await page.locator(".found li").first().waitFor();
  const sessions = await page.locator(".found").count();
  expect("all its sessions are found", sessions === 3, sessions);
  await page.getByLabel(words.zone).selectOption("America/Guatemala");
  await picture(page, `walk-2-word.${lang}`);
  // What both its hour and its length contradict is settled in the line itself.
  const line = page.getByRole("button", { name: words.fix }).first();
  await line.click();
  const cells = page.locator(".source .cells input, .source .cells textarea");
  for (let at = 0; at < (await cells.count()); at += 1) {
    const text = await cells.nth(at).inputValue();
    const right = text.replace(/11:45/, "10:45").replace(/12:45/, "11:45").replace(/^100 min/, "40 min");
    if (right !== text) await cells.nth(at).fill(right);
  }
  await page.keyboard.press("Enter");
  await page.locator(".found li", { hasText: "10:05–10:45" }).first().waitFor();
  await page.getByRole("button", { name: words.accept }).click();
  await page.locator(".card h2").first().waitFor();
  await save(page, words);
  const { findings } = JSON.parse(run(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("what was imported has no clash", !findings.some((/** @type {any} */ one) => one.check === "slot-overlap"), JSON.stringify(findings.map((/** @type {any} */ one) => one.check)));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`from Word: ${fault}`));
  studio.end();
  told.push(`${lang}: the note imported from Word in ${((Date.now() - since) / 1000).toFixed(1)} s`);
}

/** A fourth session on a date that suits; three people whose mails are read and written as drafts. */
async function grow(browser, lang, { expect, told, run, faults }) {
  const words = WORDS[/** @type {"es"} */ (lang)];
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang });
  await visit(page, words.dates);
  await page.locator(".best button").first().click();
  await page.getByRole("button", { name: words.newThere }).click();
  await page.locator('.unfolded input[lang="es"]').fill("Balance y próximos pasos");
  await page.locator('.unfolded input[lang="en"]').fill("Review and next steps");
  await page.locator(".unfolded").getByRole("button", { name: words.add, exact: true }).click();
  await page.locator("h1", { hasText: lang === "es" ? "Balance" : "Review" }).waitFor();
  await picture(page, `walk-3-fourth-session.${lang}`);
  await visit(page, words.people);
  for (const [name, party] of [["Ana Prueba", "esquipulas"], ["Luis Ensayo", "upala"], ["Eva Muestra", "choloma"]]) {
    await page.getByRole("button", { name: words.newPerson }).click();
    await page.locator(".unfolded").getByLabel(words.name, { exact: true }).fill(name);
    await page.locator(".unfolded select").selectOption(party);
    await page.locator(".unfolded").getByRole("button", { name: words.add, exact: true }).click();
    await page.locator(".entries .head", { hasText: name }).click();
    const field = page.locator(".inside").getByLabel(words.email).first();
    await field.fill(`${party}@example.org`);
    await field.press("Enter");
    await page.locator(".entries .head", { hasText: name }).filter({ hasNotText: /sin correo|no e-mail/ }).waitFor();
  }
  await picture(page, `walk-4-people.${lang}`);
  // They are invited where they have a role.
  const of = (/** @type {number} */ slot) => ({ kind: "slot", session: "global-initiatives", slot });
  await studio.act(...["ana-prueba", "luis-ensayo", "eva-muestra"].map((known, slot) => ({ do: "add-speaker", to: of(slot + 1), role: "speaker", who: { known }, tbc: false })));
  await page.getByRole("button", { name: /: (agregar a|add) Eva Muestra/ }).waitFor(); // the page has seen it
  await save(page, words);
  await VIEWS.invitations(page);
  const mails = page.locator(".recipient button");
  await mails.nth(2).waitFor();
  for (const name of ["Ana Prueba", "Luis Ensayo", "Eva Muestra"]) {
    await mails.filter({ hasText: name }).first().click();
    await page.frameLocator("iframe.sheet").getByText(name).first().waitFor();
  }
  await picture(page, `walk-4-mail.${lang}`);
  await page.getByRole("button", { name: words.asFiles }).click();
  await page.locator(".unfolded").getByRole("button", { name: words.asFiles }).click();
  await page.locator(".banner.well", { hasText: words.written }).waitFor();
  const drafts = readdirSync(join(studio.folder, "mails"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".eml"));
  const plan = JSON.parse(run(["invite", "plan", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line plans as many mails as there are drafts", drafts.length === plan.messages && drafts.length >= 3, `${drafts.length} ${plan.messages}`);
  await agrees(studio, { expect, run });
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`grow: ${fault}`));
  studio.end();
  told.push(`${lang}: a fourth session, three people, ${drafts.length} drafts`);
}

/** The command line finds in the files what the page showed. @param {any} studio @param {any} report */
async function agrees(studio, { expect, run }) {
  const desk = await studio.ask("desk");
  expect("all is saved", desk.unsaved.length === 0, JSON.stringify(desk.unsaved));
  const report = JSON.parse(run(["check", "--lang", "es", "--format", "json", "--today", "2022-10-03"], studio.folder));
  const told = (/** @type {any[]} */ findings) => findings.map((finding) => `${finding.check} ${finding.message.es ?? finding.message}`).sort();
  // The command line reads the templates too.
  const own = report.findings.filter((/** @type {any} */ one) => !["template", "branding"].includes(one.check));
  expect("the command line says the same", told(own).join("\n") === told(desk.findings).join("\n"), JSON.stringify([told(own), told(desk.findings)]));
}

export async function walks(browser, report) {
  for (const lang of ["es", "en"]) for (const walk of [correct, fromWord, grow]) await walk(browser, lang, report);
}
