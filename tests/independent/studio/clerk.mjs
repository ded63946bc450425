// What somebody needs who never saw such a program: to know where what is typed goes, and that it is kept.
import { Studio, VIEWS, published, shipped, visit } from "./harness.mjs";

/** What is typed after a new item is made is its title, wherever it was made. */
async function newItems(_studio, page, expect) {
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
async function wrongValues(_studio, page, expect) {
  const stays = async (/** @type {any} */ field, /** @type {string} */ typed, /** @type {RegExp} */ why) => {
    await field.fill(typed);
    await page.keyboard.press("Tab");
    await page.locator(".field .why", { hasText: why }).waitFor();
    await page.waitForTimeout(300);
    expect(`«${typed}» is kept`, (await field.inputValue()) === typed, await field.inputValue());
    expect(`«${typed}» is marked`, (await field.getAttribute("aria-invalid")) === "true");
    const seen = await page.locator(".field .why", { hasText: why }).evaluate((/** @type {Element} */ own) => [own.getBoundingClientRect().top, own.getBoundingClientRect().bottom, innerHeight].join());
    expect(`why «${typed}» is wrong is in sight`, seen.split(",")[0] > 60 && seen.split(",")[1] <= seen.split(",")[2], seen);
    expect(`why «${typed}» is wrong is said once`, (await page.locator(".banner.error").count()) === 0);
  };
  await page.setViewportSize({ width: 360, height: 740 });
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
async function sentences(_studio, page, expect) {
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

/** A sending that fails leaves what was typed where it was typed. */
async function failed(_studio, page, expect) {
  await VIEWS.invitations(page);
  await page.getByLabel("De qué sesión").selectOption({ index: 1 });
  await page.locator(".many", { hasText: "3 correos por enviar" }).waitFor();
  await page.getByRole("button", { name: "Enviar…" }).click();
  const fields = [["Servidor de correo", "127.0.0.1:9"], ["Usuario", "secretaria"], ["Contraseña (no se guarda)", "una clave"]];
  for (const [name, typed] of fields) await page.getByLabel(name).fill(typed);
  await page.getByLabel(/escriba cuántos son/).fill("3");
  await page.getByRole("button", { name: "Enviar 3 correos" }).click();
  await page.locator(".content > .banner.error").waitFor({ timeout: 60_000 });
  for (const [name, typed] of fields) expect(`${name} is kept`, (await page.getByLabel(name).inputValue({ timeout: 1000 }).catch(String)) === typed);
  await VIEWS.overview(page);
  expect("what failed is told no more elsewhere", (await page.locator(".banner.error").count()) === 0);
}

/** On a telephone what is chosen is brought into sight, and there is a way back. */
async function narrow(_studio, page, expect) {
  await page.setViewportSize({ width: 360, height: 740 });
  const shows = async (/** @type {string} */ what, /** @type {any} */ button) => {
    await button.click();
    await page.waitForFunction(() => document.activeElement?.matches("h2, h3"), undefined, { timeout: 5000 }).catch(() => {});
    expect(`${what} that is chosen is in sight`, await page.evaluate(() => Boolean(document.activeElement?.matches("h2, h3")) && /** @type {Element} */ (document.activeElement).getBoundingClientRect().top < innerHeight / 2));
    await page.locator(".detail .back").first().click();
    expect(`the list of ${what} is in sight again`, await button.evaluate((/** @type {Element} */ own) => own.getBoundingClientRect().bottom > 0 && own.getBoundingClientRect().top < innerHeight));
  };
  await VIEWS.session(page);
  await shows("an item", page.locator(".block").nth(2));
  await VIEWS.note(page);
  await shows("a section", page.locator(".tree button").nth(1));
  await VIEWS.dates(page);
  await shows("a day", page.locator('[data-date="2022-10-18"]'));
  await VIEWS.documents(page);
  await shows("a document", page.locator(".tree button").nth(2));
  const bar = await page.locator(".bar").evaluate((/** @type {HTMLElement} */ own) => [own.innerText.includes("Deshacer"), own.innerText.includes("Rehacer"), own.scrollWidth <= own.clientWidth].join());
  expect("undoing has its words", bar === "true,true,true", bar);
  const here = await page.locator(".places .here").evaluate((/** @type {Element} */ own) => own.getBoundingClientRect().left >= 0 && own.getBoundingClientRect().right <= innerWidth);
  expect("the place where one is is seen whole", here);
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Words without an end stay within the page, and names of another script turn nothing round. */
async function longWords(studio, page, expect) {
  const long = "W".repeat(300);
  const name = `محمد ${"x".repeat(500)}`;
  await studio.act(...["session", "slot"].map((kind) => ({ do: "title", of: { kind, session: "global-initiatives", ...(kind === "slot" && { slot: 1 }) }, lang: "es", to: long })), { do: "add-speaker", to: { kind: "slot", session: "global-initiatives", slot: 1 }, role: "speaker", who: { "new-person": { name, party: null } }, tbc: true });
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    for (const view of ["overview", "session", "item", "people", "invitations", "dates"]) {
      await VIEWS[view](page);
      const wide = await page.evaluate(() => {
        const own = document.querySelector(".places")?.getBoundingClientRect();
        const out = [...document.querySelectorAll("main *, .places .here")].filter((one) => !one.closest(".hidden, .checks, iframe") && one.getBoundingClientRect().right > innerWidth + 1);
        const over = innerWidth > 1000 ? [...document.querySelectorAll(".places *")].filter((one) => !one.closest(".hidden") && one.getBoundingClientRect().right > (own?.right ?? 0) + 1) : [];
        return [document.documentElement.scrollWidth > document.documentElement.clientWidth && "page", ...[...out, ...over].slice(0, 3).map((one) => one.outerHTML.slice(0, 80))].filter(Boolean).join(" ");
      });
      expect(`${view} at ${width} is crossed by a long word:`, wide === "", wide);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await visit(page, /^Personas/);
  expect("a name stands by itself", (await page.locator(".entries strong").first().evaluate((/** @type {Element} */ own) => getComputedStyle(own).unicodeBidi)) === "isolate");
}

/** A row of a table is corrected in boxes that can be read. */
async function rows(_studio, page, expect) {
  await VIEWS.overview(page);
  await page.getByRole("button", { name: "+ Desde un documento" }).click();
  const table = "Hora,Punto,Tema,Responsable\n10:00,1,Apertura de la sesión,Ana Prueba\n10:15,2,Informe de avances,Luis Ensayo\n";
  await page.setInputFiles("input[type=file]", { name: "agenda.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.getByRole("button", { name: /^Corregir el renglón 2/ }).click();
  const widths = await page.locator(".source .cells input").evaluateAll((/** @type {Element[]} */ all) => all.map((one) => one.getBoundingClientRect().width));
  expect("each box can be read", widths.length === 4 && widths.every((width) => width > 250), widths);
  await page.keyboard.press("Escape");
}

/** One thing has one result by whatever way, and the focus stays on what was changed. */
async function stays(studio, page, expect) {
  await VIEWS.session(page);
  await page.locator(".block").nth(1).click();
  await page.locator(".block").nth(1).focus();
  await page.keyboard.press("Delete");
  await page.locator(".said", { hasText: "Hecho: quitar" }).waitFor();
  expect("the key leaves the gap, as the button does", (await page.locator(".gap").count()) === 1);
  await page.locator(".block").nth(1).click();
  await page.getByRole("button", { name: "Dividir" }).click();
  await page.keyboard.press("Enter");
  await page.locator(".said", { hasText: "Hecho: dividir" }).waitFor();
  await page.waitForFunction(() => /segunda parte/.test(/** @type {any} */ (document.activeElement)?.value ?? ""), undefined, { timeout: 5000 }).catch(() => expect("the second part is where one is", false));
  await visit(page, /^Personas/);
  await page.getByRole("button", { name: "+ Nueva persona" }).click();
  const left = await page.getByRole("button", { name: "+ Nueva persona" }).boundingBox();
  const right = await page.getByRole("button", { name: "+ Desde una lista" }).boundingBox();
  expect("the buttons stay in their order", left.y === right.y && left.x < right.x, JSON.stringify([left, right]));
  await page.locator(".unfolded").getByLabel("Nombre").fill("Eva Muestra");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.textContent?.includes("Eva Muestra"), undefined, { timeout: 5000 }).catch(() => expect("the new person has the focus", false));
}

/** What is fixed leads to what is wrong next. */
async function fixes(_studio, page, expect) {
  const other = await Studio.over(published);
  const own = await other.page(page.context().browser(), { lang: "es" });
  await VIEWS.overview(own);
  await own.getByRole("navigation").first().getByRole("button", { name: /^Hallazgos/ }).click();
  await own.getByRole("button", { name: /^Corregir:/ }).first().click();
  await own.getByRole("button", { name: "Hacer este cambio" }).click();
  await own.locator(".said", { hasText: "Hecho:" }).waitFor();
  await own.waitForFunction(() => document.activeElement?.matches(".finding, h1, h2"), undefined, { timeout: 5000 }).catch(() => expect("after a fix one is among the findings", false));
  other.end();
}

/** What stands on the page is whole, and true. */
async function plain(studio, page, expect) {
  await studio.act({ do: "field", of: { kind: "slot", session: "global-initiatives", slot: 3 }, field: "participants", to: "all" });
  await VIEWS.session(page);
  const date = page.locator('input[name="date"]');
  expect("a date is seen whole", await date.evaluate((/** @type {Element} */ own) => own.scrollWidth <= own.clientWidth));
  const { sessions } = await studio.ask("desk");
  const open = sessions.find((/** @type {any} */ one) => one.id === "global-initiatives").slots.findIndex((/** @type {any} */ one) => one.everyone && !one.roles.length);
  if (open >= 0) {
    await page.locator(`.block[data-slot="${open}"]`).click();
    const said = await page.locator('.item .people').first().textContent();
    expect("who takes part is said", /Participan todas/.test(said ?? "") && !/Nadie todavía/.test(said ?? ""), said);
  }
  const { pdf } = await studio.ask("desk");
  await VIEWS.documents(page);
  if (!pdf) await page.getByText("Este programa no hace PDF").waitFor();
  expect("no button stands alone", (await page.getByRole("button", { name: "Página", exact: true }).count()) === (pdf ? 1 : 0));
}

/** Without its program the page takes nothing more, and says what to do. */
async function killed(studio, page, expect) {
  await VIEWS.item(page);
  await studio.die();
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

/** Each over a folder of its own: what one writes is in no other's way. */
const PARTS = { newItems, wrongValues, sentences, failed, narrow, longWords, rows, stays, fixes, plain, killed };

/** @param {any} browser @param {any} report */
export async function clerk(browser, { expect, told, faults }) {
  for (const [name, part] of Object.entries(PARTS)) {
    const studio = await Studio.over(shipped);
    await studio.act(...["esquipulas", "upala", "choloma"].map((id) => ({ do: "field", of: { kind: "party", id }, field: "email", to: `${id}@example.org` })));
    const page = await studio.page(browser, { lang: "es" });
    await part(studio, page, expect).catch((/** @type {Error} */ error) => faults.push(`clerk ${name}: ${error.message}`));
    page.faults.filter((/** @type {string} */ fault) => !/ERR_CONNECTION|ERR_INCOMPLETE|Failed to fetch|ERR_EMPTY/.test(fault)).forEach((/** @type {string} */ fault) => faults.push(`clerk ${name}: ${fault}`));
    studio.end();
  }
  told.push(`what a clerk needs: ${Object.keys(PARTS).join(", ")}`);
}
