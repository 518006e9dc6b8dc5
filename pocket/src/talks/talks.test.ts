import { beforeAll, describe, expect, test } from "vitest"
import { DAY_MS } from "../clock.ts"
import { isAsleep } from "./due.ts"
import { ADDRESS, quietTalk, SIDES, START, stored, TALK, texts } from "./storm.fortests.ts"
import type { Statics } from "./stormseals.fortests.ts"
import { pooled } from "./stormseals.fortests.ts"
import { viewOf } from "./view.ts"

const MONTH_MS = 31 * DAY_MS

let statics: Statics

beforeAll(async () => {
  statics = await pooled()
})

describe("a talk", () => {
  test("a burn pressed without a network for days still reaches the other side", async () => {
    const storm = await quietTalk(statics)
    storm.post.weather = 1
    void storm.pockets.ana.burn(TALK)
    await storm.clock.move(3 * DAY_MS)
    expect(stored(storm, "ben").stage).toBe("open")
    await storm.calm()
    expect(storm.post.boxes.size).toBe(0)
    expect(storm.stored("ben")?.lines ?? []).toEqual([])
  })

  test("a day after the end the words are gone on both sides", async () => {
    const storm = await quietTalk(statics)
    await storm.pockets.ana.write(TALK, "end", "")
    await storm.calm()
    expect(stored(storm, "ben").stage).toBe("ended")
    expect(texts(stored(storm, "ben"), false)).toEqual([])
    await storm.clock.move(DAY_MS)
    await storm.calm()
    expect([storm.stored("ana"), storm.stored("ben")]).toEqual([undefined, undefined])
    expect(storm.post.boxes.size).toBe(0)
  })

  test("a letter behind a gap is not called seen before the gap is closed, whatever is written meanwhile", async () => {
    const storm = await quietTalk(statics)
    for (const words of ["First.", "Second."]) {
      await storm.pockets.ana.write(TALK, "words", words)
      await storm.clock.move(1_000)
    }
    const [first] = [...(storm.post.boxes.get(ADDRESS.ben) ?? [])]
    storm.post.boxes.get(ADDRESS.ben)?.delete(first?.[0] ?? "")
    await storm.look()
    await storm.pockets.ben.write(TALK, "words", "Go on.")
    await storm.look()
    expect(texts(stored(storm, "ben"), false)).toEqual([])
    expect(viewOf(stored(storm, "ana"), START).lines.filter(({ mine, state }) => mine && state === "seen")).toEqual([])
    await storm.calm()
    expect(texts(stored(storm, "ben"), false)).toEqual(["First.", "Second."])
    expect(viewOf(stored(storm, "ana"), START).lines.filter(({ mine, state }) => mine && state !== "seen")).toEqual([])
  })

  test("a long text goes as several letters and is read as one", async () => {
    const storm = await quietTalk(statics)
    const long = "Nobody asks. 😶‍🌫️é".repeat(400)
    const brim = "x".repeat(1_571)
    for (const text of [long, brim, "and then"]) await storm.pockets.ana.write(TALK, "words", text)
    await storm.calm()
    const shown = viewOf(stored(storm, "ben"), START).lines.filter((line) => !line.mine && line.kind === "words")
    expect(shown.map((line) => line.text)).toEqual([long, brim, "and then"])
  })

  test("while the other side is away, a talk does not fill its mailbox with copies", async () => {
    const storm = await quietTalk(statics)
    storm.pockets.ben.stop()
    await storm.pockets.ana.write(TALK, "words", "Are you there?")
    for (let minute = 0; minute < 600; minute++) {
      await storm.pockets.ana.lineUp()
      await storm.clock.move(60_000)
    }
    expect(storm.post.boxes.get(ADDRESS.ben)?.size).toBeLessThan(15)
  })

  test("what the mailroom lost behind everyone's back goes out again within half a minute", async () => {
    const storm = await quietTalk(statics)
    await storm.pockets.ana.write(TALK, "words", "Are you there?")
    await storm.seals.settle()
    storm.post.boxes.get(ADDRESS.ben)?.clear()
    await storm.clock.move(30_000)
    expect(storm.post.boxes.get(ADDRESS.ben)?.size).toBe(1)
  })

  test("a letter that was long under way still opens a day after newer keys came into use, and not much later", async () => {
    const storm = await quietTalk(statics)
    const keys = stored(storm, "ana").keys.map(({ id }) => id)
    const kept = () => keys.filter((id) => stored(storm, "ana").keys.some((key) => key.id === id))
    await storm.pockets.ana.write(TALK, "words", "Tell me.")
    await storm.look()
    await storm.clock.move(60_000)
    await storm.pockets.ben.write(TALK, "words", "I was there too.")
    await storm.look()
    await storm.look()
    await storm.clock.move(DAY_MS - 3_600_000)
    await storm.look()
    expect(kept()).toEqual(keys)
    await storm.clock.move(2 * 3_600_000)
    await storm.look()
    expect(kept()).toEqual([])
  })

  test("a clock that jumps a year ahead burns no key that letters are still sealed to", async () => {
    const storm = await quietTalk(statics)
    const before = stored(storm, "ana").keys.map(({ id }) => id)
    storm.wrongBy.ana = 365 * DAY_MS
    await storm.look()
    await storm.clock.move(60_000)
    expect(stored(storm, "ana").keys.map(({ id }) => id)).toEqual(expect.arrayContaining(before))
    await storm.clock.move(MONTH_MS)
    await storm.calm()
    expect(stored(storm, "ana").keys.filter(({ id }) => before.includes(id))).toEqual([])
  })

  test("two who say nothing for a month, but open their pockets now and then, can still write to each other", async () => {
    const storm = await quietTalk(statics)
    for (let week = 0; week < 5; week++) {
      await storm.clock.move(6 * DAY_MS)
      await storm.look()
    }
    await storm.pockets.ana.write(TALK, "words", "Still there?")
    await storm.calm()
    expect(texts(stored(storm, "ben"), false)).toContain("Still there?")
    expect([isAsleep(stored(storm, "ana"), storm.clock.now()), isAsleep(stored(storm, "ben"), storm.clock.now())]).toEqual([false, false])
  })

  test("that nobody opened for two weeks sleeps, and says so instead of promising to send", async () => {
    const storm = await quietTalk(statics)
    for (const side of SIDES) storm.pockets[side].stop()
    await storm.clock.move(16 * DAY_MS)
    await storm.look()
    const now = storm.clock.now()
    expect(SIDES.map((side) => viewOf(stored(storm, side), now).asleep)).toEqual([true, true])
    await storm.pockets.ana.write(TALK, "words", "Hello?")
    await storm.calm()
    expect(viewOf(stored(storm, "ana"), now).lines.at(-1)).toMatchObject({ text: "Hello?", state: "waiting" })
  })

  test("whose other mailbox is gone sleeps too, and wakes when a letter gets through again", async () => {
    const storm = await quietTalk(statics)
    const box = storm.post.boxes.get(ADDRESS.ben)
    if (box === undefined) throw new Error("no mailbox")
    storm.post.boxes.delete(ADDRESS.ben)
    await storm.pockets.ana.write(TALK, "words", "Hello?")
    await storm.clock.move(1_000)
    expect(isAsleep(stored(storm, "ana"), storm.clock.now())).toBe(true)
    storm.post.boxes.set(ADDRESS.ben, box)
    await storm.calm()
    expect(isAsleep(stored(storm, "ana"), storm.clock.now())).toBe(false)
  })
})
