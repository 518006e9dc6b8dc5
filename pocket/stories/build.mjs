// Builds the stories into a folder outside the tree, named on the command line: a page to look at, never shipped.
import { build } from "esbuild";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const HERE = import.meta.dirname;
const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node stories/build.mjs FOLDER");

await mkdir(out, { recursive: true });
await build({
  absWorkingDir: path.join(HERE, ".."),
  entryPoints: ["stories/main.ts", "src/main.css"],
  outdir: out,
  entryNames: "[name]",
  bundle: true,
  format: "esm",
  charset: "utf8",
  logLevel: "warning",
});
await writeFile(
  path.join(out, "index.html"),
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Leanto</title>
<link rel="stylesheet" href="/main.css">
<script type="module" src="/main.js"></script>
</head>
<body><div id="leanto"></div></body>
</html>
`,
);
