import { defineConfig } from "vitest/config";

export default defineConfig({
  // spec/vectors and the shared catalogues lie beside the pocket, not inside it.
  server: { fs: { allow: [".."] } },
  test: { include: ["src/**/*.test.ts", "*.test.mjs"] },
});
