import { beforeAll, describe, expect, test } from "vitest"
import { MINUTE_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { openRequest, random } from "../seal/index.ts"
import { membersOf, newPeerKeys, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import { verifiedPeers } from "../trust/index.ts"
import { decodeAsk, toHex } from "../wire/index.ts"
import { answerOf, delivered, firstBody, settle, setUp, START, town, until, WISH } from "./cast.fortests.ts"

beforeAll(settle)

describe("a request that rings on", () => {
  test("reaches who comes on duty, once, and their answer counts", async () => {
    const { asking, talks, mailroom, clock } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    expect(mailroom.added).toEqual([])
    const before = town.peers
    const cara = await newPeerKeys()
    const dutyAddress = random(16)
    const listed = { vouch: await signedVouch(town.program, cara, { handle: "Cara" }), bundle: await signedBundle(town.program, cara, { dutyAddress }) }
    const minute = START / MINUTE_MS
    const later = await verifiedPeers(membersOf([listed], [{ member: 0, from: minute, until: minute + 480, tier: 0 }]), town.program.charter, TODAY)
    try {
      town.peers = [...before, ...later]
      await clock.move(2 * MINUTE_MS)
      await until(() => mailroom.added.length > 0)
      await clock.move(5 * MINUTE_MS)
      expect(mailroom.added.length).toBe(12)
      const copy = mailroom.added.find((slot) => toHex(slot.dutyAddress) === toHex(dutyAddress))
      expect(copy).toBeDefined()
      await expect(
        openRequest(copy?.sealed ?? new Uint8Array(), { sealingKey: cara.sealing, recipient: cara.agreement, mailboxAddress: dutyAddress }),
      ).resolves.toMatchObject({ request: { urgency: "now" } })
      const { address, envelope } = await answerOf(cara, firstBody(mailroom))
      await asking.envelope(address, delivered(envelope))
      expect(talks.all.map((talk) => talk.with)).toEqual(["Cara"])
    } finally {
      town.peers = before
    }
  })

  test("in a program of more than twelve goes to all who may ring, within seconds and without anything else to do; what the mailroom did not take is said again", async () => {
    const before = town.peers
    const keys = await Promise.all(Array.from({ length: 30 }, () => newPeerKeys()))
    const listed = await Promise.all(
      keys.map(async (one, number) => ({
        vouch: await signedVouch(town.program, one, { handle: `Peer ${String(number)}` }),
        bundle: await signedBundle(town.program, one, { dutyAddress: random(16) }),
      })),
    )
    const minute = START / MINUTE_MS
    const available = keys.map((_, member) => ({ member, from: minute - 60, until: minute + 480, tier: 1 }))
    town.peers = await verifiedPeers(membersOf(listed, available), town.program.charter, TODAY)
    try {
      const { asking, mailroom, clock } = await setUp()
      const sealMore = mailroom.sealMore
      let down = true
      mailroom.sealMore = (...args) => (down ? Promise.reject(new PocketProblem("unreachable")) : sealMore(...args))
      await asking.ask(WISH)
      await until(() => asking.view?.sent === "received")
      await clock.move(2_000)
      expect(mailroom.added).toEqual([])
      down = false
      await clock.move(13_000)
      await until(() => mailroom.added.length === 12)
      await clock.move(15_000)
      await until(() => mailroom.added.length === 24)
      const copies = [...decodeAsk(firstBody(mailroom)).slots, ...mailroom.added]
      const addresses = new Set(copies.map(({ dutyAddress }) => toHex(dutyAddress)))
      expect(town.peers.filter(({ bundle }) => !addresses.has(toHex(bundle.dutyAddress)))).toEqual([])
      await clock.move(10 * MINUTE_MS)
      expect(mailroom.added.length).toBe(24)
    } finally {
      town.peers = before
    }
  })
})
