import { describe, expect, test } from "vitest"
import { casesOf, plain } from "../cases.fortests.ts"
import type { Labels, Mine, Standing } from "./index.ts"
import { drawMinute, inConflict, mayWait, netAt, sealedPlan, slotOrder, toAskNow } from "./index.ts"

describe("a conflict", () => {
  const ben = [
    { kind: "agency", text: "north" },
    { kind: "unit", text: "Patrol" },
    { kind: "chain", text: "Night desk" },
  ] as const

  test("is the same unit, or the chain of command, wished or not", () => {
    expect(inConflict(ben, { agency: "north", unit: "Patrol" }, false)).toBe(true)
    expect(inConflict(ben, { unit: "Patrol" }, false)).toBe(true)
    expect(inConflict(ben, { agency: "north", unit: "Night desk" }, false)).toBe(true)
  })

  test("is the same agency only for those who want someone from outside", () => {
    expect(inConflict(ben, { agency: "north", unit: "Records" }, false)).toBe(false)
    expect(inConflict(ben, { agency: "north", unit: "Records" }, true)).toBe(true)
  })

  test.each(casesOf("asked", "conflicts"))("the law's cases: $name", (one) => {
    const said = (name: "agency" | "unit") => (one[name] === null ? {} : { [name]: one[name] })
    const mine: Mine = { ...said("agency"), ...said("unit") }
    expect(inConflict(one["labels"] as unknown as Labels, mine, one["outside"] === true)).toBe(one["conflict"])
  })

  test("is somebody who leads others, for their own agency and for whoever has not said theirs", () => {
    const captain = [{ kind: "agency", text: "north" }, { kind: "leads", text: "north" }] as const
    expect([{ agency: "north" }, {}, { agency: "south" }].map((mine) => inConflict(captain, mine, false))).toEqual([true, true, false])
  })

  test("is no unit of the same name elsewhere, and nothing for those who say nothing of themselves", () => {
    expect(inConflict(ben, { agency: "south", unit: "Patrol" }, true)).toBe(false)
    expect(inConflict(ben, {}, true)).toBe(false)
  })
})

describe("slots", () => {
  test.each(casesOf("asked", "slots"))("the law's cases: $name", (one) => {
    const [standings, chances] = [one["standings"] as Standing[], [...(one["chances"] as number[])]]
    const places = standings.map((_, place) => place)
    expect(slotOrder(places, (place) => standings[place] ?? "rest", () => chances.shift() ?? 0)).toEqual(one["order"])
  })

  test("of the rest are chance: everyone comes to be asked", () => {
    const peers = Array.from({ length: 20 }, (_, number) => number)
    const asked = new Set(Array.from({ length: 60 }, () => slotOrder(peers, () => "rest", Math.random)).flat())
    expect(asked.size).toBe(20)
  })

  test("for newcomers hold whoever may be rung now, and backstops until two have a copy", () => {
    const peers = ["rest", "backstop", "shows", "on-duty", "backstop", "backstop"] as const
    const now = (backstopsAsked: number) => toAskNow(peers, (standing) => standing, backstopsAsked, () => 0)
    expect(now(0)).toEqual(["on-duty", "backstop", "backstop", "shows"])
    expect(now(1)).toEqual(["on-duty", "backstop", "shows"])
    expect(now(2)).toEqual(["on-duty", "shows"])
  })

  test("for newcomers are dealt by chance: nobody is rung first for standing first in a list", () => {
    const peers = Array.from({ length: 20 }, (_, number) => number)
    const chances = peers.map((number) => 1 - number / 20)
    expect(toAskNow(peers, () => "shows", 2, () => chances.shift() ?? 0)).toEqual(peers.toReversed().slice(0, 12))
  })
})

describe("the net under a request", () => {
  test.each(casesOf("asked", "net"))("the law's cases: $name", (one) => {
    const [waitedSeconds, urgent, backstops] = [one["waited_seconds"] as number, one["urgent"] as boolean, one["backstops"] as number]
    expect(netAt({ waitedSeconds, urgent, backstops }).backstops).toBe(one["rung"])
  })

  test("offers who else answers after four and a half minutes, and from the first second when it cannot wait", () => {
    const handOver = (waitedSeconds: number, urgent: boolean) => netAt({ waitedSeconds, urgent, backstops: 2 }).handOver
    expect([handOver(269, false), handOver(270, false), handOver(0, true)]).toEqual([false, true, true])
  })

  test("says when it changes next, so that no screen stands still", () => {
    const changes: number[] = []
    let waitedSeconds: number | undefined = 0
    while (waitedSeconds !== undefined) {
      const { nextSeconds } = netAt({ waitedSeconds, urgent: false, backstops: 2 })
      if (nextSeconds !== undefined) changes.push(nextSeconds)
      waitedSeconds = nextSeconds
    }
    expect(changes).toEqual([60, 120, 180, 270])
  })
})

describe("a sealed plan", () => {
  test.each(casesOf("planning", "plan"))("the law's cases: $name", (one) => {
    const [tiers, chosenFirst, night] = [one["tiers"] as number[], one["chosen_first"] as boolean, one["night"] as boolean]
    expect(plain(sealedPlan({ tiers, chosenFirst, night }))).toEqual(one["plan"])
  })
})

describe("the first draw of an epoch", () => {
  const day = 20_780
  const monday = day * 1_440

  test("falls anywhere in its first week", () => {
    expect(drawMinute(day, monday - 5_000, 0)).toBe(monday)
    expect(drawMinute(day, monday - 5_000, 0.999_999)).toBe(monday + 7 * 1_440 - 1)
  })

  test("never lies in the past, and after the week it is now", () => {
    expect(drawMinute(day, monday + 1_440, 0)).toBe(monday + 1_440)
    expect(drawMinute(day, monday + 8 * 1_440, 0.5)).toBe(monday + 8 * 1_440)
  })

  test("may wait while letters come and go, until the list of peers would not open any more", () => {
    expect(mayWait(day, monday + 7 * 1_440 - 1)).toBe(true)
    expect(mayWait(day, monday + 7 * 1_440)).toBe(false)
  })
})
