// The pictures of the READMEs: the studio on the agenda as it was published.
// node tests/independent/studio/pictures.mjs CONVOCA NODE_MODULES_PARENT [FOLDER]
import { join, resolve } from "node:path";
import { Studio, VIEWS, launch, published, shipped } from "./harness.mjs";

const folder = resolve(process.argv[4] ?? "docs/pictures");
const browser = await launch();
const studio = await Studio.over(published);
for (const lang of ["es", "en"]) {
  const page = await studio.page(browser, { lang, width: 1180, height: 860 });
  await VIEWS.item(page);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `studio-session.${lang}.png`) });
}
studio.end();
// What is sent goes out of a programme without errors.
const mended = await Studio.over(shipped);
await mended.act(...["esquipulas", "upala", "choloma"].map((id) => ({ do: "field", of: { kind: "party", id }, field: "email", to: `${id}@example.org` })));
for (const lang of ["es", "en"]) {
  const page = await mended.page(browser, { lang, width: 1180, height: 860 });
  await VIEWS.invitations(page);
  await page.frameLocator("iframe.sheet").locator("h1, h2").first().waitFor();
  await page.screenshot({ path: join(folder, `studio-invitations.${lang}.png`) });
}
await browser.close();
mended.end();
