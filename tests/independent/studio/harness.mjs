// A studio over a folder of its own, and a browser on its page.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
export const [convoca, modules] = process.argv.slice(2, 4).map((path) => resolve(path));
export const require = createRequire(join(modules, "here.js"));
const { chromium } = require("playwright-core");
const found = execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]);

/** The programme that ships, as it was published: with its clash. */
export const published = join(root, "tests/fixtures/as-published");
export const shipped = join(root, "sessions");

export const launch = () => chromium.launch({ executablePath: found.toString().trim(), args: ["--no-sandbox", "--disable-gpu"] });

/** Those that are open: none outlives the test, however that ends. */
const open = new Set();
process.on("exit", () => open.forEach((studio) => studio.end()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

export class Studio {
  /** @param {string | null} sessions none to begin with nothing @param {Record<string, string>} [environment] */
  static async over(sessions, environment = {}) {
    const studio = new Studio();
    /** @type {any[]} those of its pages, which go with it */
    studio.contexts = [];
    studio.environment = environment;
    studio.folder = mkdtempSync(join(tmpdir(), "convoca-studio-"));
    if (sessions) cpSync(sessions, join(studio.folder, "sessions"), { recursive: true });
    await studio.open();
    return studio;
  }

  async open() {
    const options = { cwd: this.folder, stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...this.environment } };
    this.program = spawn(convoca, ["studio", "--no-open", "--today", "2022-10-03", "--lang", "en"], options);
    open.add(this);
    this.address = await new Promise((done, fail) => {
      let told = "";
      this.program.on("exit", () => fail(new Error(`no studio: ${told}`)));
      this.program.stdout.on("data", (text) => {
        const match = (told += text).match(/http:\S+/);
        if (match) done(match[0]);
      });
    });
    const [origin, token] = this.address.split("/#");
    this.ask = async (path, body) => {
      const headers = { "X-Convoca": token, "Content-Type": "application/json", Origin: origin };
      const answer = await fetch(`${origin}/api/${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
      return answer.json();
    };
  }

  /** @param {any} browser @param {{lang?: string, width?: number, height?: number, dark?: boolean}} how */
  async page(browser, { lang = "es", width = 1440, height = 900, dark = false } = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      locale: lang === "es" ? "es-GT" : "en-GB",
      colorScheme: dark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(error.message));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && !/40[39]|422|ERR_NETWORK_CHANGED/.test(message.text()) && page.faults.push(message.text()));
    // Chromium's own viewer shows a PDF: it is in the browser, and asks nobody.
    const isOwn = (/** @type {string} */ url) => url.startsWith(this.address.split("/#")[0]) || /^chrome(-extension)?:/.test(url);
    page.on("request", (request) => !isOwn(request.url()) && page.faults.push(`asked ${request.url()}`));
    /** What was asked for, and has not come. @type {Set<string>} */
    const waits = new Set();
    page.on("request", (request) => waits.add(request.url()));
    for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => waits.delete(request.url()));
    this.contexts.push(context);
    // The network of the machine may change just then, as it may for a person, who loads the page again.
    const changed = (/** @type {Error} */ error) => { if (!/ERR_NETWORK_CHANGED/.test(error.message)) throw error; };
    await page.goto(this.address).catch((error) => (changed(error), page.goto(this.address)));
    const shows = () => page.waitForSelector("main h1");
    await shows().catch(async () => {
      // A person would load it again; what it waited for is told, so that the cause can be found.
      const soon = (/** @type {Promise<any>} */ promise) => Promise.race([promise.catch(String), new Promise((done) => setTimeout(done, 5_000, "no answer"))]);
      const shown = await soon(page.evaluate(() => document.body.textContent));
      const answers = await soon(this.ask("desk").then(() => "it answers"));
      console.error(`a page was loaded again: it shows «${shown}», waits for ${[...waits].join(" ")}; the program: ${answers}; ${page.faults.join("; ")}`);
      await page.reload();
      await shows();
    });
    return page;
  }

  /** Does things to the desk, one after the other. @param {object[]} commands */
  async act(...commands) {
    for (const command of commands) {
      const { revision } = await this.ask("desk");
      const answer = await this.ask("act", { base: revision, command });
      if (!answer.did) throw new Error(JSON.stringify([command, answer]));
    }
  }

  /** Killed, and dead: what it held is free again. */
  async die() {
    this.program.removeAllListeners("exit");
    const dead = once(this.program, "exit");
    this.program.kill("SIGKILL");
    await dead;
  }

  end() {
    open.delete(this);
    for (const context of this.contexts) context.close().catch(() => {});
    this.program.removeAllListeners("exit");
    this.program.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Goes to a view by the words of its place. @param {any} page @param {RegExp} name */
export const visit = async (page, name) => {
  await page.getByRole("navigation").first().getByRole("button", { name }).first().click();
  await page.waitForSelector("main h1");
};

/** Each view, and how one gets there. */
export const VIEWS = {
  overview: (page) => visit(page, /^(Resumen|Overview)/),
  session: (page) => visit(page, /^(1 |Sesión 1|Session 1)/),
  item: async (page) => {
    await VIEWS.session(page);
    await page.locator(".block").nth(1).click();
    await page.waitForSelector(".item");
  },
  findings: async (page) => {
    await visit(page, /^(Hallazgos|Findings)/);
    await page.getByRole("button", { name: /^(Corregir|Fix):/ }).first().click();
    await page.getByRole("button", { name: /^(Explicar|Explain)/ }).first().click();
    await page.waitForSelector(".explanation");
  },
  group: async (page) => {
    await visit(page, /^(El grupo|The group)/);
    await page.locator('select[name="time-zone"] option').nth(9).waitFor({ state: "attached" });
  },
  people: async (page) => {
    await visit(page, /^(Personas|People)/);
    const head = page.locator(".entries .head").nth(2);
    if ((await head.getAttribute("aria-expanded")) === "false") await head.click();
    await page.waitForSelector(".inside");
  },
  note: (page) => visit(page, /^(Nota|Concept)/),
  dates: async (page) => {
    await visit(page, /^(Buscar|Find a date)/);
    await page.waitForSelector(".days button");
  },
  invitations: async (page) => {
    await visit(page, /^(Invitaciones|Invitations)/);
    await page.waitForSelector(".plan-sessions, .banner.error");
  },
  answers: async (page) => {
    await visit(page, /^(Respuestas|Answers)/);
    await page.waitForSelector(".attendance");
  },
  branding: async (page) => {
    await visit(page, /^(Imagen|Appearance)/);
    await page.waitForSelector("iframe");
  },
  documents: async (page) => {
    await visit(page, /^(Documentos|Documents)/);
    await page.waitForSelector("iframe");
  },
};
