import { beforeEach, expect, test } from "vitest"
import { REMINDERS } from "../kept/records.ts"
import { keepsakeProof, random } from "../seal/index.ts"
import { newProgram, TODAY } from "../trust/cast.fortests.ts"
import type { Bytes } from "../wire/index.ts"
import { Ana, Ben } from "./people.fortests.ts"
import { Town } from "./town.fortests.ts"

const KEEPSAKE = random(32)

let town: Town
let ben: Ben
let hisKey: Bytes

beforeEach(async () => {
  const program = await newProgram()
  town = new Town(program)
  await town.publish([])
  ben = await Ben.arrives(town)
  await ben.enrols()
  hisKey = town.handedIn?.agreementKey ?? new Uint8Array()
  const others = Array.from({ length: 3 }, (_, at) => REMINDERS.put(`${at}`, { id: `${at}`, words: "", keepsake: random(32), day: TODAY }))
  await ben.vault.write([...others, REMINDERS.put("ana", { id: "ana", words: "someone, evening", keepsake: KEEPSAKE, day: TODAY })])
  await ben.restart()
})

test("whoever comes back with a keepsake is known, also after a restart", async () => {
  const ana = await Ana.arrives()
  expect(await answered(ana, await keepsakeProof(KEEPSAKE, ana.requestId, hisKey))).toEqual({ id: "ana", before: true })
  await ben.restart()
  expect(ben.talks.all[0]?.reminder?.id).toBe("ana")
})

test.each([
  ["no proof", () => Promise.resolve(undefined)],
  ["chance for a proof", () => Promise.resolve(random(32))],
  ["zeros for a proof", () => Promise.resolve(new Uint8Array(32))],
  ["a proof by a keepsake of Max's own", (max: Ana) => keepsakeProof(random(32), max.requestId, hisKey)],
  ["a proof that Ana made for another request", () => keepsakeProof(KEEPSAKE, random(16), hisKey)],
  ["a proof that Ana made for another peer", (max: Ana) => keepsakeProof(KEEPSAKE, max.requestId, random(32))],
])("Max with %s is answered like anyone else", async (_, proof: (max: Ana) => Promise<Bytes | undefined>) => {
  const max = await Ana.arrives()
  expect(await answered(max, await proof(max))).toBeUndefined()
  expect(ben.talks.all).toHaveLength(1)
})

test("whom Ben forgot comes like anyone else", async () => {
  await ben.vault.write([REMINDERS.remove("ana")])
  await ben.restart()
  const ana = await Ana.arrives()
  expect(await answered(ana, await keepsakeProof(KEEPSAKE, ana.requestId, hisKey))).toBeUndefined()
})

async function answered(who: Ana, keepsakeProof: Bytes | undefined): Promise<unknown> {
  await who.asks(town, { keepsakeProof })
  ben.rings(who)
  await ben.onCall.claim(who.request, "I'm here.")
  return ben.talks.all[0]?.reminder
}
