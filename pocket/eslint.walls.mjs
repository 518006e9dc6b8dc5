// The walls between the pocket's folders: who may import what. eslint.walls.test.mjs breaks each on purpose.

const CRYPTO = {
  names: "hpke|@panva/|@noble/|hash-wasm",
  only: ["seal"],
  message: "Only seal/ touches crypto libraries.",
};
const STORAGE = {
  names: "idb(/|$)",
  only: ["vault"],
  message: "Only vault/ touches IndexedDB.",
};
const ISSUANCE = {
  names: "(\\.\\./|\\./)(.*/)?issuance(/|$)",
  only: ["issuance", "admission"],
  message: "issuance/ knows the desk: it meets delivery/ in admission.ts and nowhere else.",
};
const DELIVERY_FROM_ISSUANCE = {
  names: "(\\.\\./|\\./)(.*/)?delivery(/|$)",
  notIn: ["issuance"],
  message: "issuance/ knows the desk: it meets delivery/ in admission.ts and nowhere else.",
};
const RULES = [CRYPTO, STORAGE, ISSUANCE, DELIVERY_FROM_ISSUANCE];
// Every place that some rule treats differently; all else is "elsewhere".
const PLACES = {
  elsewhere: ["src/**/*.ts"],
  seal: ["src/seal/**/*.ts"],
  vault: ["src/vault/**/*.ts"],
  issuance: ["src/issuance/**/*.ts"],
  admission: ["src/admission.ts", "src/admission.test.ts"],
};

// ESLint lets the last matching block replace the rule, so each place gets its whole list.
export const walls = Object.entries(PLACES).map(([place, files]) => {
  const rules = RULES.filter(({ only, notIn }) => (only ? !only.includes(place) : notIn.includes(place)));
  return {
    files,
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: rules.map(({ names, message }) => ({
            regex: names.startsWith("(") ? `^${names}` : `^(${names})`,
            message,
          })),
        },
      ],
      "no-restricted-syntax": ["error", ...rules.map(lazily)],
      "no-restricted-globals": place === "vault" ? "off" : ["error", { name: "indexedDB", message: STORAGE.message }],
      "no-restricted-properties":
        place === "vault" ? "off" : ["error", { property: "indexedDB", message: STORAGE.message }],
    },
  };
});

// `import("…")` is no import declaration: the rule above does not see it.
function lazily({ names, message }) {
  return { selector: `ImportExpression[source.value=/^(${names.replaceAll("/", "\\/")})/]`, message };
}
