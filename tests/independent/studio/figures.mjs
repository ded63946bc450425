// How fast the studio is, and how large.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Studio, VIEWS, shipped } from "./harness.mjs";

/** A programme of so many sessions. @param {number} count */
function programme(count) {
  const folder = mkdtempSync(join(tmpdir(), "convoca-large-"));
  const sessions = join(folder, "sessions");
  mkdirSync(sessions);
  writeFileSync(join(sessions, "group.toml"), readFileSync(join(shipped, "group.toml")));
  const model = readFileSync(join(shipped, "3-roles-of-organizations.toml"), "utf8");
  for (let number = 1; number <= count; number += 1) {
    const day = new Date(Date.UTC(2023, 0, 2 + 7 * number)).toISOString().slice(0, 10);
    const text = model.replace(/^id = .*$/m, `id = "session-${number}"`).replace(/^number = .*$/m, `number = ${number}`).replace(/^date = .*$/m, `date = ${day}`).replace(/^weekday = .*$/m, "");
    writeFileSync(join(sessions, `${number}.toml`), text);
  }
  return folder;
}

/** How long from a key to the findings of what it typed on the screen. */
export async function keyStrokes(browser, { expect, told }, count, most) {
  const folder = programme(count);
  const studio = await Studio.over(join(folder, "sessions"));
  rmSync(folder, { recursive: true });
  const page = await studio.page(browser, { lang: "es" });
  await page.locator(".card a").first().click();
  await page.locator(".block").nth(1).click();
  const field = page.locator('input[name="end"]');
  await field.focus();
  // From the event of the key to the frame in which what came of it is painted.
  await page.evaluate(() => {
    const times = (globalThis.times = []);
    const title = document.querySelector('input[name="end"]');
    title.addEventListener("input", () => {
      const since = performance.now();
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => times.push(performance.now() - since);
          channel.port2.postMessage(0);
        });
      });
      seen.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label", "class"] });
    });
  });
  for (let turn = 0; turn < 120; turn += 1) {
    await field.fill(turn % 2 ? "10:50" : "11:40");
    await page.waitForFunction((turn) => globalThis.times.length > turn, turn, { polling: 5 });
  }
  const times = (await page.evaluate(() => globalThis.times)).slice(20).sort((a, b) => a - b);
  const p = (/** @type {number} */ share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  told.push(`key to findings with ${count} sessions: ${p(0.5).toFixed(0)} ms, p99 ${p(0.99).toFixed(0)} ms`);
  if (most) expect(`a key takes more than ${most} ms:`, p(0.99) < most, p(0.99));
  await page.keyboard.press("Escape");
  studio.end();
}

/** The first view: how long, and how many bytes. */
export async function firstView(browser, { expect, told }) {
  const studio = await Studio.over(shipped);
  const times = [];
  let bytes = 0;
  for (let turn = 0; turn < 5; turn += 1) {
    const page = await studio.page(browser, { lang: "es" });
    const seen = await page.evaluate(() => {
      const entries = performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"));
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      return { bytes: entries.reduce((sum, entry) => sum + (entry.transferSize || 0), 0), paint: paint?.startTime ?? Infinity };
    });
    times.push(seen.paint);
    bytes = Math.max(bytes, seen.bytes);
    await page.context().close();
  }
  const middle = times.sort((a, b) => a - b)[2];
  told.push(`first view ${middle.toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB`);
  expect("the first view weighs more than 200 kB:", bytes < 200_000, bytes);
  studio.end();
}

/** From a change to the page of a document that shows it; of a PDF, to its bytes. */
export async function previews(browser, { told, faults }) {
  const studio = await Studio.over(shipped);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.documents(page);
  await page.locator(".tree button", { hasText: /^Sesión 1/ }).first().click();
  const times = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const to = `Vuelta ${turn}`;
    await page.evaluate(() => {
      const frame = document.querySelector("iframe");
      globalThis.shown = new Promise((done) => frame.addEventListener("load", () => done(performance.timeOrigin + performance.now()), { once: true }));
    });
    const { revision } = await studio.ask("desk");
    const since = performance.timeOrigin + performance.now();
    await studio.ask("act", { base: revision, command: { do: "title", of: { kind: "slot", session: "global-initiatives", slot: 0 }, lang: "es", to } });
    times.push((await page.evaluate(() => globalThis.shown)) - since);
    await page.frameLocator("iframe.sheet").getByText(to).first().waitFor();
  }
  const html = times.sort((a, b) => a - b)[4];
  told.push(`a preview after a change: ${html.toFixed(0)} ms`);
  const { pdf } = await studio.ask("desk");
  if (pdf) {
    const paper = (await studio.ask("papers")).find((one) => one.kind === "agenda").paper;
    const own = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const { revision } = await studio.ask("desk");
      const since = performance.now();
      await studio.ask("act", { base: revision, command: { do: "title", of: { kind: "slot", session: "global-initiatives", slot: 0 }, lang: "es", to: `PDF ${turn}` } });
      const { address } = await studio.ask("preview", { paper, format: "pdf" });
      await (await fetch(`${studio.address.split("/#")[0]}${address}`)).arrayBuffer();
      own.push(performance.now() - since);
    }
    told.push(`of a PDF: ${own.sort((a, b) => a - b)[2].toFixed(0)} ms`);
  }
  page.faults.forEach((fault) => faults.push(`previews: ${fault}`));
  studio.end();
}
