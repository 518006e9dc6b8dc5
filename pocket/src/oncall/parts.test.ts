import { describe, expect, test } from "vitest"
import { membersOf, newPeerKeys, newProgram, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import { isOnDuty, nextTurn, ownShifts, stageAfter } from "./listing.ts"
import { hushed, nextSilence, notRepeated, QUIET, rung, stillRinging } from "./rings.ts"
import { isDead, isListenedTo, mondayOf, weeksToKeep } from "./weeks.ts"

const DAY_MS = 86_400_000

describe("a peer's weeks", () => {
  test("begin on Mondays, and four lie ahead", () => {
    expect(mondayOf(4)).toBe(4)
    expect([TODAY, TODAY + 6].map(mondayOf)).toEqual([TODAY, TODAY])
    expect(weeksToKeep(TODAY + 3)).toEqual([0, 7, 14, 21, 28].map((days) => TODAY + days))
  })

  test("are listened to for two weeks and one ahead, and nothing opens them after three", () => {
    const days = Array.from({ length: 45 }, (_, day) => TODAY - 14 + day)
    expect(days.filter((day) => isListenedTo(TODAY, day))).toEqual(days.slice(7, 28))
    expect(days.filter((day) => !isDead(TODAY, day))).toEqual(days.slice(0, 35))
  })
})

describe("rings", () => {
  const ring = { request: "a1", urgency: "now", duty: "d1", heardAt: 0 } as const

  test("of one request stand once, however often and wherever it rings", () => {
    const rings = [ring, { ...ring, heardAt: 45_000 }, { ...ring, duty: "d2", heardAt: 50_000 }].reduce(rung, QUIET)
    expect(rings.ringing).toHaveLength(1)
    expect(stillRinging(rings, 130_000).ringing).toHaveLength(1)
    expect(nextSilence(rings)).toBe(140_000)
    expect(stillRinging(rings, 140_000).ringing).toEqual([])
  })

  test("say why they fell silent only to whoever heard them", () => {
    expect(hushed(rung(QUIET, ring), "a1", "answered")).toEqual({ ringing: [], hushed: "answered" })
    expect(hushed(rung(QUIET, ring), "b2", "ended")).toEqual(rung(QUIET, ring))
    expect(rung(hushed(rung(QUIET, ring), "a1", "answered"), { ...ring, request: "b2" }).hushed).toBeUndefined()
  })

  test("that ended while nobody listened are gone once the line is back", () => {
    const rings = [ring, { ...ring, request: "b2", heardAt: 1_001 }, { ...ring, request: "c3", duty: "d3" }].reduce(rung, QUIET)
    expect(notRepeated(rings, ["d1"], 1_000).ringing.map(({ request }) => request)).toEqual(["b2", "c3"])
  })
})

describe("the bulletin's word on a peer", () => {
  test("is their own shifts, found by their own key", async () => {
    const program = await newProgram()
    const [ana, ben] = [await newPeerKeys(), await newPeerKeys()]
    const listed = await Promise.all([ana, ben].map(async (peer) => ({ vouch: await signedVouch(program, peer), bundle: await signedBundle(program, peer) })))
    const members = membersOf(listed, [
      { member: 1, from: 90, until: 120, tier: 1 },
      { member: 0, from: 10, until: 20, tier: 0 },
      { member: 1, from: 30, until: 60, tier: 0 },
    ])
    const shifts = ownShifts(members, ben.signing.publicKey)
    expect(shifts).toEqual([
      { from: 30, until: 60, tier: 0 },
      { from: 90, until: 120, tier: 1 },
    ])
    expect(ownShifts(members, (await newPeerKeys()).signing.publicKey)).toBeUndefined()
    expect([29, 30, 59, 60, 95].filter((minute) => isOnDuty(shifts ?? [], minute * 60_000))).toEqual([30, 59])
    expect([0, 30, 60, 120].map((minute) => nextTurn(shifts ?? [], minute * 60_000))).toEqual([30, 60, 90].map((minute) => minute * 60_000).concat(DAY_MS))
  })

  test("stands down only whom a bulletin listed before and a newer one does not", () => {
    expect(stageAfter("vouched", false, 7, undefined)).toBe("vouched")
    expect(stageAfter("vouched", false, 7, 7)).toBe("vouched")
    expect(stageAfter("vouched", false, 8, 7)).toBe("stood-down")
    expect(stageAfter("stood-down", true, 9, 7)).toBe("vouched")
    expect(stageAfter("handed-in", true, 9, undefined)).toBe("handed-in")
  })
})
