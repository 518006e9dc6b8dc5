import { expect, test, vi } from "vitest"
import { toHex, utf8 } from "../wire/index.ts"
import { argon2id, withWasm } from "./argon2.ts"
import { newPhrase, parsePhrase, stretchPhrase, wordsFrom } from "./index.ts"

test("a phrase is seven words, every bit of it chance", async () => {
  expect(await newPhrase((length) => new Uint8Array(length))).toEqual(Array.from({ length: 7 }, () => "abandon"))
  expect(await newPhrase((length) => new Uint8Array(length).fill(255))).toEqual(Array.from({ length: 7 }, () => "zoo"))
  // 00000000001 00000000010 …: the words numbered 1 and 2.
  expect(await wordsFrom(Uint8Array.of(0, 0b00100000, 0b00001000), 2)).toEqual(["ability", "able"])
})

test("what is typed back is forgiven its spaces and capitals, and nothing else", async () => {
  const words = ["zoo", "able", "zoo", "able", "zoo", "able", "zoo"]
  expect(await parsePhrase("  Zoo able,zoo\nABLE zoo-able zoo ")).toEqual(words)
  expect(await parsePhrase("zoo able zoo able zoo able")).toBeUndefined()
  expect(await parsePhrase("zoo able zoo able zoo able leanto")).toBeUndefined()
})

test("Argon2id gives the same key with and without WebAssembly, and as another implementation has it", async () => {
  const salt = utf8("sixteen bytes ok")
  const question = { password: utf8("zoo able zoo able zoo able zoo"), salt }
  const key = toHex(await withWasm(question))
  expect(key).toBe("588858f6f2898ea4a510839cecf9c50405409decdd9eb19cbcb011b6b2f940b1")
  vi.stubGlobal("WebAssembly", undefined)
  expect(toHex(await argon2id(question))).toBe(key)
  vi.unstubAllGlobals()
  expect(toHex(await stretchPhrase(["zoo", "able", "zoo", "able", "zoo", "able", "zoo"], salt))).toBe(key)
}, 60_000)
