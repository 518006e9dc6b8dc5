import { describe, expect, test } from "vitest"
import { newSigningKey, openMembersPart, programFingerprint, random, sha256 } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { concat, decodeHead, decodeVouch } from "../wire/index.ts"
import { membersOf, newPeerKeys, newProgram, partSeal, publicPart, sealedMembers, signedBundle, signedCharter, signedHead, signedVouch, TODAY } from "./cast.fortests.ts"
import type { Followed, KeptBulletin } from "./bulletin.ts"
import { acceptCharter, acceptHead, cardFits, followBulletin, freshness, mailroomAgrees, partFits, readBulletin, runningTokenKey, standsInRota, verifiedPeers } from "./index.ts"

const verdict = (name: string) => ({ verdict: name })

describe("the charter", () => {
  async function held() {
    const program = await newProgram()
    const bytes = await signedCharter(program.key, program.charter)
    const pin = await programFingerprint(program.key.publicKey)
    const first = await acceptCharter(undefined, bytes, pin)
    if (first.verdict !== "accepted") throw new Error(first.verdict)
    return { program, bytes, pin, held: first.value }
  }

  test("hangs from the card: scanned or typed, and from no other card", async () => {
    const { bytes, pin } = await held()
    expect(await acceptCharter(undefined, bytes, pin.slice(0, 10))).toMatchObject(verdict("accepted"))
    expect(await acceptCharter(undefined, bytes, random(16))).toEqual(verdict("forged"))
    expect(await acceptCharter(undefined, bytes, pin.slice(0, 9))).toEqual(verdict("forged"))
  })

  test("a newer one is accepted, an older one refused, the same is the same", async () => {
    const { program, bytes, pin, held: old } = await held()
    const newer = await signedCharter(program.key, { ...program.charter, serial: 4 })
    expect(await acceptCharter(old, newer, pin)).toMatchObject(verdict("accepted"))
    expect(await acceptCharter(old, bytes, pin)).toMatchObject(verdict("same"))
    const older = await signedCharter(program.key, { ...program.charter, serial: 2 })
    expect(await acceptCharter(old, older, pin)).toEqual(verdict("older"))
  })

  test("a second charter with the same serial is a fork", async () => {
    const { program, pin, held: old } = await held()
    const other = await signedCharter(program.key, { ...program.charter, mailroom: "https://max.example.org" })
    expect(await acceptCharter(old, other, pin)).toEqual(verdict("forked"))
  })

  test("Max's charter is forged, whatever he copies", async () => {
    const { program, bytes, pin, held: old } = await held()
    const max = await newSigningKey(random)
    const own = { ...program.charter, serial: 9, programKey: max.publicKey }
    expect(await acceptCharter(old, await signedCharter(max, own), pin)).toEqual(verdict("forged"))
    expect(await acceptCharter(old, await signedCharter(max, { ...program.charter, serial: 9 }), pin)).toEqual(verdict("forged"))
    expect(await acceptCharter(undefined, bytes.slice(0, -1), pin)).toEqual(verdict("forged"))
  })

  test("the key names its successor, and does not come back after it", async () => {
    const { program, pin, held: old } = await held()
    const next = await newSigningKey(random)
    const naming = await acceptCharter(old, await signedCharter(program.key, { ...program.charter, serial: 4, successorKey: next.publicKey }), pin)
    if (naming.verdict !== "accepted") throw new Error(naming.verdict)
    const nextCard = await programFingerprint(next.publicKey)
    const none = () => Promise.resolve(Uint8Array.of(1, 0))
    expect([await cardFits(naming.value, nextCard, none), await cardFits(old, nextCard, none)]).toEqual([true, false])
    const after = await acceptCharter(naming.value, await signedCharter(next, { ...program.charter, serial: 5, programKey: next.publicKey }), pin)
    if (after.verdict !== "accepted") throw new Error(after.verdict)
    const stolen = await signedCharter(program.key, { ...program.charter, serial: 6 })
    expect(await acceptCharter(after.value, stolen, pin)).toEqual(verdict("forged"))
    const lineage = () => Promise.resolve(concat(Uint8Array.of(1, 1, naming.value.bytes.length >> 8, naming.value.bytes.length & 255), naming.value.bytes))
    expect([await cardFits(after.value, pin, lineage), await cardFits(after.value, pin, none), await cardFits(after.value, random(16), lineage)]).toEqual([true, false, false])
  })
})

describe("the head", () => {
  async function held() {
    const program = await newProgram()
    const bytes = await signedHead(program)
    const first = await acceptHead(undefined, program.charter, bytes)
    if (first.verdict !== "accepted") throw new Error(first.verdict)
    return { program, bytes, held: first.value }
  }

  test("newer, same, older", async () => {
    const { program, bytes, held: old } = await held()
    const next = await signedHead(program, { serial: 13, previous: old.hash })
    expect(await acceptHead(old, program.charter, next)).toMatchObject(verdict("accepted"))
    expect(await acceptHead(old, program.charter, await signedHead(program, { serial: 40 }))).toMatchObject(verdict("accepted"))
    expect(await acceptHead(old, program.charter, bytes)).toMatchObject(verdict("same"))
    expect(await acceptHead(old, program.charter, await signedHead(program, { serial: 11 }))).toEqual(verdict("older"))
  })

  test("two heads with one serial, or a next one that forgets the last, are a fork", async () => {
    const { program, held: old } = await held()
    expect(await acceptHead(old, program.charter, await signedHead(program, { lastDay: TODAY + 5 }))).toEqual(verdict("forked"))
    expect(await acceptHead(old, program.charter, await signedHead(program, { serial: 13, previous: random(32) }))).toEqual(verdict("forked"))
  })

  test("signed by a key that the charter does not name, or no longer: forged", async () => {
    const { program, held: old } = await held()
    const max = await newSigningKey(random)
    expect(await acceptHead(old, program.charter, await signedHead(program, { serial: 13 }, max))).toEqual(verdict("forged"))
    const copied = await signedHead(program, { serial: 13, bulletinKey: program.bulletinKey.publicKey }, max)
    expect(await acceptHead(old, program.charter, copied)).toEqual(verdict("forged"))
    expect(await acceptHead(old, program.charter, await signedHead(program, { serial: 13, day: TODAY + 61 }))).toEqual(verdict("forged"))
    expect(await acceptHead(old, program.charter, await signedHead(program, { serial: 13, programId: random(16) }))).toEqual(verdict("forged"))
  })

  test("every changed bit is noticed", async () => {
    const { program, bytes } = await held()
    for (let place = 0; place < bytes.length; place++) {
      const changed = bytes.slice()
      changed[place] = (changed[place] ?? 0) ^ (1 << place % 8)
      expect(await acceptHead(undefined, program.charter, changed)).toEqual(verdict("forged"))
    }
  })

  test("past its date it is stale and says its age, and on its last day it is not", async () => {
    const { held: old } = await held()
    expect(freshness(old.head, TODAY + 2)).toEqual({ state: "fresh", ageDays: 2 })
    expect(freshness(old.head, TODAY + 3)).toEqual({ state: "stale", ageDays: 3 })
    expect(freshness(old.head, TODAY - 400)).toEqual({ state: "fresh", ageDays: 0 })
  })

  test("a part counts whole or not at all", async () => {
    const part = random(500)
    const seal = await partSeal(part)
    expect(await partFits(part, seal)).toBe(true)
    expect(await partFits(part.slice(1), seal)).toBe(false)
    expect(await partFits(part, { ...seal, length: 499 })).toBe(false)
    expect(await partFits(random(500), seal)).toBe(false)
  })
})

describe("the members", () => {
  test("are opened with the key that the head names, and refused with any other", async () => {
    const program = await newProgram()
    const ben = await newPeerKeys()
    const members = membersOf([{ vouch: await signedVouch(program, ben), bundle: await signedBundle(program, ben) }])
    const part = await sealedMembers(program, members, 12)
    const head = decodeHead(await signedHead(program, { members: await partSeal(part) }))
    expect(await openMembersPart(head, program.membersKey, part)).toEqual(members)
    await expect(openMembersPart(head, random(32), part)).rejects.toMatchObject({ fault: "members-key" })
    await expect(openMembersPart({ ...head, serial: 13 }, program.membersKey, part)).rejects.toMatchObject({ fault: "opening" })
    const swapped = await sealedMembers({ ...program, membersKey: random(32) }, members, 12)
    await expect(openMembersPart(head, program.membersKey, swapped)).rejects.toMatchObject({ fault: "opening" })
  })

  test("Ben can be asked, and his shifts are his", async () => {
    const program = await newProgram()
    const ben = await newPeerKeys()
    const rota = [{ member: 0, from: 100, until: 200, tier: 0 }]
    const [peer] = await verifiedPeers(membersOf([{ vouch: await signedVouch(program, ben), bundle: await signedBundle(program, ben) }], rota), program.charter, TODAY)
    expect(peer?.vouch.handle).toBe("Ben")
    expect(peer && [99, 100, 199, 200].map((minute) => standsInRota(peer, minute, 0))).toEqual([false, true, true, false])
  })

  test("a ghost peer, a swapped bundle, a spent vouch, a bundle of another week: nobody is asked through them", async () => {
    const program = await newProgram()
    const [ben, ghost, max] = [await newPeerKeys(), await newPeerKeys(), await newSigningKey(random)]
    const vouch = await signedVouch(program, ben)
    const bundle = await signedBundle(program, ben)
    const foreign = { ...program, id: random(16) }
    const bad = [
      { vouch: await signedVouch(program, ghost, { handle: "Ghost" }, max), bundle: await signedBundle(program, ghost) },
      { vouch: await signedVouch(foreign, ghost), bundle: await signedBundle(foreign, ghost) },
      { vouch: await signedVouch(program, ben, { lastDay: TODAY - 1 }), bundle },
      { vouch, bundle: await signedBundle(program, ghost) },
      { vouch, bundle: await signedBundle(foreign, ben) },
      { vouch, bundle: await signedBundle(program, ben, { firstDay: TODAY - 14, lastDay: TODAY - 1 }) },
      { vouch, bundle: await signedBundle(program, ben, { firstDay: TODAY + 7, lastDay: TODAY + 20 }) },
    ]
    for (const one of bad) expect(await verifiedPeers(membersOf([one]), program.charter, TODAY)).toEqual([])
    const behind = await verifiedPeers(membersOf([{ vouch, bundle }]), program.charter, TODAY - 1)
    expect(behind.map((peer) => peer.vouch.handle)).toEqual(["Ben"])
    const some = await verifiedPeers(membersOf([...bad, { vouch, bundle }]), program.charter, TODAY)
    expect(some.map((peer) => peer.vouch)).toEqual([decodeVouch(vouch)])
  })
})

describe("the issuer's key", () => {
  const key = (epoch: number, firstDay: number) => ({ epoch, firstDay, lastDay: firstDay + 89, spki: random(64) })

  test("is the newest that runs", () => {
    const [old, young] = [key(4, TODAY - 80), key(5, TODAY - 20)]
    expect(runningTokenKey([young, old], TODAY)).toBe(young)
    expect(runningTokenKey([old, young], TODAY - 30)).toBe(old)
    expect(runningTokenKey([old, young], TODAY + 200)).toBeUndefined()
  })

  test("must be the same at the mailroom: one key for each officer would name each officer", async () => {
    const ours = key(4, TODAY)
    const print = { epoch: 4, tokenKeyId: await sha256(ours.spki) }
    expect(await mailroomAgrees(ours, [{ epoch: 3, tokenKeyId: random(32) }, print])).toBe(true)
    expect(await mailroomAgrees(ours, [{ epoch: 4, tokenKeyId: random(32) }])).toBe(false)
    expect(await mailroomAgrees(ours, [print, { epoch: 4, tokenKeyId: random(32) }])).toBe(false)
    expect(await mailroomAgrees(ours, [])).toBe(false)
  })
})

describe("a program key that passes on", () => {
  test("counts from the first list under it, so that at no moment there is nobody to ask", async () => {
    const [program, next] = [await newProgram(), await newSigningKey(random)]
    const parts = { public: publicPart(random(300)), members: random(80) }
    const naming = await signedCharter(program.key, { ...program.charter, successorKey: next.publicKey })
    const follow = async (kept: KeptBulletin | undefined, charter: Bytes, serial: number): Promise<Followed> => {
      const head = await signedHead(program, { serial, previous: kept === undefined ? new Uint8Array(32) : await sha256(kept.head), public: await partSeal(parts.public), members: await partSeal(parts.members) })
      const served = { ...parts, charter, head: serial === 12 && kept !== undefined ? kept.head : head, lineage: naming }
      return followBulletin(kept, program.id, (part) => Promise.resolve(served[part]))
    }
    const { kept } = await follow(undefined, naming, 12)
    const after = await signedCharter(next, { ...program.charter, serial: 4, programKey: next.publicKey })
    // The desk tells the charter first, and may not come to tell the rest for a while.
    expect(await follow(kept, after, 12)).toEqual({ outcome: "same", kept })
    const passed = await follow(kept, after, 13)
    expect(passed).toMatchObject({ outcome: "accepted", kept: { charter: after } })
    // From then on every screen of limits says that another key signs.
    const said = await Promise.all([kept, passed.kept].map(async (one) => one && (await readBulletin(one)).keyPassedOn))
    expect(said).toEqual([false, true])
  })
})
