import { expect, test } from "vitest"
import type { Case } from "../cases.ts"
import { bytesOf, casesOf } from "../cases.ts"
import { sha256 } from "../seal/index.ts"
import { decodeCharter, decodeHead } from "../wire/index.ts"
import { acceptCharter, acceptHead } from "./index.ts"

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
