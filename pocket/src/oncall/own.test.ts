import { beforeEach, describe, expect, test } from "vitest"
import { DAY_MS, MINUTE_MS, minuteOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { random } from "../seal/index.ts"
import { newProgram, TODAY } from "../trust/cast.fortests.ts"
import { concat, drilledFrame, encodeRest, encodeStanding, encodeTestWake, encodeWakes, fromHex, heardFrame } from "../wire/index.ts"
import { newWeek } from "./keys.ts"
import { Ana, Ben } from "./people.fortests.ts"
import { FRESH, isFull, isTold, NO_REST, restNow } from "./settings.ts"
import { NOON, Town } from "./town.fortests.ts"
import { mondayOf } from "./weeks.ts"

// Making words and typing them back stretches them, which is slow on purpose.
const STRETCHING_MS = 30_000

let town: Town
let ben: Ben

beforeEach(async () => {
  const program = await newProgram()
  town = new Town(program)
  await town.publish([])
  ben = await Ben.arrives(town)
  await ben.enrols()
})

describe("how Ben wants to be rung", () => {
  test("is told to the desk in his own hand, newest word last, and to nobody before he said anything", async () => {
    expect([town.standings, town.duties]).toEqual([[], []])
    const saidMinute = minuteOf(town.clock.now())
    await ben.onCall.change({ reserve: true, quietFrom: 1_320, quietUntil: 420 })
    await ben.until(() => town.standings.length === 1, 0)
    const standing = { saidMinute, reserveConsent: true, quietFromMinute: 1_320, quietUntilMinute: 420, availableUntilMinute: 0, reachedDay: 0, openedDay: TODAY }
    expect(town.standings[0]).toEqual(encodeStanding(town.program.id, town.handedIn?.signingKey ?? new Uint8Array(), standing))
    await ben.onCall.change({ availableUntil: saidMinute + 120 })
    await ben.until(() => town.standings.length === 2, 0)
    // In the same minute: still a newer word than the one before.
    expect(new DataView(town.standings[1]?.buffer ?? new ArrayBuffer(0)).getUint32(49)).toBe(saidMinute + 1)
    expect(town.duties).toEqual([])
  })

  test("begins with what a coordinator agreed with him, and a test of his phone takes nothing of that away", async () => {
    const now = minuteOf(NOON)
    await town.publish([town.ben()], [{ from: now, until: now + 600, tier: 2 }])
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.settings.reserve === true)
    await ben.until(() => ben.onCall.view?.untold === false, 0)
    expect(town.standings).toEqual([])
    await ben.onCall.reach((reached) => reached.addPush())
    const id = ben.onCall.view?.reach.channels[0]?.id ?? ""
    await ben.onCall.test(id)
    await ben.onCall.reach((reached) => reached.came(id, true))
    await ben.until(() => town.standings.length === 1)
    expect(town.standings[0]?.at(53)).toBe(1)
    // From now on it is his own word, whatever a list that was just fetched says.
    await town.publish([town.ben()], [])
    await ben.refreshes()
    expect(ben.onCall.view?.settings.reserve).toBe(true)
    await ben.onCall.change({ reserve: false })
    await ben.until(() => town.standings.at(-1)?.at(53) === 0)
  })

  test("comes with the day on which this phone opened what it sealed to its own entry in the list, a day that by itself is no word of his", async () => {
    await ben.onCall.change({ quietFrom: 60 })
    await ben.until(() => town.standings.length === 1, 0)
    expect(town.standings[0]?.slice(-2)).toEqual(Uint8Array.of(TODAY >> 8, TODAY & 255))
    await town.clock.move(7 * DAY_MS)
    await town.publish([{ ...town.ben(), bundles: town.handedIn?.bundles.slice(1, 2) ?? [] }])
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.untold === false)
    expect(town.standings.length).toBe(1)
  })

  test("has to open on this phone: where his entry in the list is for other keys than its own he is told so, until it is mended", async () => {
    const elsewhere = await newWeek(await ben.identity(), town.program.id, mondayOf(TODAY), random)
    expect(ben.onCall.view?.unopened).toBe(false)
    await town.publish([{ ...town.ben(), bundles: [elsewhere.week.bundle] }])
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.unopened === true, 0)
    expect(town.standings).toEqual([])
    await town.publish([town.ben()])
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.unopened === false, 0)
  })

  test("is told when there is a way again, after a restart too, and said to be untold until then", async () => {
    town.lost = { path: "/enrolment/standing", times: 1 }
    await ben.onCall.change({ reserve: true })
    await ben.until(() => town.standings.length === 1, 0)
    expect(ben.onCall.view?.untold).toBe(true)
    await ben.restart()
    await ben.until(() => town.standings.length === 2)
    await ben.until(() => ben.onCall.view?.untold === false)
  })

  test("a rest goes to the mailroom alone, for no rest may tell the desk that somebody asked", async () => {
    const hour = Math.ceil(minuteOf(NOON) / 60) + 24
    await ben.onCall.change({ restsUntil: hour * 60 })
    await ben.until(() => town.duties.length === 1, 0)
    expect(town.duties[0]).toEqual({ path: "/duty/rest", body: encodeRest(readKey(), { untilHour: hour, keepsPlace: false }) })
    await ben.until(() => ben.onCall.view?.untold === false, 0)
    expect(town.standings).toEqual([])
    await ben.onCall.change({ restsUntil: 0 })
    await ben.until(() => town.duties.length === 2, 0)
    expect(town.duties[1]?.body).toEqual(encodeRest(readKey(), NO_REST))
  })

  test("with as many talks as he said are enough he rests by himself, and no longer than that", async () => {
    await ben.onCall.change({ mostTalks: 1 })
    const ana = await Ana.arrives()
    await ana.asks(town)
    ben.rings(ana)
    await ben.onCall.claim(ana.request, "I'm here.")
    ben.onCall.talksChanged()
    await ben.until(() => town.duties.length === 1)
    expect(ben.onCall.view?.full).toBe(true)
    await ben.talks.write(ben.talks.all[0]?.id ?? "", "end", "")
    ben.onCall.talksChanged()
    await ben.until(() => town.duties.length === 2)
    expect(town.duties[1]?.body).toEqual(encodeRest(readKey(), NO_REST))
    expect(town.standings).toEqual([])
  })

  test("the rest of too many talks is renewed day by day, and one that is over is none", () => {
    const settings = { ...FRESH, mostTalks: 2 }
    const talk = { role: "peer", stage: "open" } as const
    expect([isFull(settings, [talk]), isFull(settings, [talk, talk]), isFull(FRESH, [talk, talk, talk])]).toEqual([false, true, false])
    const hour = minuteOf(NOON) / 60
    const first = restNow(settings, true, NO_REST, NOON)
    expect(first.untilHour).toBe(hour + 24)
    expect(restNow(settings, true, first, NOON + 12 * 60 * MINUTE_MS)).toEqual(first)
    expect(restNow(settings, true, first, NOON + 13 * 60 * MINUTE_MS).untilHour).toBe(hour + 37)
    expect(isTold(NO_REST, first, NOON)).toBe(false)
    expect(isTold(NO_REST, first, NOON + DAY_MS)).toBe(true)
  })

  test("his buddy's number stays here: behind the words, and in nothing that is sent", async () => {
    const asked = town.asked.length
    await ben.onCall.setBuddy({ name: "Sam", number: "+1 555 0100 200" })
    expect(ben.onCall.view?.buddy).toEqual({ name: "Sam", number: "+1 555 0100 200" })
    const words = await ben.vault.makeWords()
    await ben.vault.confirmWords(words.join(" "))
    ben.vault.lock()
    await ben.restart()
    expect(ben.onCall.view?.buddy).toBeUndefined()
    await expect(ben.onCall.setBuddy(undefined)).rejects.toEqual(new PocketProblem("locked"))
    expect(town.asked.slice(asked).filter((path) => !path.startsWith("/bulletin"))).toEqual([])
  }, STRETCHING_MS)
})

describe("Ben's phone", () => {
  test("is woken by up to three ways in his order, which the mailroom knows by their numbers alone", async () => {
    await ben.onCall.reach((reached) => reached.addPush())
    await ben.onCall.reach((reached) => reached.addAddress("email", " ben@example.org "))
    await ben.onCall.change({ drills: "by-day" })
    const ids = (): string[] => ben.onCall.view?.reach.channels.map(({ id }) => id) ?? []
    expect(ids().map((id) => town.notifier.endpoints.get(id))).toEqual(["https://push.example.org/1", "ben@example.org"])
    await ben.onCall.reach((reached) => reached.sooner(ids()[1] ?? ""))
    await ben.until(() => town.duties.at(-1)?.body.at(33) === 1 && ben.onCall.view?.untold === false)
    expect(town.duties.at(-1)).toEqual({ path: "/duty/wakes", body: encodeWakes(readKey(), "by-day", ids().map(fromHex)) })
    await expect(ben.onCall.reach((reached) => reached.addAddress("email", "ben at example"))).rejects.toEqual(new PocketProblem("address-mistyped"))
    await ben.onCall.reach((reached) => reached.addAddress("ntfy", ""))
    expect(ben.onCall.view?.reach.channels[2]?.address).toMatch(/^https:\/\/ntfy\.example\.org\/[0-9a-f]{40}$/)
    await expect(ben.onCall.reach((reached) => reached.addAddress("email", "b@example.org"))).rejects.toEqual(new PocketProblem("channels-full"))
    const [first = ""] = ids()
    await ben.onCall.reach((reached) => reached.remove(first))
    expect(town.notifier.endpoints.has(first)).toBe(false)
    await ben.restart()
    expect(ben.onCall.view?.reach.channels.map(({ kind }) => kind)).toEqual(["push", "ntfy"])
  })

  test("is tested as a ring would wake it, and the day on which that was seen goes to the desk", async () => {
    await ben.onCall.reach((reached) => reached.addPush())
    const [id = ""] = ben.onCall.view?.reach.channels.map((one) => one.id) ?? []
    await ben.onCall.test(id)
    expect(town.duties.at(-1)).toEqual({ path: "/duty/test", body: encodeTestWake(readKey(), 0) })
    expect(ben.onCall.view?.reach.tested).toBe(id)
    await ben.onCall.reach((reached) => reached.came(id, true))
    await ben.until(() => town.standings.length === 1, 0)
    expect([...(town.standings[0]?.slice(-2) ?? [])]).toEqual([TODAY >> 8, TODAY & 255])
    // What a ring wakes is no test, and nothing of it reaches the desk.
    await town.clock.move(DAY_MS)
    await ben.onCall.reach((reached) => reached.came(id, true))
    expect(ben.onCall.view?.reach.channels[0]?.reachedDay).toBe(TODAY)
  })

  test("whose browser changed its subscription is given anew, under another number; one that lost it says so", async () => {
    await ben.onCall.reach((reached) => reached.addPush())
    const [before = ""] = [...town.notifier.endpoints.keys()]
    town.notifier.changesSubscription()
    await ben.onCall.reach((reached) => reached.look())
    expect([...town.notifier.endpoints.values()]).toEqual(["https://push.example.org/2"])
    expect(town.notifier.endpoints.has(before)).toBe(false)
    const [id = ""] = [...town.notifier.endpoints.keys()]
    await ben.until(() => town.duties.at(-1)?.body.slice(34, 50).join() === fromHex(id).join())
    town.notifier.endpoints.set(id, undefined)
    await ben.onCall.reach((reached) => reached.look())
    expect(ben.onCall.view?.reach.channels[0]?.state).toBe("gone")
  })
})

describe("what rings", () => {
  test("is said to be seen once for each time the mailroom rang, and only when the line took it", async () => {
    const ana = await Ana.arrives()
    await ana.asks(town)
    ben.rings(ana)
    town.lineUp = false
    ben.onCall.showing([ana.request])
    town.lineUp = true
    ben.onCall.showing([ana.request])
    ben.onCall.showing([ana.request])
    const seen = heardFrame(town.bundle().dutyAddress, ana.requestId)
    expect(town.frames).toEqual([seen])
    await town.clock.move(30_000)
    ben.rings(ana)
    ben.onCall.showing([ana.request])
    expect(town.frames).toEqual([seen, seen])
  })

  test("for a drill is answered with a tap and begins nothing; one that nobody answers is gone after a quarter of an hour", async () => {
    const [dutyAddress, drillId] = [town.bundle().dutyAddress, fromHex("ab".repeat(16))]
    ben.onCall.frame({ kind: "drill", dutyAddress, drillId })
    ben.onCall.frame({ kind: "drill", dutyAddress, drillId })
    expect(ben.onCall.view).toMatchObject({ drill: true, rings: [] })
    ben.onCall.drilled()
    expect(concat(...town.frames)).toEqual(drilledFrame(dutyAddress, drillId))
    expect(ben.onCall.view?.drill).toBe(false)
    ben.onCall.frame({ kind: "drill", dutyAddress, drillId: fromHex("cd".repeat(16)) })
    await town.clock.move(15 * MINUTE_MS)
    expect(ben.onCall.view).toMatchObject({ drill: false })
    expect(ben.onCall.view?.hushed).toBeUndefined()
  })

  test("for a backstop says so, until duty or the switch comes first", async () => {
    const now = minuteOf(NOON)
    await town.publish([town.ben()], [{ from: now, until: now + 600, tier: 3 }, { from: now + 60, until: now + 120, tier: 0 }])
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.backstop === true)
    const ana = await Ana.arrives()
    await ana.asks(town)
    ben.rings(ana)
    expect(ben.onCall.view).toMatchObject({ onDuty: false, rings: [{ backstop: true }] })
    await town.clock.move(61 * MINUTE_MS)
    expect(ben.onCall.view).toMatchObject({ onDuty: true, backstop: false })
  })
})

function readKey(): Uint8Array {
  const [mailbox] = ben.onCall.mailboxes()
  if (mailbox === undefined) throw new Error("no mailbox")
  return mailbox.readKey
}
