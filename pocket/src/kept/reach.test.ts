import { beforeAll, expect, test } from "vitest"
import type { Shift } from "../wire/index.ts"
import { toHex } from "../wire/index.ts"
import { random } from "../seal/index.ts"
import type { PeerKeys, Program } from "../trust/cast.fortests.ts"
import { membersOf, newPeerKeys, newProgram, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import { newTalk } from "../talks/state.ts"
import type { Peer } from "../trust/index.ts"
import { verifiedPeers, verifiedVouches } from "../trust/index.ts"
import type { KeptPeer } from "./index.ts"
import { cardOf, hasLeft } from "./index.ts"

const MINUTE = TODAY * 1_440
const NOW = MINUTE * 60_000
const DUTY: Shift = { member: 0, from: MINUTE, until: MINUTE + 480, tier: 0 }

let program: Program
let ben: PeerKeys
let other: PeerKeys
let kept: KeptPeer

beforeAll(async () => {
  ;[program, ben, other] = [await newProgram(), await newPeerKeys(), await newPeerKeys()]
  kept = { id: "b", name: "Night shift Ben", handle: "Ben", signingKey: ben.signing.publicKey, agreementKey: ben.agreement.publicKey, keepsake: random(32), day: TODAY }
})

test("who is listed can be asked, on duty or not", async () => {
  expect(cardOf(kept, await known([ben], [DUTY]))).toEqual({ id: "b", name: "Night shift Ben", handle: "Ben", reach: "on-duty" })
  expect(cardOf(kept, await known([ben])).reach).toBe("listed")
})

test("who is vouched for without keys of this week is away, and who is not vouched for is gone", async () => {
  const list = await known([ben])
  expect(cardOf(kept, { ...list, peers: [] }).reach).toBe("away")
  expect(cardOf(kept, { ...list, peers: [], vouches: [] }).reach).toBe("gone")
})

test("somebody of the same handle with other keys is never taken for them", async () => {
  const list = await known([other])
  expect(cardOf(kept, list)).toMatchObject({ reach: "changed", other: toHex(other.agreement.publicKey) })
})

test("a talk says that its peer has left by a list of today that names neither the keys nor the handle, and by nothing else", async () => {
  const list = await known([ben])
  const theirs = { staticPublic: ben.agreement.publicKey, address: "", key: { public: random(8), lastDay: TODAY } }
  const mine = { staticSecret: random(32), staticPublic: random(32), readKey: random(32), address: "" }
  const talk = newTalk({ id: "t", role: "officer", with: "Ben", mine, theirs, keys: [] }, NOW)
  expect(hasLeft(talk, list)).toBe(false)
  expect(hasLeft(talk, { ...list, vouches: [] })).toBe(true)
  expect(hasLeft(talk, { ...list, vouches: [], isFresh: false })).toBe(false)
  expect(hasLeft(talk, { ...list, vouches: undefined })).toBe(false)
  expect(hasLeft(talk, { ...list, vouches: (await known([other])).vouches })).toBe(false)
  expect(hasLeft({ ...talk, role: "peer" }, { ...list, vouches: [] })).toBe(false)
})

test("a list that is old or cannot be read says nothing about anybody", async () => {
  const list = await known([other])
  expect(cardOf(kept, { ...list, isFresh: false }).reach).toBe("unknown")
  expect(cardOf(kept, { ...list, peers: [], vouches: undefined }).reach).toBe("unknown")
})

test("who is in the officer's own unit or chain of command is not offered; of the own agency is no reason", async () => {
  const list = await known([ben])
  const labelled = (...conflicts: Peer["conflicts"]) => ({ ...list, peers: list.peers.map((peer) => ({ ...peer, conflicts })), mine: { agency: "pd", unit: "Patrol" } })
  expect(cardOf(kept, labelled({ kind: "agency", text: "pd" })).reach).toBe("listed")
  expect(cardOf(kept, labelled({ kind: "agency", text: "pd" }, { kind: "unit", text: "Patrol" })).reach).toBe("apart")
})

async function known(peers: readonly PeerKeys[], rota: readonly Shift[] = []): Promise<Parameters<typeof cardOf>[1]> {
  const members = membersOf(await Promise.all(peers.map(async (keys) => ({ vouch: await signedVouch(program, keys), bundle: await signedBundle(program, keys) }))), rota)
  const [vouches, listed] = [await verifiedVouches(members, program.charter, TODAY), await verifiedPeers(members, program.charter, TODAY)]
  return { vouches, peers: listed, isFresh: true, mine: {}, at: NOW }
}
