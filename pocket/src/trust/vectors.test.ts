import { expect, test } from "vitest"
import type { Case } from "../cases.fortests.ts"
import { bytesOf, casesOf } from "../cases.fortests.ts"
import { sha256 } from "../seal/index.ts"
import { decodeCharter, decodeHead } from "../wire/index.ts"
import { acceptCharter, acceptHead, endsFork, followCharter } from "./index.ts"

const held = (one: Case) => (one["held"] === null ? undefined : bytesOf(one, "held"))

test.each(casesOf("charter", "accept"))("a charter: $name", async (one) => {
  const bytes = held(one)
  const before = bytes && { bytes, charter: decodeCharter(bytes) }
  const { verdict } = await acceptCharter(before, bytesOf(one, "charter"), bytesOf(one, "pinned"))
  expect(verdict).toBe(one["verdict"])
})

test.each(casesOf("head", "accept"))("a head: $name", async (one) => {
  const bytes = held(one)
  const before = bytes && { head: decodeHead(bytes), hash: await sha256(bytes) }
  const { verdict } = await acceptHead(before, decodeCharter(bytesOf(one, "charter")), bytesOf(one, "head"))
  expect(verdict).toBe(one["verdict"])
})

test.each(casesOf("lineage", "follow"))("along a lineage: $name", async (one) => {
  const bytes = held(one)
  const before = bytes && { bytes, charter: decodeCharter(bytes) }
  const { verdict } = await followCharter(before, bytesOf(one, "charter"), bytesOf(one, "pinned"), () => Promise.resolve(bytesOf(one, "lineage")))
  expect(verdict).toBe(one["verdict"])
})

test.each(casesOf("lineage", "ends_fork"))("a fork ends, or not: $name", (one) => {
  expect(endsFork(decodeCharter(bytesOf(one, "held")), decodeCharter(bytesOf(one, "charter")))).toBe(one.ok)
})
