import { describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { NO_DATE_YET, utf8 } from "../wire/index.ts"
import type { Bytes } from "../wire/index.ts"
import { Glimpse } from "./glimpse.ts"

const PART = { program: { name: "", region: "", agencies: [] }, pack: {}, helplines: [], token_keys: [], patience: { now: 1, today: 2, whenever: 3 }, card_place: { en: "" } }

function opensOn(day: number): Bytes {
  return utf8(JSON.stringify({ ...PART, opens_day: day }))
}

/** A host's mailroom that gives these, one after the other. */
function mailroom(...answers: (Bytes | PocketProblem)[]): { bulletin: () => Promise<Bytes> } {
  return {
    bulletin: () => {
      const answer = answers.shift()
      return answer instanceof PocketProblem || answer === undefined ? Promise.reject(answer ?? new PocketProblem("unreachable")) : Promise.resolve(answer)
    },
  }
}

describe("a pocket without a card", () => {
  test("says when its host's program opens, as soon as that can be read", async () => {
    // A network that fails, and a page that is no bulletin, say nothing: the lines stand all the same.
    const glimpse = new Glimpse(mailroom(new PocketProblem("unreachable"), utf8("<html>"), opensOn(20_800), opensOn(20_900)))
    await glimpse.look()
    await glimpse.look()
    expect(glimpse.opensDay).toBeUndefined()
    await glimpse.look()
    await glimpse.look() // and is not asked again
    expect(glimpse.opensDay).toBe(20_800)
  })

  test("says of a program without a bulletin that it is not open", async () => {
    const glimpse = new Glimpse(mailroom(new PocketProblem("no-bulletin")))
    await glimpse.look()
    expect(glimpse.opensDay).toBe(NO_DATE_YET)
  })
})
