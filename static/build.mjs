// Builds static/dist from static/src. Run by `npm run build`, or through workshop/assets.py.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL(".", import.meta.url));
// Built beside and moved into place at the end, so that no page meets half a folder.
const out = `${root}../node_modules/.assets-${process.pid}`;
const DARK = '[data-theme="dark"],\n[data-theme="stage"]';

// A page says "dark" either by data-theme or, when nobody chose, by the device. CSS cannot share one
// list of values between a selector and a media query, so the build writes the second one out. Paper
// is always light: both dark themes hold for screens only.
const darkThemes = {
  name: "dark-themes",
  setup({ onLoad }) {
    onLoad({ filter: /theme-(dark|stage)\.css$/ }, ({ path }) => {
      const css = readFileSync(path, "utf8");
      const byDevice = css.replace(DARK, ":root:not([data-theme])");
      const chosen = `@media screen {\n${css}}\n`;
      if (path.endsWith("theme-stage.css")) return { contents: chosen, loader: "css" };
      if (byDevice === css) throw new Error(`${path}: expected the selector ${DARK}`);
      const asked = `@media screen and (prefers-color-scheme: dark) {\n${byDevice}}\n`;
      return { contents: chosen + asked, loader: "css" };
    });
  },
};

// Bars and ranges get their length from a class (p42 = 42%), because the content policy refuses
// style attributes. Writing 202 rules by hand would help nobody.
const percentClasses = {
  name: "percent-classes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^percent\.css$/ }, ({ path }) => ({ path, namespace: "made" }));
    onLoad({ filter: /^percent\.css$/, namespace: "made" }, () => {
      const steps = Array.from({ length: 101 }, (_, n) => n);
      const rule = (name) => steps.map((n) => `.${name}${n} { --${name}: ${n}%; }`).join("\n");
      return { contents: `${rule("p")}\n${rule("q")}`, loader: "css" };
    });
  },
};

function shortHash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** The icons of icons.txt as two SVG files, since phones need not carry what only a desk shows;
 *  each icon by `#name` -> the file and the place in it. Lines that start with # are remarks. */
function sprites() {
  const set = JSON.parse(readFileSync(require.resolve("@iconify-json/ph/icons.json"), "utf8"));
  const parts = readFileSync(`${root}src/icons.txt`, "utf8").split(/^## .*$/m);
  const found = {};
  for (const [file, part] of [
    ["icons.svg", parts[0]],
    ["icons-desk.svg", parts[1]],
  ]) {
    const lines = part.split("\n").filter((line) => !line.startsWith("#"));
    const names = lines.flatMap((line) => line.split(/\s+/)).filter(Boolean);
    const symbols = names.map((name) => {
      const icon = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent];
      if (!icon) throw new Error(`icons.txt: no icon called ${name}`);
      return `<symbol id="${name}" viewBox="0 0 256 256">${icon.body}</symbol>`;
    });
    const drawn = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
    found[file] = writeHashed(file, drawn);
    for (const name of names) found[`#${name}`] = `${found[file]}#${name}`;
  }
  return found;
}

/** Write `text` under a name that changes with it, and return that name. */
function writeHashed(name, text) {
  const [stem, ending] = name.split(".");
  const hashed = `${stem}-${shortHash(text)}.${ending}`;
  writeFileSync(`${out}/${hashed}`, text);
  return hashed;
}

/** Logical name -> built file: `phone.js` -> `phone-AB12CD.js`; workshop/assets.py reads it. */
function manifestOf(outputs) {
  const manifest = {
    ...sprites(),
    "favicon.svg": writeHashed("favicon.svg", readFileSync(`${root}src/favicon.svg`, "utf8")),
  };
  for (const [file, meta] of Object.entries(outputs)) {
    const source = meta.entryPoint ?? (file.endsWith(".woff2") && Object.keys(meta.inputs)[0]);
    if (source) manifest[basename(source)] = relative(out, `${root}${file}`).replaceAll("\\", "/");
  }
  return manifest;
}

function compressBeside() {
  for (const name of readdirSync(out).filter((file) => /\.(js|css|svg)$/.test(file))) {
    writeFileSync(`${out}/${name}.gz`, gzipSync(readFileSync(`${out}/${name}`), { level: 9 }));
  }
}

mkdirSync(out, { recursive: true });
// What lies at the top of js/ and css/ is asked for by pages; the folders below hold the pieces.
const entries = ["css", "js"].flatMap((kind) =>
  readdirSync(`${root}src/${kind}`)
    .filter((file) => file.endsWith(`.${kind}`))
    .map((file) => `src/${kind}/${file}`),
);
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  target: ["es2020", "chrome99", "safari15.4", "firefox97"],
  loader: { ".woff2": "file" },
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "fonts/[name]-[hash]",
  legalComments: "none",
  metafile: true,
  outdir: out,
  plugins: [darkThemes, percentClasses],
});
writeFileSync(`${out}/manifest.json`, JSON.stringify(manifestOf(metafile.outputs), null, 1));
compressBeside();
rmSync(`${root}dist`, { recursive: true, force: true });
renameSync(out, `${root}dist`);
