import { describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { DAY_MS } from "../clock.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { random } from "../seal/index.ts"
import { TODAY } from "../trust/cast.fortests.ts"
import type { Bulletin, Peer } from "../trust/index.ts"
import { NO_DATE_YET, OPEN } from "../wire/index.ts"
import type { SendingOptions } from "./sending.ts"
import { nextPass, peersToAsk } from "./sending.ts"

const LAST = TODAY + 7
const BEN = { vouch: { agreementKey: random(32) }, conflicts: [] } as unknown as Peer

/** A pocket whose list and token keys end on a day, on a phone with some date. */
function on(phoneDay: number): SendingOptions {
  const tokens: Uint8Array<ArrayBuffer>[] = []
  const admission = {
    card: "held" as const,
    drewLately: false,
    bulletin: { head: { head: { day: TODAY, lastDay: LAST } }, publicPart: { opensDay: OPEN } } as Bulletin,
    refresh: () => Promise.resolve("same" as const),
    peers: (day: number) => Promise.resolve(day <= LAST ? [BEN] : []),
    takeToken: (day: number) => Promise.resolve(day <= LAST ? tokens.shift() : undefined),
    drawAtOnce: (day: number) => {
      if (day > LAST) return Promise.reject(new PocketProblem("epoch-over"))
      tokens.push(random(354))
      return Promise.resolve()
    },
  }
  return { admission, mailroom: { ask: () => Promise.reject(new PocketProblem("unreachable")) }, clock: new FakeClock(phoneDay * DAY_MS), mine: () => ({}) }
}

describe("asking on a phone whose date is months ahead", () => {
  test("finds the peers of the list's last day, and passes for them", async () => {
    // An urgent request is never refused for a clock.
    const phone = on(TODAY + 200)
    expect(await peersToAsk(phone, { outside: false })).toEqual([BEN])
    expect(await nextPass(phone)).toMatchObject({ token: expect.any(Uint8Array) as Uint8Array })
  })
})

describe("a desk that takes its opening back", () => {
  test("keeps nobody from asking who holds a card", async () => {
    const { admission, ...others } = on(TODAY)
    const { head } = admission.bulletin as Bulletin
    for (const opensDay of [TODAY - 1, TODAY + 30, NO_DATE_YET]) {
      const phone = { ...others, admission: { ...admission, bulletin: { head, publicPart: { opensDay } } as Bulletin } }
      expect(await peersToAsk(phone, { outside: false })).toEqual([BEN])
    }
  })
})
