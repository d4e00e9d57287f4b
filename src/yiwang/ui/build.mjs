// Writes static/built/: one stylesheet, the scripts, the icons that pages name. `npm run build`.
//
// Tabler's stylesheet is cut down to what the templates of all rooms use, put in a layer of its
// own, and ours stands above it. Icons are collected from {% icon "name" %} in templates and from
// icon="name" or `icon: name` in Python, in packs, and in icons.txt.
import { build, transform } from "esbuild";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const source = join(root, "src/yiwang");
const out = join(here, "static/built");
const modules = join(root, "node_modules");
const TARGET = ["chrome99", "safari15.4", "firefox97"];
const SHEETS = ["tokens", "ground", "shell", "parts", "fields", "matters", "services", "search", "desk", "elder", "print"];

async function files(folder, suffixes) {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names
    .filter((name) => suffixes.some((suffix) => name.endsWith(suffix)))
    .filter((name) => !/node_modules|__pycache__|(^|\/)built\//.test(name))
    .map((name) => join(folder, name))
    .sort();
}

// What a page really uses: tags, and words inside class="…" (or className strings of scripts).
function used(text) {
  const plain = text.replace(/\{%.*?%\}|\{\{.*?\}\}/gs, " ");
  const classes = [...plain.matchAll(/class(?:Name)?\s*=\s*["'`]([^"'`]*)["'`]/g)].flatMap(([, words]) => words.split(/\s+/));
  const tags = [...plain.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag);
  const types = [...plain.matchAll(/type="([a-z]+)"/g)].map(([, type]) => type);
  return {
    attributes: { names: ["type", "disabled", "checked", "href", "hidden", "multiple", "open", "readonly", "size"], values: types },
    classes: classes.filter(Boolean),
    ids: [],
    tags: ["html", "body", ...tags],
    undetermined: [],
  };
}

async function tabler() {
  const css = await readFile(join(modules, "@tabler/core/dist/css/tabler.css"), "utf8");
  const [cut] = await new PurgeCSS().purge({
    content: await files(source, [".html", ".js"]),
    css: [{ raw: css }],
    variables: true,
    keyframes: true,
    fontFace: true,
    defaultExtractor: used,
    blocklist: [/data-bs-theme/, /theme-dark/],
  });
  return `@layer tabler{${cut.css.replace(/@charset[^;]*;/, "")}}`;
}

async function ours() {
  const dark = await readFile(join(here, "css/dark.css"), "utf8");
  const sheets = await Promise.all(SHEETS.map((name) => readFile(join(here, `css/${name}.css`), "utf8")));
  // The dark tokens are written once and hold in two cases: asked for, or as the device has it.
  const twice = `:root[data-theme=dark]{${dark}}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}`;
  sheets.splice(1, 0, twice);
  return sheets.join("\n");
}

async function stylesheet() {
  const whole = (await tabler()) + (await ours());
  const { code } = await transform(whole, { loader: "css", minify: true, target: TARGET, legalComments: "none" });
  const notice = "/* Parts of Tabler 1.6 (MIT), (c) 2018-2026 The Tabler Authors, codecalm.net */\n";
  await writeFile(join(out, "yiwang.css"), notice + code);
}

async function scripts() {
  const entries = (await files(join(here, "scripts"), [".entry.js"])).map((path) => ({
    in: path,
    out: relative(join(here, "scripts"), path).replace(".entry.js", ""),
  }));
  await build({
    entryPoints: entries,
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGET,
    outdir: out,
    logLevel: "warning",
  });
  await writeFile(join(out, "htmx.js"), await readFile(join(modules, "htmx.org/dist/htmx.min.js")));
}

async function iconNames() {
  const names = new Set();
  const collect = (text, pattern) => {
    for (const [, name] of text.matchAll(pattern)) names.add(name);
  };
  for (const path of await files(source, [".html", ".py", ".yaml"])) {
    const text = await readFile(path, "utf8");
    collect(text, /\{%\s*icon\s+["']([a-z0-9-]+)["']/g);
    collect(text, /\bicon\s*[=:]\s*["']([a-z0-9-]+)["']/g);
    collect(text, /["']icon["']\s*:\s*["']([a-z0-9-]+)["']/g);
  }
  for (const path of await files(join(root, "packs"), [".yaml", ".yml"])) {
    collect(await readFile(path, "utf8"), /^[\s-]*icon:\s*["']?([a-z0-9-]+)["']?\s*$/gm);
  }
  collect(await readFile(join(here, "icons.txt"), "utf8"), /^([a-z0-9-]+)$/gm);
  return [...names].sort();
}

async function sprite() {
  const symbols = [];
  for (const name of await iconNames()) {
    const path = join(modules, "@tabler/icons/icons/outline", `${name}.svg`);
    const svg = await readFile(path, "utf8").catch(() => null);
    if (svg === null) {
      console.error(`no icon is named "${name}"; see https://tabler.io/icons for the names`);
      process.exitCode = 1;
      continue;
    }
    const paths = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"));
    const drawn = paths.replace(/<path stroke="none"[^>]*\/>/, "").replace(/\s*\n\s*/g, "");
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`);
  }
  const head = "<!-- Tabler Icons (MIT), (c) 2020-2026 Pawel Kuna -->";
  await writeFile(join(out, "icons.svg"), `${head}<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([stylesheet(), scripts(), sprite()]);
for (const name of (await readdir(out)).sort()) {
  const path = join(out, name);
  const small = gzipSync(await readFile(path)).length;
  console.log(`built/${name}  ${(await stat(path)).size} bytes, ${small} compressed`);
}
