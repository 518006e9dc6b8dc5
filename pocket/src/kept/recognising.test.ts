import { expect, test } from "vitest"
import type { Case } from "../cases.fortests.ts"
import { bytesOf, casesOf } from "../cases.fortests.ts"
import { keepsakeProof } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import { recognised } from "./recognising.ts"

const CASES = casesOf("keepsakes", "recognised")

test.each(CASES)("$name", async (one) => {
  const known = await recognised({ requestId: bytesOf(one, "request_id"), keepsakeProof: proofOf(one) }, bytesOf(one, "peer"), heldIn(one))
  expect(known?.at ?? null).toBe(one["fits"])
})

test("whoever was given a keepsake makes the very proof that the law says", async () => {
  const fitting = CASES.filter(({ ok }) => ok)
  expect(fitting.length).toBeGreaterThan(0)
  for (const one of fitting) {
    const keepsake = heldIn(one)[Number(one["fits"])]?.keepsake
    expect(await keepsakeProof(keepsake ?? new Uint8Array(), bytesOf(one, "request_id"), bytesOf(one, "peer"))).toEqual(proofOf(one))
  }
})

function proofOf(one: Case): Bytes | undefined {
  return one["proof"] === null ? undefined : bytesOf(one, "proof")
}

function heldIn(one: Case): readonly Readonly<{ at: number; keepsake: Bytes }>[] {
  return (one["keepsakes"] as readonly string[]).map((keepsake, at) => ({ at, keepsake: fromHex(keepsake) }))
}
