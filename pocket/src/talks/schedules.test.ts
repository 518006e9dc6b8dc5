import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { dayOf, DAY_MS } from "../clock.ts"
import { rounds } from "../rounds.fortests.ts"
import { isAsleep } from "./due.ts"
import type { Side } from "./storm.fortests.ts"
import { ADDRESS, JUMPS, SIDES, START, Storm, stored, TALK, texts } from "./storm.fortests.ts"
import { dice } from "./stormpost.fortests.ts"
import type { Statics } from "./stormseals.fortests.ts"
import { pooled } from "./stormseals.fortests.ts"
import { viewOf } from "./view.ts"

const SCHEDULES = rounds({ check: 120, soak: 10_000 })
const MONTH_MS = 31 * DAY_MS

type Act = Readonly<{ side: Side; act: (typeof ACTS)[number] }>

const OFTEN = ["write", "write", "push", "push", "line-up", "moment"] as const
const ACTS = [...OFTEN, "restart", "hours", "days", "repeat", "swap", "spoil", "drop", "clock", "day"] as const

const acts = (maxLength: number): fc.Arbitrary<Act[]> =>
  fc.array(fc.record({ side: fc.constantFrom(...SIDES), act: fc.constantFrom(...ACTS) }), { maxLength })

/** A phone that jumps a month ahead right after cannot tell whether its burn is old: the engine's clock asks the mailroom for the day first. */
const AFTER_BURN: Partial<Record<Act["act"], Act["act"]>> = { write: "push", days: "push", clock: "moment" }

/** Schedules that once went wrong. */
const BURNS: [Act[], Side, number][] = [
  // Ben's phone was a year behind: the key he told was dead when it came, and Ana's burn never left.
  [[{ side: "ben", act: "clock" }, { side: "ben", act: "write" }, { side: "ana", act: "days" }], "ana", 276_508_453],
  // Ana's own phone was a year off when she burned: the burn counted as old before it ever left.
  [[{ side: "ana", act: "clock" }], "ana", 267_192_495],
  // Both clocks were off: Ben took a key of Ana's that was older than the one he had.
  [[{ side: "ben", act: "clock" }, { side: "ana", act: "clock" }], "ben", 1_367_200_495],
]

let statics: Statics

beforeAll(async () => {
  statics = await pooled()
})

describe("a talk under every schedule", () => {
  test("letters lost, doubled, shuffled, repeated, mixed up and spoiled, killed browsers, clocks that jump: nothing is lost, doubled or out of order, and no key outlives its time", async () => {
    await fc.assert(
      fc.asyncProperty(acts(30), fc.integer(), async (schedule, seed) => {
        const storm = new Storm(dice(seed), statics)
        await storm.start()
        storm.post.weather = 0.25
        const said = { ana: [] as string[], ben: ["I'm here."] }
        for (const act of schedule) {
          await perform(storm, act, said)
          keptSoFar(storm, said)
        }
        await storm.calm()
        await allIsShown(storm, said)
        await oldKeysAreGone(storm)
      }),
      { numRuns: SCHEDULES },
    )
  }, 7_200_000)

  test("a burn by either leaves no word, key or mailbox on either side, whatever gets lost on the way", async () => {
    await fc.assert(
      fc.asyncProperty(acts(10), fc.constantFrom(...SIDES), fc.integer(), async (schedule, side, seed) => {
        const storm = new Storm(dice(seed), statics)
        await storm.start()
        await storm.calm()
        const said = { ana: [] as string[], ben: ["I'm here."] }
        storm.post.weather = 0.25
        for (const act of schedule) await perform(storm, act, said)
        storm.post.weather = 0
        await storm.restart(side)
        await storm.pockets[side].burn(TALK)
        expect(onDisk(storm, side, said)).toEqual([])
        expect(stored(storm, side)).toMatchObject({ keys: [], lines: [], early: [] })
        storm.post.weather = 0.25
        for (const act of schedule) await perform(storm, { ...act, act: AFTER_BURN[act.act] ?? act.act }, said)
        await storm.calm()
        expect([onDisk(storm, "ana", said), onDisk(storm, "ben", said)]).toEqual([[], []])
        for (const one of SIDES) expect(storm.stored(one) ?? { lines: [], keys: [] }).toMatchObject({ lines: [], keys: [] })
        expect(storm.post.boxes.size).toBe(0)
        // Whoever burned may repeat it for a day; then that is gone too.
        await storm.clock.move(DAY_MS)
        await storm.calm()
        expect([storm.stored("ana"), storm.stored("ben")]).toEqual([undefined, undefined])
      }),
      { numRuns: SCHEDULES / 5, examples: BURNS },
    )
  }, 7_200_000)
})

async function perform(storm: Storm, { side, act }: Act, said: Record<Side, string[]>): Promise<void> {
  const other = side === "ana" ? "ben" : "ana"
  const { post } = storm
  if (act === "write") return write(storm, side, said)
  if (act === "push") storm.push(side, post.waiting(ADDRESS[side]))
  if (act === "repeat") storm.push(side, post.old(ADDRESS[side], false))
  if (act === "swap") storm.push(side, post.old(ADDRESS[other], false))
  if (act === "spoil") storm.push(side, post.old(ADDRESS[side], true))
  if (act === "drop") post.forget(ADDRESS[side], post.waiting(ADDRESS[side])?.id ?? new Uint8Array())
  if (act === "line-up") void storm.pockets[side].lineUp()
  if (act === "restart") await storm.restart(side)
  if (act === "clock" || act === "day") wrongTime(storm, side, act)
  if (act === "moment") await storm.clock.move(3_000)
  if (act === "hours") await storm.clock.move(5 * 3_600_000)
  if (act === "days") await days(storm)
  await storm.seals.settle()
}

/** Of a device and the mailroom one is not ahead: where both are, the law lets keys die too early. */
function wrongTime(storm: Storm, side: Side, act: "clock" | "day"): void {
  const { post, wrongBy } = storm
  if (act === "clock") wrongBy[side] = post.oneOf(JUMPS) ?? 0
  else post.day = post.oneOf([undefined, undefined, dayOf(START) - 100, dayOf(START) + 100])
  if (SIDES.some((one) => wrongBy[one] > DAY_MS) && (post.day ?? 0) > dayOf(START)) post.day = undefined
}

/** What the screen was told is stored counts as said; what died on the way the person sees missing, and writes again. */
async function write(storm: Storm, side: Side, said: Record<Side, string[]>): Promise<void> {
  const words = `${side} says ${said[side].length}`
  void storm.pockets[side].write(TALK, "words", words).catch(() => undefined)
  await storm.seals.settle()
  if (storm.stored(side)?.lines.some((line) => line.text === words) === true) said[side].push(words)
  else await storm.restart(side)
}

/** Two days in which nobody writes; both look at their pockets, and at least then the mailroom answers. */
async function days(storm: Storm): Promise<void> {
  const { weather } = storm.post
  storm.post.weather = 0
  await storm.look()
  storm.post.weather = weather
  await storm.clock.move(2 * DAY_MS)
}

/** True after every single step: own words are all there, the other's are a beginning of what was said, and *seen* is never ahead of them. */
function keptSoFar(storm: Storm, said: Record<Side, string[]>): void {
  for (const side of SIDES) {
    const [mine, theirs] = [stored(storm, side), stored(storm, side === "ana" ? "ben" : "ana")]
    expect(texts(mine, true)).toEqual(said[side])
    expect(texts(theirs, false)).toEqual(said[side].slice(0, texts(theirs, false).length))
    const seen = viewOf(mine, storm.clock.now()).lines.filter((line) => line.mine && line.state === "seen")
    const shown = new Set(theirs.lines.map(({ id }) => id))
    expect(seen.filter(({ id }) => !shown.has(id))).toEqual([])
  }
}

async function allIsShown(storm: Storm, said: Record<Side, string[]>): Promise<void> {
  // What was told to seal to may have been lost for two weeks: the next fresh one, within a week, wakes the talk.
  if (SIDES.some((side) => isAsleep(stored(storm, side), storm.clock.now()))) {
    await storm.clock.move(8 * DAY_MS)
    await storm.calm()
  }
  const [ana, ben] = [stored(storm, "ana"), stored(storm, "ben")]
  expect({ ana: texts(ana, true), ben: texts(ben, true) }).toEqual(said)
  expect({ ana: texts(ben, false), ben: texts(ana, false) }).toEqual(said)
  for (const talk of [ana, ben]) expect([talk.outbox, talk.early]).toEqual([[], []])
}

/** A day after all is quiet no key is left that is older than the one used last; and never one of more than a month. */
async function oldKeysAreGone(storm: Storm): Promise<void> {
  const used = SIDES.map((side) => storm.lastUsed(side))
  await storm.clock.move(DAY_MS)
  await storm.calm()
  const order = [...storm.seals.born.keys()]
  SIDES.forEach((side, index) => {
    const keys = stored(storm, side).keys.map(({ id }) => id)
    const newest = order.indexOf(used[index] ?? "")
    expect(keys.filter((id) => order.indexOf(id) < newest)).toEqual([])
  })
  await storm.clock.move(MONTH_MS)
  await storm.calm()
  const oldest = storm.clock.now() - MONTH_MS
  for (const side of SIDES) expect(stored(storm, side).keys.filter(({ id }) => (storm.seals.born.get(id) ?? 0) < oldest)).toEqual([])
}

/** Whatever of these words lies on a device, wherever. */
function onDisk(storm: Storm, side: Side, said: Record<Side, string[]>): string[] {
  const records = [...storm.disks[side].values()].map((record) => new TextDecoder("latin1").decode(record))
  return [...said.ana, ...said.ben].filter((words) => records.some((record) => record.includes(words)))
}
