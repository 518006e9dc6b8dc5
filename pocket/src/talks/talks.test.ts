import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { dayOf, DAY_MS } from "../clock.ts"
import { settled } from "../fakeclock.ts"
import type { TalkState } from "./state.ts"
import { dies } from "./step.ts"
import type { Side } from "./storm.ts"
import { START, Storm, TALK } from "./storm.ts"
import { viewOf } from "./view.ts"

const SCHEDULES = 500

type Act = Readonly<{ side: Side; act: "write" | "push" | "line-up" | "restart" | "moment" | "hours" | "days" }>

const act: fc.Arbitrary<Act> = fc.record({
  side: fc.constantFrom<Side>("ana", "ben"),
  act: fc.oneof(
    { weight: 6, arbitrary: fc.constant("write" as const) },
    { weight: 6, arbitrary: fc.constant("push" as const) },
    { weight: 3, arbitrary: fc.constant("line-up" as const) },
    { weight: 2, arbitrary: fc.constant("restart" as const) },
    { weight: 4, arbitrary: fc.constant("moment" as const) },
    { weight: 1, arbitrary: fc.constant("hours" as const) },
    { weight: 1, arbitrary: fc.constant("days" as const) },
  ),
})

describe("a talk through bad weather", () => {
  test("lost, doubled and shuffled letters, killed browsers: nothing is lost, doubled or out of order, and no key outlives its time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.integer(), async (acts, seed) => {
        const storm = new Storm(dice(seed))
        await storm.start()
        storm.weather = 0.25
        const said = { ana: [] as string[], ben: ["I'm here."] }
        for (const one of acts) await perform(storm, one, said)
        await storm.calm()
        const [ana, ben] = [stored(storm, "ana"), stored(storm, "ben")]
        expect({ ana: texts(ana, true), ben: texts(ben, true) }).toEqual(said)
        expect({ ana: texts(ben, false), ben: texts(ana, false) }).toEqual(said)
        for (const talk of [ana, ben]) {
          expect(talk.outbox).toEqual([])
          expect(talk.early).toEqual([])
          expect(talk.keys.filter((key) => dies(key) <= storm.clock.now())).toEqual([])
        }
        await oldKeysAreGone(storm)
      }),
      { numRuns: SCHEDULES },
    )
  }, 240_000)

  test("a burn by either leaves no word, key or mailbox on either side, whatever gets lost on the way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 15 }), fc.constantFrom<Side>("ana", "ben"), fc.integer(), async (acts, side, seed) => {
        const storm = new Storm(dice(seed))
        await storm.start()
        await storm.calm()
        storm.weather = 0.25
        for (const one of acts) await perform(storm, one, { ana: [], ben: [] })
        storm.weather = 0
        await storm.restart(side)
        await storm.pockets[side].burn(TALK)
        storm.weather = 0.25
        for (const one of acts) await perform(storm, { ...one, act: one.act === "write" || one.act === "days" ? "push" : one.act }, { ana: [], ben: [] })
        await storm.calm()
        for (const one of ["ana", "ben"] as const) expect(storm.stored(one) ?? { lines: [], keys: [] }).toMatchObject({ lines: [], keys: [] })
        expect(storm.mailboxes.size).toBe(0)
        // Whoever burned may repeat it for a day; then that is gone too.
        await storm.clock.move(DAY_MS)
        await storm.calm()
        expect([storm.stored("ana"), storm.stored("ben")]).toEqual([undefined, undefined])
      }),
      { numRuns: SCHEDULES / 5 },
    )
  }, 120_000)

  test("a day after the end the words are gone on both sides", async () => {
    const storm = new Storm(dice(1))
    await storm.start()
    await storm.calm()
    await storm.pockets.ana.write(TALK, "end", "")
    await storm.calm()
    expect(stored(storm, "ben").stage).toBe("ended")
    expect(texts(stored(storm, "ben"), false)).toEqual([])
    await storm.clock.move(DAY_MS)
    await storm.calm()
    expect([storm.stored("ana"), storm.stored("ben")]).toEqual([undefined, undefined])
    expect(storm.mailboxes.size).toBe(0)
  })

  test("a long text goes as several letters and is read as one", async () => {
    const storm = new Storm(dice(1))
    await storm.start()
    await storm.calm()
    const long = "Nobody asks. 😶‍🌫️é".repeat(400)
    const brim = "x".repeat(1_571)
    for (const text of [long, brim, "and then"]) await storm.pockets.ana.write(TALK, "words", text)
    await storm.calm()
    const shown = viewOf(stored(storm, "ben")).lines.filter((line) => !line.mine && line.kind === "words")
    expect(shown.map((line) => line.text)).toEqual([long, brim, "and then"])
  })

  test("while the other side is away, a talk does not fill its mailbox with copies", async () => {
    const storm = new Storm(dice(1))
    await storm.start()
    await storm.calm()
    storm.pockets.ben.stop()
    await storm.pockets.ana.write(TALK, "words", "Are you there?")
    for (let minute = 0; minute < 600; minute++) {
      await storm.pockets.ana.lineUp()
      await storm.clock.move(60_000)
    }
    expect(storm.mailboxes.get("b1".repeat(16))?.size).toBeLessThan(15)
  })

  test("what the mailroom lost behind everyone's back goes out again within half a minute", async () => {
    const storm = new Storm(dice(1))
    await storm.start()
    await storm.calm()
    await storm.pockets.ana.write(TALK, "words", "Are you there?")
    await settled()
    storm.mailboxes.get("b1".repeat(16))?.clear()
    await storm.clock.move(30_000)
    expect(storm.mailboxes.get("b1".repeat(16))?.size).toBe(1)
  })

  test("a letter that was long under way still opens a day after newer keys came into use, and not much later", async () => {
    const storm = new Storm(dice(1))
    await storm.start()
    await storm.calm()
    const { keys } = stored(storm, "ana")
    await storm.pockets.ana.write(TALK, "words", "Tell me.")
    await storm.calm()
    await storm.pockets.ben.write(TALK, "words", "I was there too.")
    await storm.calm()
    await storm.clock.move(DAY_MS - 3_600_000)
    await storm.calm()
    expect(stored(storm, "ana").keys.slice(0, keys.length)).toMatchObject(keys.map(({ id }) => ({ id })))
    await storm.clock.move(2 * 3_600_000)
    await storm.calm()
    expect(stored(storm, "ana").keys.some(({ id }) => id === keys[0]?.id)).toBe(false)
  })

  test("a clock that jumps a year ahead burns no key that letters are still sealed to", async () => {
    const storm = new Storm(dice(1))
    await storm.start()
    await storm.calm()
    const before = stored(storm, "ana").keys
    storm.mailroomDay = dayOf(START)
    storm.clock.jump(365 * DAY_MS)
    await storm.calm()
    expect(stored(storm, "ana").keys).toEqual(before)
    storm.mailroomDay = undefined
    await storm.calm()
    expect(stored(storm, "ana").keys).toEqual([])
  })
})

async function perform(storm: Storm, { side, act }: Act, said: Record<Side, string[]>): Promise<void> {
  const pocket = storm.pockets[side]
  switch (act) {
    case "write": {
      const words = `${side} ${said[side].length}`
      // What the screen was told is stored counts as said; what died on the way the person sees missing, and writes again.
      void pocket.write(TALK, "words", words).catch(() => undefined)
      await settled()
      if (storm.stored(side)?.lines.some((line) => line.text === words) === true) said[side].push(words)
      else await storm.restart(side)
      break
    }
    case "push":
      storm.push(side)
      break
    case "line-up":
      void pocket.lineUp()
      break
    case "restart":
      await storm.restart(side)
      break
    case "moment":
      await storm.clock.move(3_000)
      break
    case "hours":
      await storm.clock.move(5 * 3_600_000)
      break
    case "days":
      await storm.clock.move(2 * DAY_MS)
      break
  }
  await settled()
}

/** A day after all is quiet no key is left that is older than the one used last, and after a month none at all. */
async function oldKeysAreGone(storm: Storm): Promise<void> {
  await storm.clock.move(DAY_MS)
  await storm.calm()
  for (const side of ["ana", "ben"] as const) expect(storm.stored(side)?.keys[0]?.id).toBe(storm.lastUsed(side))
  await storm.clock.move(31 * DAY_MS)
  await storm.calm()
  expect([storm.stored("ana")?.keys, storm.stored("ben")?.keys]).toEqual([[], []])
}

function stored(storm: Storm, side: Side): TalkState {
  const talk = storm.stored(side)
  if (talk === undefined) throw new Error(`${side} has no talk`)
  return talk
}

function texts(talk: TalkState, mine: boolean): string[] {
  return viewOf(talk).lines.filter((line) => line.mine === mine && line.kind !== "end").map((line) => line.text)
}

/** Mulberry32: small, and the same everywhere. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
