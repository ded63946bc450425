// axe-core finds nothing on any page that convoca writes, wide or narrow.
// node tests/independent/axe.mjs OUT NODE_MODULES_PARENT
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [out, modules] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "here.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const chromium = execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]);

const pages = readdirSync(out, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
if (pages.length === 0) throw new Error("no page was built");

const browser = await puppeteer.launch({
  executablePath: chromium.toString().trim(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const faults = [];
try {
  const page = await browser.newPage();
  for (const name of pages) {
    for (const width of [1100, 380]) {
      await page.setViewport({ width, height: 900 });
      await page.goto(pathToFileURL(resolve(out, name)).href);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      for (const { id, help, nodes } of violations) faults.push(`${name} (${width}): ${id}: ${help}: ${nodes[0].html.slice(0, 160)}`);
    }
  }
} finally {
  await browser.close();
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${pages.length} pages, nothing found`);
