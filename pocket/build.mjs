// Builds the pocket into the Python package: hashed static files, the pages as they stand without a script, the
// service worker that keeps them, and files.json, which lists them all.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";

const HERE = import.meta.dirname;
const OUT = path.join(HERE, "../src/leanto/pocket_dist");
const WORKER = "src/seal/argon2.worker.ts";
const ENTRIES = ["src/main.ts", "src/main.css"];
// What a first visit fetches: the entries, and the screens that follow them at once. The part with the keys comes later.
const FIRST_LOAD = [...ENTRIES, "src/ui/start.ts"];
const FIRST_LOAD_LIMIT = 60 * 1024;
const NEVER_AT_FIRST = /node_modules\/(hpke|@panva|@noble|hash-wasm)\//;
const SQUEEZED = new Set([".html", ".js", ".css", ".json", ".svg", ".webmanifest", ".txt"]);
// Found by their own names, never by a hash in it; the first two are not for keeping on a device.
const NOT_KEPT = new Set(["404.html", "files.json", "sw.js"]);

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const worker = await bundle([WORKER], {});
const { metafile } = await bundle(ENTRIES, { ARGON2_WORKER: JSON.stringify(address(worker.metafile, WORKER)) });
await cp(path.join(HERE, "static"), OUT, { recursive: true });
const first = firstLoad(metafile);
await writePages(metafile);
await writeServiceWorker();
const files = await describeFiles();
await writeFile(path.join(OUT, "files.json"), JSON.stringify({ files }, null, 1) + "\n");
report(["index.html", ...first], files);
await squeeze(Object.keys(files));

function bundle(entryPoints, define) {
  return build({
    absWorkingDir: HERE,
    entryPoints,
    outdir: OUT,
    define,
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/[name]-[hash]",
    assetNames: "assets/[name]-[hash]",
    loader: { ".txt": "text" },
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

function firstLoad({ outputs }) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const early = Object.keys(outputs[name].inputs).find((input) => NEVER_AT_FIRST.test(input));
    if (early) throw new Error(`${early} is in the first load; import it lazily.`);
    for (const { path: next, kind } of outputs[name].imports) if (kind === "import-statement") visit(next);
  };
  for (const entry of FIRST_LOAD) visit(outputOf(outputs, entry));
  return [...seen].map(relative);
}

// The same templates that the browser runs, run once here.
async function writePages(metafile) {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: ["src/pages.ts"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    charset: "utf8",
    logLevel: "warning",
  });
  const { pages } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  const made = pages({ script: address(metafile, "src/main.ts"), style: address(metafile, "src/main.css") });
  for (const [name, html] of Object.entries(made)) {
    await mkdir(path.dirname(path.join(OUT, name)), { recursive: true });
    await writeFile(path.join(OUT, name), html);
  }
}

// Built last: it knows every other file, and its own bytes change when any of them does.
async function writeServiceWorker() {
  const built = Object.entries(await describeFiles()).filter(([name]) => !NOT_KEPT.has(name));
  const paths = built.map(([name]) => `/${name.replace(/(^|\/)index\.html$/, "$1")}`);
  const version = createHash("sha256").update(JSON.stringify(built)).digest("hex").slice(0, 16);
  await build({
    absWorkingDir: HERE,
    entryPoints: ["src/serviceworker.ts"],
    outfile: path.join(OUT, "sw.js"),
    define: { FILES: JSON.stringify(paths), BUILD: JSON.stringify(version), WAKE_WORDS: JSON.stringify(await wakeWords()) },
    bundle: true,
    minify: true,
    format: "iife",
    charset: "utf8",
    logLevel: "warning",
  });
}

// The one sentence that the worker says, and nothing else of the catalogues.
async function wakeWords() {
  const sentence = async (language) => JSON.parse(await readFile(path.join(HERE, `src/catalogue/${language}.json`), "utf8")).words["wake.words"];
  return { en: await sentence("en"), es: await sentence("es") };
}

function outputOf(outputs, entry) {
  return Object.keys(outputs).find((name) => outputs[name].entryPoint === entry);
}

function address({ outputs }, entry) {
  return `/${relative(outputOf(outputs, entry))}`;
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

// Beside each text its brotli, so that the server hands it out without work.
async function squeeze(names) {
  for (const name of names.filter((name) => SQUEEZED.has(path.extname(name)))) {
    const file = path.join(OUT, name);
    await writeFile(`${file}.br`, brotliCompressSync(await readFile(file)));
  }
}

function report(names, files) {
  const size = names.reduce((sum, name) => sum + files[name].brotli, 0);
  console.log(`pocket: first load ${size} bytes of brotli in ${names.length} files`);
  if (size > FIRST_LOAD_LIMIT) throw new Error(`The first load may be ${FIRST_LOAD_LIMIT} bytes at most.`);
}
