import { beforeEach, describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { random } from "../seal/index.ts"
import type { Incoming, TalkState } from "../talks/index.ts"
import { newTalk, NONE, step } from "../talks/index.ts"
import { memoryStore, Vault } from "../vault/index.ts"
import { fromHex, toHex } from "../wire/index.ts"
import { allKept, isSamePeer, Kept, takenIn } from "./index.ts"

const NOW = 20_780 * 86_400_000
const BEN = { programId: random(16), handle: "Ben", signingKey: random(32), agreementKey: random(32), lastDay: 21_000 }

let vault: Vault
let kept: Kept

beforeEach(async () => {
  vault = await Vault.open({ store: memoryStore(), random, keep: true })
  kept = await reopened()
})

describe("a peer who is kept", () => {
  test("stays under a name of the officer's own, until forgotten", async () => {
    const sent: string[] = []
    await kept.keep(BEN, "  Night shift Ben ", (keepsake, record) => {
      sent.push(toHex(keepsake))
      return vault.write([record])
    })
    const [peer] = (await reopened()).peers
    expect(peer).toMatchObject({ name: "Night shift Ben", handle: "Ben", day: 20_780 })
    expect(sent).toEqual([toHex(peer?.keepsake ?? random(32))])
    const id = peer?.id ?? ""
    await kept.rename(id, "Ben")
    expect((await reopened()).peers.map(({ name }) => name)).toEqual(["Ben"])
    await expect(kept.rename(id, " \n ")).rejects.toEqual(new PocketProblem("kept-name"))
    await expect(kept.rename(id, "ñ".repeat(31))).rejects.toEqual(new PocketProblem("kept-name"))
    await kept.forgetPeer(id)
    expect([kept.peers, await vault.list("sealed", "kept-peer/")]).toEqual([[], []])
  })

  test("is not kept when the letter about it is not written", async () => {
    await expect(kept.keep(BEN, "Ben", () => Promise.reject(new PocketProblem("talk-over")))).rejects.toEqual(new PocketProblem("talk-over"))
    expect(kept.peers).toEqual([])
  })

  test("is the pair of keys: kept again in the old one's place, and nobody else with one of them", async () => {
    await kept.keep(BEN, "Ben", (_, record) => vault.write([record]))
    await kept.keep(BEN, "Ben again", (_, record) => vault.write([record]))
    await kept.keep({ ...BEN, signingKey: random(32) }, "Max", (_, record) => vault.write([record]))
    expect((await reopened()).peers.map(({ name }) => name)).toHaveLength(2)
    expect(isSamePeer(BEN, { ...BEN, signingKey: random(32) })).toBe(false)
    expect(isSamePeer(BEN, { ...BEN, agreementKey: random(32) })).toBe(false)
  })
})

describe("a keepsake that a letter brought", () => {
  test("leaves the talk for a reminder in the one write that stores the letter", async () => {
    const { talk } = await stored(arrived(talkOf("peer"), keepLetter("ab".repeat(32))))
    expect(JSON.stringify(talk)).not.toContain("ab".repeat(32))
    expect(talk.lines.at(-1)).toMatchObject({ kind: "keep", text: "" })
    expect((await reopened()).reminders).toMatchObject([{ id: talk.reminder?.id, words: "", keepsake: fromHex("ab".repeat(32)) }])
    expect(talk.reminder?.before).toBe(false)
  })

  test("takes the place of an earlier one of the same talk, and leaves the peer's own words", async () => {
    const first = await stored(arrived(talkOf("peer"), keepLetter("ab".repeat(32))))
    await kept.remind(first.talk.reminder?.id ?? "", "someone, about a week, evening")
    await stored(arrived(first.talk, keepLetter("cd".repeat(32), first.talk.head)))
    expect((await reopened()).reminders.map(({ words, keepsake }) => [words, toHex(keepsake)])).toEqual([["someone, about a week, evening", "cd".repeat(32)]])
  })

  test("counts from an officer alone", async () => {
    const { talk } = await stored(arrived(talkOf("officer"), keepLetter("ab".repeat(32))))
    expect([talk.lines.at(-1)?.kind, kept.reminders]).toEqual(["hidden", []])
  })

  test("is gone with its reminder", async () => {
    const { talk } = await stored(arrived(talkOf("peer"), keepLetter("ab".repeat(32))))
    const id = talk.reminder?.id ?? ""
    await expect(kept.remind(id, "x".repeat(121))).rejects.toEqual(new PocketProblem("reminder-long"))
    await kept.forgetReminder(id)
    expect([kept.reminders, await vault.list("sealed", "reminder/")]).toEqual([[], []])
  })
})

test("what a copy brings is taken in once, under fresh names", async () => {
  await kept.keep(BEN, "Ben", (_, record) => vault.write([record]))
  await stored(arrived(talkOf("peer"), keepLetter("ab".repeat(32))))
  const brought = await allKept(vault)
  expect(takenIn(brought, brought, random)).toEqual([])
  const fresh = takenIn({ peers: [], reminders: [] }, brought, random)
  const names = [...brought.peers, ...brought.reminders].map(({ id }) => id)
  expect(fresh).toHaveLength(2)
  expect(fresh.some(({ name }) => names.some((id) => name.endsWith(id)))).toBe(false)
})

async function reopened(): Promise<Kept> {
  const opened = new Kept({ vault, clock: new FakeClock(NOW), random, changed: () => undefined })
  await opened.load()
  return opened
}

async function stored(talk: TalkState): Promise<ReturnType<Kept["putAway"]>> {
  const putAway = kept.putAway(talk)
  await vault.write(putAway.changes)
  putAway.done()
  return putAway
}

function talkOf(role: TalkState["role"]): TalkState {
  const mine = { staticSecret: random(32), staticPublic: random(32), readKey: random(32), address: toHex(random(16)) }
  const theirs = { staticPublic: random(32), address: toHex(random(16)), key: { public: random(1_216), lastDay: 20_794 } }
  return newTalk({ id: toHex(random(16)), role, with: "", mine, theirs, keys: [] }, NOW)
}

function keepLetter(keepsake: string, after = NONE): Incoming {
  return { id: toHex(random(16)), kind: "keep", after, seen: NONE, address: toHex(random(16)), key: { public: random(1_216), lastDay: 20_794 }, text: keepsake }
}

function arrived(talk: TalkState, letter: Incoming): TalkState {
  return step(talk, { type: "arrived", letter, sealedTo: "00", at: NOW })
}
