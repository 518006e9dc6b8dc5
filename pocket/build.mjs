// Builds the pocket into the Python package: hashed static files and files.json, which lists them all.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";

const HERE = import.meta.dirname;
const OUT = path.join(HERE, "../src/leanto/pocket_dist");
const ENTRIES = ["src/main.ts", "src/main.css"];
const FIRST_LOAD_LIMIT = 60 * 1024;
const NEVER_AT_FIRST = /node_modules\/(hpke|@panva|@noble|hash-wasm)\//;

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const { metafile } = await bundle();
await cp(path.join(HERE, "static"), OUT, { recursive: true });
const first = firstLoad(metafile);
await writeFile(path.join(OUT, "index.html"), await page(metafile));
const files = await describeFiles();
await writeFile(path.join(OUT, "files.json"), JSON.stringify({ files }, null, 1) + "\n");
report(["index.html", ...first], files);

function bundle() {
  return build({
    absWorkingDir: HERE,
    entryPoints: ENTRIES,
    outdir: OUT,
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
}

// What a first visit loads: the entries and all that they import at once, not what they import later.
function firstLoad({ outputs }) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const early = Object.keys(outputs[name].inputs).find((input) => NEVER_AT_FIRST.test(input));
    if (early) throw new Error(`${early} is in the first load; import it lazily.`);
    for (const { path: next, kind } of outputs[name].imports) if (kind === "import-statement") visit(next);
  };
  for (const entry of ENTRIES) visit(outputOf(outputs, entry));
  return [...seen].map(relative);
}

async function page({ outputs }) {
  let html = await readFile(path.join(HERE, "src/index.html"), "utf8");
  for (const entry of ENTRIES) html = html.replaceAll(`{${path.basename(entry)}}`, relative(outputOf(outputs, entry)));
  return html;
}

function outputOf(outputs, entry) {
  return Object.keys(outputs).find((name) => outputs[name].entryPoint === entry);
}

function relative(output) {
  return path.relative(OUT, path.resolve(HERE, output)).replaceAll(path.sep, "/");
}

// Outsiders compare these hashes with their own build; sizes are what a browser downloads.
async function describeFiles() {
  const names = (await readdir(OUT, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path.join(entry.parentPath, entry.name)))
    .sort();
  const described = {};
  for (const name of names) {
    const bytes = await readFile(path.join(OUT, name));
    described[name] = {
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      brotli: brotliCompressSync(bytes).length,
    };
  }
  return described;
}

function report(names, files) {
  const size = names.reduce((sum, name) => sum + files[name].brotli, 0);
  console.log(`pocket: first load ${size} bytes of brotli in ${names.length} files`);
  if (size > FIRST_LOAD_LIMIT) throw new Error(`The first load may be ${FIRST_LOAD_LIMIT} bytes at most.`);
}
