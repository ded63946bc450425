// TypeScript finds nothing in the modules of the studio's page, and the modules of others are as npm has them.
// node tests/independent/types.mjs NODE_MODULES_PARENT
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const modules = join(resolve(process.argv[2]), "node_modules");
const ui = resolve(import.meta.dirname, "../../src/studio/ui");
const types = { preact: "preact/src/index.d.ts", "preact/hooks": "preact/hooks/src/index.d.ts", htm: "htm/dist/htm.d.ts" };
const paths = Object.fromEntries(Object.entries(types).map(([name, path]) => [name, [join(modules, path)]]));
const options = { checkJs: true, allowJs: true, noEmit: true, strict: true, skipLibCheck: true, target: "es2024", module: "esnext", moduleResolution: "bundler", lib: ["es2024", "dom", "dom.iterable"], types: [], paths };
const config = join(modules, "..", "tsconfig.json");
writeFileSync(config, JSON.stringify({ compilerOptions: options, files: [join(ui, "begin.js")] }));
try {
  execFileSync(join(modules, ".bin/tsc"), ["-p", config], { encoding: "utf8" });
} catch (error) {
  console.error(error.stdout);
  process.exit(1);
}
for (const [own, path] of [["preact", "preact/dist/preact.mjs"], ["hooks", "preact/hooks/dist/hooks.mjs"], ["htm", "htm/dist/htm.mjs"]]) {
  if (!readFileSync(join(ui, "vendor", `${own}.js`)).equals(readFileSync(join(modules, path)))) throw new Error(`${own}.js is not that of npm`);
}
console.log("nothing found");
