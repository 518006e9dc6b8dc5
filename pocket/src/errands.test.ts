import { describe, expect, test } from "vitest"
import { Errands } from "./errands.ts"

const still = { now: () => 0, after: () => () => undefined }

/** Lets so many promises of this moment settle. */
async function breaths(many: number): Promise<void> {
  for (let breath = 0; breath < many; breath++) await Promise.resolve()
}

describe("an errand", () => {
  test("asked for again at any instant of the one before is run again", async () => {
    for (let instant = 0; instant < 12; instant++) {
      let runs = 0
      const errands = new Errands(still, async () => {
        runs += 1
        await Promise.resolve()
        return false
      })
      errands.run("tell")
      await breaths(instant)
      errands.run("tell")
      await breaths(24)
      expect(runs, `asked again ${String(instant)} breaths later`).toBe(2)
    }
  })

  test("that fails waits for its time, and is not taken for one under way", async () => {
    const waits: number[] = []
    const errands = new Errands({ now: () => 0, after: (ms) => (waits.push(ms), () => undefined) }, () => Promise.reject(new Error("down")))
    errands.run("tell")
    await breaths(12)
    errands.run("tell")
    await breaths(12)
    expect(waits).toEqual([2_000, 4_000])
  })
})
