import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { settled } from "../fakeclock.fortests.ts"
import { random } from "../seal/index.ts"
import { membersOf, newPeerKeys, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import { verifiedPeers } from "../trust/index.ts"
import { decodeAsk, toHex } from "../wire/index.ts"
import { anasPocket, firstBody, settle, setUp, START, town, until, WISH } from "./cast.fortests.ts"

const SECOND_MS = 1_000
const BEN = 0
const [ON_DUTY, BACKSTOP] = [0, 3]

beforeAll(settle)

/** Ben is on duty, and two agreed to be rung when nobody answers. */
beforeEach(async () => {
  const keys = [town.ben, await newPeerKeys(), await newPeerKeys()]
  const listed = await Promise.all(
    keys.map(async (one, at) => ({
      vouch: await signedVouch(town.program, one, { handle: ["Ben", "Cleo", "Fred"][at] ?? "" }),
      bundle: await signedBundle(town.program, one),
    })),
  )
  const minute = START / 60_000
  const rota = keys.map((_, member) => ({ member, from: minute, until: minute + 480, tier: member === BEN ? ON_DUTY : BACKSTOP }))
  town.peers = await verifiedPeers(membersOf(listed, rota), town.program.charter, TODAY)
})

async function asked(wish: Readonly<{ urgency?: "whenever"; urgent?: boolean; chosen?: string }> = {}): ReturnType<typeof setUp> {
  const home = await setUp()
  await home.asking.ask({ ...WISH, ...wish })
  await until(() => home.asking.view?.sent === "received")
  return home
}

describe("waiting", () => {
  test("says by the clock when the net is rung and when others are offered, and shows it anew at each step", async () => {
    const { asking, mailroom, clock, vault, tokens } = await asked()
    asking.stop()
    const shown: unknown[] = []
    const again = await anasPocket(mailroom, clock, vault, tokens, () => {
      const { backstops, handOver } = again.asking.view ?? {}
      shown.push([(clock.now() - START) / SECOND_MS, backstops, handOver])
    })
    await clock.move(300 * SECOND_MS)
    expect(shown.filter((one) => JSON.stringify(one) !== "[0,0,false]")).toEqual([[120, 1, false], [180, 2, false], [270, 2, true]])
  })

  test("of what cannot wait has the net from the first second, and the mailroom is told so", async () => {
    const { asking, mailroom } = await asked({ urgent: true })
    expect(decodeAsk(firstBody(mailroom)).urgent).toBe(true)
    expect(asking.view).toMatchObject({ urgent: true, backstops: 1, handOver: true })
  })

  test("promises no net while somebody has picked up", async () => {
    const { asking, mailroom, clock } = await asked()
    asking.frame({ kind: "request", replyAddress: decodeAsk(firstBody(mailroom)).replyAddress, state: "taken" })
    await clock.move(200 * SECOND_MS)
    expect(asking.view).toMatchObject({ taken: true, backstops: 0 })
  })

  test("for a chosen peer is over as soon as others are to ring, also once the mailroom has heard it", async () => {
    const { asking, mailroom } = await asked({ chosen: toHex(town.ben.agreement.publicKey) })
    expect(asking.view?.alone).toBe(true)
    await asking.ringOthers()
    await until(() => mailroom.acts.length === 1)
    expect(asking.view?.alone).toBe(false)
  })

  test("in peace is remembered, also by a pocket that was closed", async () => {
    const { asking, mailroom, clock, vault, tokens } = await asked()
    await asking.waitOn()
    asking.stop()
    const after = await anasPocket(mailroom, clock, vault, tokens)
    expect(after.asking.view).toMatchObject({ stays: "waits", sent: "received" })
    expect(mailroom.acts).toEqual([])
  })
})

describe("who is rung when", () => {
  test("is the mailroom's to find out where minutes count, and planned here for what may wait", async () => {
    expect(decodeAsk(firstBody((await asked()).mailroom)).plan).toEqual([])
    expect(decodeAsk(firstBody((await asked({ urgency: "whenever" })).mailroom)).plan).toEqual([{ slot: 0, offsetSeconds: 0 }])
  })
})

describe("leaving word", () => {
  test("lets it ring on as one that may wait; the words stay here", async () => {
    const { asking, mailroom } = await asked({ urgent: true })
    await asking.leaveWord()
    await until(() => mailroom.acts.length === 1)
    expect(mailroom.acts).toEqual(["leaveWord"])
    expect(asking.view).toMatchObject({ stays: "left-word", urgency: "whenever", urgent: false, draft: WISH.words })
  })

  test("before it could be sent is told once it rings, and never instead of it", async () => {
    const { asking, mailroom, clock } = await setUp()
    mailroom.refusals = ["unreachable"]
    const { act } = mailroom
    mailroom.act = (...said) => (mailroom.asked.length < 2 ? Promise.reject(new PocketProblem("request-unknown")) : act(...said))
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    await asking.leaveWord()
    await clock.move(3 * SECOND_MS)
    await until(() => mailroom.acts.length === 1)
    expect([mailroom.asked.length, mailroom.acts, asking.view?.sent]).toEqual([2, ["leaveWord"], "received"])
  })
})

describe("a mailroom that takes nothing", () => {
  test.each(["store-full", "too-busy"] as const)("and says %s: the screen says so, offers others, and the same pass pays later", async (problem) => {
    const tokens = [random(354)]
    const { asking, mailroom, clock } = await setUp(tokens)
    mailroom.refusals = [problem]
    await asking.ask(WISH)
    await until(() => asking.view?.refused === problem)
    expect(asking.view).toMatchObject({ sent: "not-sent", handOver: true, draft: WISH.words })
    await clock.move(3 * SECOND_MS)
    await until(() => asking.view?.sent === "received")
    await settled()
    expect(asking.view?.refused).toBeUndefined()
    expect(mailroom.asked[1]).toEqual(mailroom.asked[0])
  })
})
