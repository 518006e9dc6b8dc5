import { describe, expect, test } from "vitest"
import { DAY_MS, dayOf } from "../clock.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { Calendar } from "./calendar.ts"

const TODAY = 20_780
const NINE = 9 * 3_600_000

function phone(day: number): Calendar {
  const calendar = new Calendar(new FakeClock(day * DAY_MS + NINE))
  calendar.bulletinOf(TODAY - 1)
  return calendar
}

describe("a phone whose date is wrong", () => {
  test("months behind goes on from the day of the signed bulletin, at its own hour", () => {
    const calendar = phone(TODAY - 200)
    expect(calendar.now()).toBe((TODAY - 1) * DAY_MS + NINE)
    expect(calendar.isDeviceWrong).toBe(true)
  })

  test("months ahead follows the mailroom, but never to before the signed bulletin", () => {
    const calendar = phone(TODAY + 200)
    expect(calendar.isDeviceWrong).toBe(false)
    calendar.mailroomSaid(TODAY)
    expect([dayOf(calendar.now()), calendar.isDeviceWrong]).toEqual([TODAY, true])
    calendar.mailroomSaid(TODAY - 300)
    expect(dayOf(calendar.now())).toBe(TODAY - 1)
  })

  test("is not moved forward by a mailroom's word alone, which would burn its keys", () => {
    const calendar = phone(TODAY)
    calendar.mailroomSaid(TODAY + 300)
    expect([dayOf(calendar.now()), calendar.isDeviceWrong]).toEqual([TODAY, false])
  })

  test("is right around midnight, and again as soon as it is set right", () => {
    const clock = new FakeClock((TODAY + 200) * DAY_MS)
    const calendar = new Calendar(clock)
    calendar.mailroomSaid(TODAY)
    clock.jump(-199 * DAY_MS)
    calendar.mailroomSaid(TODAY)
    expect([dayOf(calendar.now()), calendar.isDeviceWrong]).toEqual([TODAY + 1, false])
  })
})
