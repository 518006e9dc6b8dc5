import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { walls } from "./eslint.walls.mjs";

export default defineConfig(
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-restricted-types": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 70],
      "no-console": "error", // a console line could carry a secret
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.test.ts"],
    rules: { "max-lines-per-function": "off" }, // a describe block is a chapter, not a function
  },
  walls,
);
