import { expect, test } from "vitest"
import { TODAY } from "../trust/cast.fortests.ts"
import { random } from "../seal/index.ts"
import type { Peer } from "../trust/index.ts"
import { decodeBundle } from "../wire/index.ts"
import type { Identity, NewWeek } from "./keys.ts"
import { newIdentity, newWeek } from "./keys.ts"
import { opened } from "./trying.ts"

const PROGRAM = new Uint8Array(16)

function listed({ signing, agreement }: Identity, { week }: NewWeek): Peer {
  const vouch = { programId: PROGRAM, handle: "Ben", signingKey: signing.publicKey, agreementKey: agreement.publicKey, lastDay: TODAY }
  return { vouch, bundle: decodeBundle(week.bundle), shared: [], conflicts: [], shifts: [] }
}

test("what an officer would seal to Ben's entry in the list opens with his keys, and with no others", async () => {
  const [ben, other] = [await newIdentity(random), await newIdentity(random)]
  const [week, next] = [await newWeek(ben, PROGRAM, TODAY, random), await newWeek(ben, PROGRAM, TODAY + 7, random)]
  const entry = listed(ben, week)
  expect(await opened(entry, { identity: ben, seed: week.seal, today: TODAY, random })).toBe(true)
  expect(await opened(entry, { identity: ben, seed: next.seal, today: TODAY, random })).toBe(false)
  expect(await opened(entry, { identity: other, seed: week.seal, today: TODAY, random })).toBe(false)
  expect(await opened(listed(other, week), { identity: ben, seed: week.seal, today: TODAY, random })).toBe(false)
})
