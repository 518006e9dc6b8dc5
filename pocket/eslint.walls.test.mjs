import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { walls } from "./eslint.walls.mjs";

const linter = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }, ...walls],
});

async function complaints(filePath, line) {
  const [result] = await linter.lintText(line, { filePath });
  return result.messages.map(({ message }) => message).join("\n");
}

test.each([
  ["src/talks/open.ts", 'import { open } from "hpke";'],
  ["src/talks/open.ts", 'export { open } from "@noble/hashes/sha2.js";'],
  ["src/vault/keys.ts", 'import { argon2id } from "hash-wasm";'],
  ["src/talks/open.ts", 'await import("@panva/hpke-noble");'],
  ["src/talks/open.ts", 'import { openDB } from "idb";'],
  ["src/seal/keys.ts", "indexedDB.open(name);"],
  ["src/seal/keys.ts", "globalThis.indexedDB.open(name);"],
  ["src/talks/open.ts", 'import { draw } from "../issuance/draw.ts";'],
  ["src/main.ts", 'await import("./issuance/draw.ts");'],
  ["src/delivery/send.ts", 'import { draw } from "../issuance/draw.ts";'],
  ["src/issuance/draw.ts", 'import { send } from "../delivery/send.ts";'],
  ["src/issuance/draw.ts", 'await import("../delivery/send.ts");'],
  ["src/screens/talks/talk.ts", 'import { open } from "../../seal/index.ts";'],
  ["src/screens/talks/talk.ts", 'import { draw } from "../../admission.ts";'],
  ["src/ui/app.ts", 'import { vault } from "../vault/index.ts";'],
  ["src/wire/letters.ts", 'import { sha256 } from "../seal/index.ts";'],
  ["src/rules/slots.ts", 'import { now } from "../clock.ts";'],
  ["src/engine/engine.ts", 'import { FakeClock } from "../fakeclock.fortests.ts";'],
  ["src/seal/keys.ts", 'await import("./seal.test.ts");'],
  ["src/engine/engine.ts", "await fetch(address);"],
  ["src/doors/asking.ts", 'import { Notifier } from "../waking/index.ts";'],
  ["src/delivery/line.ts", 'await import("../waking/notifier.ts");'],
  ["src/ui/app.ts", 'import { browserPush } from "../waking/index.ts";'],
  ["src/waking/notifier.ts", 'import { Mailroom } from "../delivery/index.ts";'],
  ["src/waking/sleeper.ts", 'import { browserStore } from "../vault/index.ts";'],
  ["src/serviceworker.ts", 'import { browserStore } from "./vault/browserstore.ts";'],
  ["src/waking/sleeper.ts", "await fetch(address);"],
  ["src/talks/talk.ts", "await fetch(address);"],
  ["src/talks/talk.ts", "await globalThis.fetch(address);"],
  ["src/vault/keys.ts", "new WebSocket(address);"],
  ["src/screens/talks/talk.ts", "navigator.sendBeacon(address, words);"],
  ["src/seal/keys.ts", "localStorage.setItem(name, key);"],
  ["src/exchange.ts", "document.cookie = name;"],
])("a wall stops %s from %s", async (file, line) => {
  expect(await complaints(file, line)).toMatch(/Only seal|Only vault|issuance\/ knows|Screens know|wire\/ and rules|Only exchange|for tests alone|Only oncall|wakes a phone/);
});

test.each([
  ["src/seal/letters.ts", 'import { open } from "hpke"; await import("@panva/hpke-noble");'],
  ["src/vault/keys.ts", 'import { openDB } from "idb"; indexedDB.deleteDatabase(name);'],
  ["src/admission.ts", 'import "./issuance/draw.ts"; import "./delivery/send.ts";'],
  ["src/talks/open.ts", 'import "../delivery/send.ts"; import "../admission.ts";'],
  ["src/screens/talks/talk.ts", 'import "../kept/keep.ts"; import "../../contract.ts"; import "../../ui/page.ts";'],
  ["src/wire/letters.ts", 'import "./codec.ts"; import "../contract.ts";'],
  ["src/seal/seal.test.ts", 'import { town } from "../oncall/town.fortests.ts";'],
  ["src/oncall/town.fortests.ts", 'import { FakeClock } from "../fakeclock.fortests.ts";'],
  ["src/exchange.ts", "await fetch(address);"],
  ["src/engine/reach.ts", 'import "../waking/index.ts"; await fetch(address);'],
  ["src/oncall/reached.ts", 'import "../waking/index.ts"; import "../delivery/index.ts";'],
  ["src/serviceworker.ts", 'import "./waking/sleeper.ts"; await fetch(address);'],
])("%s may say %s", async (file, line) => {
  expect(await complaints(file, line)).toBe("");
});
