// One command: `npm ci && npm run build`. Writes base/static/base/ of the portal and the map's data.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const portal = join(here, "../../src/aiqyn_portal/base");
const target = join(portal, "static/base");
const { resolve } = createRequire(import.meta.url);
const folderOf = (name) => join(here, "node_modules", name);

mkdirSync(join(target, "fonts"), { recursive: true });
mkdirSync(join(target, "licences"), { recursive: true });

const { css } = sass.compile(join(here, "scss/aiqyn.scss"), {
  style: "compressed",
  importers: [new sass.NodePackageImporter(here)],
  quietDeps: true,
});
writeFileSync(join(target, "aiqyn.css"), `${css}\n`);

for (const subset of ["cyrillic", "cyrillic-ext", "latin", "latin-ext"]) {
  copyFileSync(
    join(folderOf("@fontsource-variable/golos-text"), `files/golos-text-${subset}-wght-normal.woff2`),
    join(target, `fonts/golos-text-${subset}.woff2`),
  );
}
copyFileSync(resolve("htmx.org/dist/htmx.esm.min.js"), join(target, "htmx.js"));
copyFileSync(join(here, "src/aiqyn.js"), join(target, "aiqyn.js"));

const licences = {
  "golos-text.txt": "@fontsource-variable/golos-text/LICENSE",
  "htmx.txt": "htmx.org/LICENSE",
};
for (const [name, path] of Object.entries(licences)) {
  copyFileSync(folderOf(path), join(target, "licences", name));
}

await import("./map.mjs");
console.log(`${(css.length / 1024).toFixed(0)} KB of style sheet`);
