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
const KNOWS = "(admission|delivery|doors|engine|exchange|issuance|kept|oncall|seal|talks|trust|vault|waking|wire)(/|\\.ts$)";
const WAKING = {
  names: "(\\.\\./|\\./)(.*/)?waking(/|$)",
  only: ["waking", "oncall", "engine", "engine that speaks", "worker that speaks"],
  message: "Only oncall/ and the service worker speak to the notifier; the engine puts them together.",
};
const OTHERS_FROM_WAKING = {
  names: "(\\.\\./|\\./)(.*/)?(admission|delivery|issuance|seal|talks|vault)(/|\\.ts$)",
  notIn: ["waking", "worker that speaks"],
  message: "What wakes a phone knows no secret and no other room.",
};
const SECRETS_FROM_SCREENS = {
  names: `(\\.\\./\\.\\./)${KNOWS}`,
  notIn: ["screens"],
  message: "Screens know contract.ts and no secret.",
};
const SECRETS_FROM_UI = { ...SECRETS_FROM_SCREENS, names: `(\\.\\./)${KNOWS}`, notIn: ["ui"] };
const ANYTHING_FROM_PURE = {
  names: "(\\.\\./)(?!contract\\.ts$)",
  notIn: ["pure"],
  message: "wire/ and rules/ depend on nothing.",
};
const RULES = [
  ...[CRYPTO, STORAGE, ISSUANCE, DELIVERY_FROM_ISSUANCE, WAKING, OTHERS_FROM_WAKING],
  ...[SECRETS_FROM_SCREENS, SECRETS_FROM_UI, ANYTHING_FROM_PURE],
];
// What stands in for rooms, clocks and people in tests. Nothing that a person runs may know it.
const TESTS = "src/**/*.{test,fortests}.ts";
const FOR_TESTS = {
  names: "(\\.\\./|\\./)(.*/)?[^/]+\\.(test|fortests)\\.ts$",
  message: "*.fortests.ts is for tests alone.",
};
const SPEAKING = {
  names: ["fetch", "WebSocket", "XMLHttpRequest", "EventSource", "RTCPeerConnection"],
  message: "Only exchange.ts and delivery/ speak to a room, the engine to its own origin.",
};
const REMEMBERING = {
  names: ["localStorage", "sessionStorage", "cookieStore"],
  message: "Only vault/ remembers, and what it remembers can be forgotten.",
};
// Every place that some rule treats differently; all else is "elsewhere".
const PLACES = {
  elsewhere: ["src/**/*.ts"],
  seal: ["src/seal/**/*.ts"],
  vault: ["src/vault/**/*.ts"],
  issuance: ["src/issuance/**/*.ts"],
  admission: ["src/admission.ts", "src/admission.test.ts"],
  screens: ["src/screens/**/*.ts"],
  ui: ["src/ui/**/*.ts"],
  waking: ["src/waking/**/*.ts"],
  oncall: ["src/oncall/**/*.ts"],
  pure: ["src/{wire,rules}/!(*.test).ts"],
  engine: ["src/engine/!(index|reach|rooms).ts"],
  speaks: ["src/exchange.ts", "src/delivery/**/*.ts"],
  "engine that speaks": ["src/engine/{index,reach,rooms}.ts"],
  "worker that speaks": ["src/serviceworker.ts"],
};

// ESLint lets the last matching block replace the rule, so each place gets its whole list.
export const walls = Object.entries(PLACES).flatMap(([place, files]) => {
  const rules = RULES.filter(({ only, notIn }) => (only ? !only.includes(place) : notIn.includes(place)));
  return [around(place, files, [...rules, FOR_TESTS]), around(place, files.map((one) => [one, TESTS]), rules)];
});

function around(place, files, rules) {
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
      "no-restricted-globals": ["error", ...shut(place).map(([name, message]) => ({ name, message }))],
      "no-restricted-properties": [
        "error",
        ...shut(place).flatMap(([property, message]) => owners(property).map((owner) => ({ ...owner, property, message }))),
        { object: "document", property: "cookie", message: REMEMBERING.message },
        { object: "navigator", property: "sendBeacon", message: SPEAKING.message },
      ],
    },
  };
}

/** What the browser offers to every page, and who of us may not take it. */
function shut(place) {
  const speaking = place.endsWith("speaks") ? [] : SPEAKING.names.map((name) => [name, SPEAKING.message]);
  const database = place === "vault" ? [] : [["indexedDB", STORAGE.message]];
  return [...speaking, ...database, ...REMEMBERING.names.map((name) => [name, REMEMBERING.message])];
}

// `import("…")` is no import declaration: the rule above does not see it.
function lazily({ names, message }) {
  return { selector: `ImportExpression[source.value=/^(${names.replaceAll("/", "\\/")})/]`, message };
}

/** A mailbox is fetched too: of this name only the browser's own is meant. */
function owners(property) {
  return property === "fetch" ? ["globalThis", "window", "self"].map((object) => ({ object })) : [{}];
}
