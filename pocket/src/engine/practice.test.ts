import { describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { Practice } from "./practice.ts"

describe("how soon somebody usually answers", () => {
  test("is said by the part of the day, from practice rings alone, and not at all before enough are known", async () => {
    let isUp = true
    const answerTimes = () => (isUp ? Promise.resolve({ day: 4, evening: 0, night: 12 }) : Promise.reject(new PocketProblem("unreachable")))
    const practice = new Practice({ answerTimes })
    expect(practice.usuallyMinutes(3)).toBeUndefined()
    await practice.read()
    isUp = false
    await practice.read()
    expect([3, 7, 16, 17, 22, 23].map((hour) => practice.usuallyMinutes(hour))).toEqual([12, 4, 4, undefined, undefined, 12])
  })
})
