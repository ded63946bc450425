// The studio in a browser: what it shows, how fast, to whom, and that no series of actions harms the files.
// node tests/independent/studio.mjs CONVOCA NODE_MODULES_PARENT [PART,…]
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Studio, VIEWS, convoca, launch, published, require, shipped, visit } from "./studio/harness.mjs";
import { clerk } from "./studio/clerk.mjs";
import { beside, sessionHours, theGroup } from "./studio/basics.mjs";
import { dates } from "./studio/dates.mjs";
import { firstView, keyStrokes, previews } from "./studio/figures.mjs";
import { contacts, looks, nesting, times } from "./studio/group.mjs";
import { quorum, sending, stopping } from "./studio/mails.mjs";
import { beginning, importing } from "./studio/start.mjs";
import { cut, soon, together } from "./studio/together.mjs";
import { walks } from "./studio/walks.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const told = [];
const faults = { push: (text) => { console.error(text); all.push(text); return all.length; }, get length() { return all.length; } };
const all = [];
/** @param {string} what @param {unknown} holds @param {unknown} [why] */
const expect = (what, holds, why = "") => holds || faults.push(`${what} ${why}`);
const texts = (studio) => Object.fromEntries(readdirSync(join(studio.folder, "sessions")).filter((name) => name.endsWith(".toml")).map((name) => [name, readFileSync(join(studio.folder, "sessions", name), "utf8")]));

/** Words that are English and not Spanish, as whole words. */
const ENGLISH = /\b(the|and|of|with|this|that|is|are|not|an|to|from|item|items|session|sessions|save|saved|undo|redo|start|end|add|remove|title|place|speaker|speakers|finding|findings|people|document|documents|agenda item|draft|confirmed|missing|warning|warnings|note|notes|close|hour|hours|name|country|overview|search|write|all)\b/gi;

/** What stands on the page: nothing for axe, nothing beside the window, no English word on a Spanish page. */
async function audit(page, where, lang) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.evaluate(() => addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
    // Past the page's own policy: this is the test's script, not the page's.
    const tools = await page.context().newCDPSession(page);
    await tools.send("Runtime.evaluate", { expression: axe, allowUnsafeEvalBlockedByCSP: true });
  }
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { iframes: false }));
  for (const { id, help, nodes } of violations) faults.push(`${where} ${id}: ${help}: ${nodes[0].html.slice(0, 200)} (${nodes.length})`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(`${where} is wider than the window by`, wide <= 0, wide);
  if (lang !== "es") return;
  const words = await page.evaluate(() => {
    const own = document.body.cloneNode(true);
    for (const other of own.querySelectorAll('[lang="en"], code, noscript, .source, .found')) other.remove();
    const said = [...own.querySelectorAll("*")].flatMap((node) => ["aria-label", "title", "placeholder", "alt"].map((name) => node.getAttribute(name) ?? ""));
    return `${document.title} ${own.textContent} ${said.join(" ")}`;
  });
  const english = words.match(ENGLISH) ?? [];
  expect(`${where} has English words:`, english.length === 0, [...new Set(english)].join(", "));
}

/** Every view in both languages, light and dark, at three widths: nothing for axe, nothing beside the window. */
async function views(browser) {
  const studio = await Studio.over(published);
  let count = 0;
  const combinations = { es: [[360, true], [768, false], [1440, true]], en: [[360, false], [768, true], [1440, false], [2560, true]] };
  for (const [lang, looks] of Object.entries(combinations)) {
    for (const [width, dark] of looks) {
      const page = await studio.page(browser, { lang, width, dark });
      for (const [name, go] of Object.entries(VIEWS)) {
        const where = `${name} ${lang} ${width} ${dark ? "dark" : "light"}:`;
        await go(page);
        count += 1;
        await audit(page, where, lang);
      }
      page.faults.forEach((fault) => faults.push(`${lang} ${width}: ${fault}`));
      await page.context().close();
    }
  }
  studio.end();
  told.push(`${count} views`);
}

/** The published clash is corrected by keys alone, and the command line agrees. */
async function keysAlone(browser) {
  const studio = await Studio.over(published);
  const page = await studio.page(browser, { lang: "es" });
  const reach = async (/** @type {RegExp} */ name, most = 120) => {
    for (let tries = 0; tries < most; tries += 1) {
      await page.keyboard.press("Tab");
      const own = await page.evaluate(() => document.activeElement?.getAttribute("aria-label") || document.activeElement?.textContent || "");
      if (name.test(own.trim())) return true;
    }
    throw new Error(`no key leads to ${name}`);
  };
  const since = Date.now();
  await reach(/^Ver$/);
  await page.keyboard.press("Enter");
  await reach(/^Corregir: termínelo a las 10:45/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter"); // the focus is on what makes the change
  await page.waitForFunction(() => document.querySelector(".said")?.textContent?.startsWith("Hecho: corregir un hallazgo"));
  await reach(/^Hacer todas las correcciones seguras/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".said")?.textContent?.startsWith("Hecho: hacer "));
  const said = await page.locator(".said").textContent();
  expect("one sentence is said", /Quedan 0 errores|Todo en orden/.test(said ?? ""), said);
  await page.keyboard.press("Control+s");
  await page.waitForFunction(() => /Guardado/.test(document.querySelector(".said")?.textContent ?? ""));
  told.push(`the published clash corrected by keys in ${((Date.now() - since) / 1000).toFixed(1)} s`);
  const check = () => spawned(["check", "--lang", "en", "--today", "2022-10-03", "--format", "json"], studio.folder);
  expect("the command line agrees", !JSON.parse(check()).findings.some((finding) => finding.level === "error"));

  // The timeline by keys: five minutes later with all that follows, then back.
  await VIEWS.session(page);
  const hours = () => page.locator(".block").evaluateAll((blocks) => blocks.map((block) => block.textContent.trim().slice(0, 13)));
  const before = await hours();
  await page.locator(".block").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.waitForFunction((first) => document.querySelectorAll(".block")[1].textContent.trim().slice(0, 13) !== first, before[1]);
  const after = await hours();
  expect("what follows goes along", after[1].startsWith("10:10 a 10:50") && after[2].startsWith("10:50"), after);
  await page.keyboard.press("Control+z");
  await page.waitForFunction((first) => document.querySelectorAll(".block")[1].textContent.trim().slice(0, 13) === first, before[1]);
  expect("and back", (await hours()).join() === before.join());
  page.faults.forEach((fault) => faults.push(`keys: ${fault}`));
  studio.end();
}

/** What is typed at leisure is done when its field is left; Markdown has its buttons. */
async function typing(browser) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.item(page);
  const title = page.locator('.item input[lang="es"]').first();
  await title.fill("Un título nuevo");
  await page.locator(".block", { hasText: "Un título nuevo" }).waitFor(); // it is painted before it is done
  await page.keyboard.press("Tab");
  await page.locator(".said", { hasText: "Hecho: poner el título «Un título nuevo»" }).waitFor();
  await VIEWS.note(page);
  const text = page.locator("textarea").first();
  await text.fill("uno dos");
  await page.keyboard.press("Home");
  for (let letter = 0; letter < 3; letter += 1) await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("button", { name: "Negrita" }).first().click();
  expect("what is chosen is marked", (await text.inputValue()) === "**uno** dos", await text.inputValue());
  await page.getByRole("button", { name: "Lista" }).first().click();
  expect("a line becomes an item", (await text.inputValue()) === "- **uno** dos", await text.inputValue());
  await page.waitForTimeout(500);
  expect("the field is not left by its buttons", (await studio.ask("desk")).undo?.es.startsWith("poner el título"));
  await page.locator("h1").click();
  await page.locator(".said", { hasText: "Hecho: cambiar el texto de una sección" }).waitFor();
  page.faults.forEach((fault) => faults.push(`typing: ${fault}`));
  studio.end();
}

/** Dragging shows what would be, snaps to five minutes, and Escape leaves all as it was. */
async function dragging(browser) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es", height: 1400 });
  await VIEWS.session(page);
  const block = page.locator(".block").nth(3);
  const grab = async (/** @type {number} */ by) => {
    const box = await block.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 12 + by / 2);
    await page.mouse.move(box.x + 40, box.y + 12 + by);
    await page.waitForSelector(".ghost .warning, .ghost .error, .ghost li");
  };
  const name = async () => (await block.textContent()).trim();
  const before = await name();
  await grab(47);
  await page.waitForFunction(() => /11:\d[05]/.test(document.querySelector(".ghost .clock")?.textContent ?? ""));
  expect("all countries' hours are shown", (await page.locator(".ghost li").count()) === 2);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await page.waitForSelector(".ghost", { state: "detached" });
  expect("Escape leaves it", (await name()) === before, await name());
  expect("nothing was done", (await studio.ask("desk")).undo === null);
  await grab(47);
  await page.mouse.up();
  await page.waitForFunction((old) => document.querySelectorAll(".block")[3].textContent.trim() !== old, before);
  const minute = Number(/^\d\d:(\d\d)/.exec(await name())[1]);
  expect("it snaps to five minutes", minute % 5 === 0, minute);
  // Drawn up over another, it goes before that one, and they follow one another.
  const titles = () => page.locator(".block .name").evaluateAll((names) => names.map((one) => one.textContent.trim()));
  const [, second, third, fourth] = await titles();
  const over = await page.locator(".block").nth(2).boundingBox();
  const own = await block.boundingBox();
  await grab(over.y - own.y + 2);
  await page.mouse.up();
  await page.waitForFunction((own) => document.querySelectorAll(".block .name")[2].textContent.trim() === own, fourth);
  expect("it is put between the two", JSON.stringify((await titles()).slice(1, 4)) === JSON.stringify([second, fourth, third]), await titles());
  const clashes = (await studio.ask("desk")).findings.filter((finding) => finding.check === "slot-overlap");
  expect("and nothing clashes", clashes.length === 0, JSON.stringify(clashes));
  page.faults.forEach((fault) => faults.push(`dragging: ${fault}`));
  studio.end();
}

/** What looks like markup stays text, in every field and every view. */
async function hostile(browser) {
  const studio = await Studio.over(shipped);
  const evil = `<img src=x onerror=document.title='evil'>"'{{7*7}}\${1}</script>`;
  const of = { kind: "slot", session: "global-initiatives", slot: 0 };
  const commands = [
    ...["es", "en"].map((lang) => ({ do: "title", of, lang, to: evil })),
    ...["es", "en"].map((lang) => ({ do: "title", of: { kind: "session", session: "global-initiatives" }, lang, to: evil })),
    ...["place", "objective", "interpretation"].map((field) => ({ do: "field", of: { kind: "session", session: "global-initiatives" }, field: `${field}.es`, to: evil })),
    { do: "add-speaker", to: of, role: "speaker", who: { "new-person": { name: `x${evil}`, party: null } }, tbc: true },
    { do: "field", of: { kind: "party", id: "uclg" }, field: "name.es", to: evil },
    { do: "field", of: { kind: "section", id: "background" }, field: "text.es", to: { prose: evil } },
  ];
  for (const command of commands) {
    const { revision } = await studio.ask("desk");
    const answer = await studio.ask("act", { base: revision, command });
    expect("hostile text is taken", answer.did, JSON.stringify(answer));
  }
  const page = await studio.page(browser, { lang: "es" });
  for (const go of [VIEWS.overview, VIEWS.session, VIEWS.people, VIEWS.note, VIEWS.documents]) {
    await go(page);
    expect("no element came of text", (await page.locator("img, script:not([src]):not([type=importmap])").count()) === 0);
    expect("no script ran", !(await page.title()).startsWith("evil"));
  }
  await VIEWS.session(page);
  expect("it is read as it was typed", (await page.locator(".block").first().textContent())?.includes("<img src=x"));
  page.faults.forEach((fault) => faults.push(`hostile: ${fault}`));
  studio.end();
}

/** A thousand random actions; undone, the files are as they were. */
async function random(browser) {
  const studio = await Studio.over(shipped);
  const before = texts(studio);
  const page = await studio.page(browser, { lang: "es" });
  let seed = 20221027;
  const chance = (/** @type {number} */ most) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % most;
  const from = (/** @type {any[]} */ list) => list[chance(list.length)];
  const typed = ["1005", "10.20", "3 pm", "+40", "-5", "25", "", "x", "Una línea \"rara\" # y más", "C:\\ruta", "2 de marzo de 2027", "120", "é́ñ 你好"];
  const keys = ["ArrowUp", "ArrowDown", "Shift+ArrowUp", "Shift+ArrowDown", "Alt+ArrowUp", "Alt+ArrowDown", "Control+Shift+ArrowDown", "Control+Shift+ArrowUp", "Delete", "Enter", "Control+z", "Control+y"];
  let acted = 0;
  for (let turn = 0; turn < 1000; turn += 1) {
    if (turn % 40 === 0) await visit(page, from([/^[123] /, /^[123] /, /^[123] /, /^Resumen/, /^Hallazgos/, /^El grupo/, /^Personas/, /^Nota/]));
    const kind = chance(10);
    // What was there may be gone with the answer to the action before: then the next one is made.
    const blocks = kind < 3 ? await page.locator(".block").count() : 0;
    if (blocks) {
      await page.locator(".block").nth(chance(blocks)).focus({ timeout: 2000 }).catch(() => {});
      await page.keyboard.press(from(keys));
    } else if (kind < 7) {
      const fields = page.locator("main input[type=text]:visible, main textarea:visible");
      const count = await fields.count();
      if (!count) continue;
      await fields.nth(chance(count)).fill(from(typed), { timeout: 2000 }).catch(() => {});
      await page.keyboard.press(from(["Enter", "Tab", "Tab", "Escape"]));
    } else {
      const buttons = page.locator("main button:visible:enabled, main input[type=checkbox]:visible, main summary:visible");
      const count = await buttons.count();
      if (!count) continue;
      await buttons.nth(chance(count)).click({ force: true, timeout: 2000 }).catch(() => {});
    }
    acted += 1;
  }
  await page.waitForTimeout(300);
  let desk = await studio.ask("desk");
  const steps = desk.history.length;
  await studio.ask("save", { base: desk.revision });
  const report = JSON.parse(spawned(["check", "--format", "json", "--today", "2022-10-03"], studio.folder));
  const broken = report.findings.filter((finding) => finding.check === "syntax");
  expect("the files are TOML still", broken.length === 0, JSON.stringify(broken));
  let undone = 0;
  while ((desk = await studio.ask("desk")).undo) {
    await studio.ask("undo", { base: desk.revision });
    undone += 1;
  }
  await studio.ask("save", { base: desk.revision });
  const after = texts(studio);
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) expect(`${name} is not as it was`, before[name] === after[name]);
  expect("enough was done", undone > 150, undone);
  told.push(`${acted} random actions, ${undone} changes (${steps} listed) undone to the first byte`);
  page.faults.forEach((fault) => faults.push(`random: ${fault}`));
  studio.end();
}

/** @param {string[]} args @param {string} cwd */
function spawned(args, cwd) {
  try {
    return execFileSync(convoca, args, { cwd, encoding: "utf8" });
  } catch (error) {
    return error.stdout;
  }
}

const browser = await launch();
try {
  const only = process.argv[4]?.split(",");
  const report = { expect, told, faults, audit, run: spawned };
  const parts = { dates, beginning, importing, sending, stopping, quorum, nesting, times, contacts, looks, theGroup, sessionHours, beside, together, cut, soon, clerk, walks, previews, firstView };
  const apart = Object.fromEntries(Object.entries(parts).map(([name, test]) => [name, (/** @type {any} */ own) => test(own, report)]));
  const keys = { key30: (/** @type {any} */ own) => keyStrokes(own, report, 30, 0), key300: (/** @type {any} */ own) => keyStrokes(own, report, 300, 0) };
  const tests = { views, keysAlone, typing, dragging, hostile, random, ...apart, ...keys };
  for (const name of only ?? []) if (!(name in tests)) throw new Error(`no part ${name}: ${Object.keys(tests).join(", ")}`);
  for (const [name, test] of Object.entries(tests)) if (!only || only.includes(name)) await test(browser);
} finally {
  await browser.close();
}
console.log(told.join("; "));
if (faults.length) {
  console.error([...new Set(all)].slice(0, 60).join("\n"));
  process.exit(1);
}
