import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { drawMinute, inConflict, mayWait, slotOrder } from "./index.ts"

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

  test("is no unit of the same name elsewhere, and nothing for those who say nothing of themselves", () => {
    expect(inConflict(ben, { agency: "south", unit: "Patrol" }, true)).toBe(false)
    expect(inConflict(ben, {}, true)).toBe(false)
  })
})

describe("slots", () => {
  const peers = Array.from({ length: 20 }, (_, number) => number)

  test("hold the chosen one first, then those on duty, then others, twelve in all and nobody twice", () => {
    const orders = fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 20, maxLength: 20 }), (chances) => {
      const left = [...chances]
      const order = slotOrder(peers, (peer) => peer === 7, (peer) => peer >= 18, () => left.pop() ?? 0)
      expect(order[0]).toBe(7)
      expect(order.slice(1, 3).sort()).toEqual([18, 19])
      expect(new Set(order).size).toBe(12)
    })
    fc.assert(orders)
  })

  test("of the rest are chance: everyone comes to be asked", () => {
    const asked = new Set(Array.from({ length: 60 }, () => slotOrder(peers, () => false, () => false, Math.random)).flat())
    expect(asked.size).toBe(20)
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
