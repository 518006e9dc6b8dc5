import { readFile } from "node:fs/promises";
import { defineConfig } from "vitest/config";

// esbuild reads *.txt as text by itself; Vite would make a URL of it.
const text = {
  name: "text",
  enforce: "pre",
  load: async (id) => (id.endsWith(".txt") ? `export default ${JSON.stringify(await readFile(id, "utf8"))}` : null),
};

export default defineConfig({
  define: { SOAK: JSON.stringify(process.env.SOAK === "1"), CI: JSON.stringify(process.env.CI === "true" && process.env.SOAK !== "1") },
  plugins: [text],
  // spec/vectors and the shared catalogues lie beside the pocket, not inside it.
  server: { fs: { allow: [".."] } },
  // On a busy machine real sealing takes its time.
  test: { testTimeout: 30_000, setupFiles: ["src/chance.fortests.ts"], include: ["src/**/*.test.ts", "*.test.mjs"] },
});
