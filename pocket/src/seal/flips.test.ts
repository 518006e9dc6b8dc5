import { expect, test } from "vitest"
import { rounds } from "../rounds.fortests.ts"
import type { Bytes, SealedRequest } from "../wire/index.ts"
import { LayoutError } from "../wire/index.ts"
import { newAgreementKey, newSealingKey, openRequest, random, SealError, sealRequest } from "./index.ts"

const BITS = 8 * 4_096
/** In check every byte of an envelope is hit once, at one of its bits, over sixteen envelopes; in soak every bit of eight. The other reader of
 * the law flips every bit once over a thousand envelopes, in soak every bit of each: `src/leanto/sim/pocket/tests/test_flips.py`. */
const ENVELOPES = rounds({ check: 16, soak: 8 })
const FLIPS_EACH = rounds({ check: 256, soak: BITS })
const TIME_MS = rounds({ check: 60_000, soak: 3_600_000 })

test("one flipped bit, wherever it stands, and the envelope is refused", async () => {
  const [ana, ben, bundleKey, returnKey] = [await newAgreementKey(random), await newAgreementKey(random), await newSealingKey(), await newSealingKey()]
  const to = { sealingKey: bundleKey.publicKey, recipient: ben.publicKey, mailboxAddress: random(16) }
  const opening = { sealingKey: bundleKey, recipient: ben, mailboxAddress: to.mailboxAddress }
  for (let turn = 0; turn < ENVELOPES; turn += 1) {
    const envelope = await sealRequest(aRequest(returnKey.publicKey), ana, to)
    await openRequest(envelope, opening)
    for (const bit of bitsOf(turn)) expect(await faultOf(openRequest(flipped(envelope, bit), opening)), `bit ${String(bit)}`).not.toBe("opened")
  }
}, TIME_MS)

/** Spread so that 16 turns of 256 come to every byte once, and each turn to all parts of an envelope. */
function bitsOf(turn: number): number[] {
  if (FLIPS_EACH === BITS) return Array.from({ length: BITS }, (_, bit) => bit)
  return Array.from({ length: FLIPS_EACH }, (_, step) => 8 * (step * ENVELOPES + turn) + ((step + turn) % 8))
}

function flipped(envelope: Bytes, bit: number): Bytes {
  const changed = envelope.slice()
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return changed
}

/** Only a refusal by name counts; anything else thrown is a fault of ours. */
async function faultOf(opened: Promise<unknown>): Promise<string> {
  try {
    await opened
    return "opened"
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) return error.fault
    throw error
  }
}

function aRequest(returnKey: Bytes): SealedRequest {
  const ids = { requestId: random(16), talkId: random(16), replyAddress: random(16), headHash: random(8) }
  return { ...ids, returnKey, returnLastDay: 20_799, urgency: "now", bulletinSerial: 12, day: 20_785, keepsakeProof: undefined }
}
