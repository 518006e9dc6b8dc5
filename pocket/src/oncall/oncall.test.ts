import { beforeEach, describe, expect, test } from "vitest"
import { DAY_MS, minuteOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { mailboxAddress, openLetter, random, sha256, wordsFrom } from "../seal/index.ts"
import type { Program } from "../trust/cast.fortests.ts"
import { newProgram, TODAY } from "../trust/cast.fortests.ts"
import type { Bytes } from "../wire/index.ts"
import { decodeBundle, enrolmentWordsPreimage, letterWords, toHex } from "../wire/index.ts"
import { Ana, Ben } from "./people.fortests.ts"
import { NOON, Town } from "./town.fortests.ts"

// Making words, typing them back and unlocking each stretch them, which is slow on purpose.
const STRETCHING_MS = 30_000
const ME = { handle: "Ben", about: "Nineteen years on patrol.", items: [{ kind: "been", text: "sleep" }] }

let program: Program
let town: Town
let ben: Ben

beforeEach(async () => {
  program = await newProgram()
  town = new Town(program)
  await town.publish([])
  ben = await Ben.arrives(town)
})

describe("enrolment", () => {
  test("goes from an invitation over six words to a listed peer who listens, and to one who stood down", async () => {
    expect(ben.onCall.view).toBeUndefined()
    await expect(ben.onCall.enterInvitation("#invitation=ABC")).rejects.toEqual(new PocketProblem("invitation-mistyped"))
    await ben.onCall.enterInvitation(await town.link())
    expect(ben.onCall.view).toMatchObject({ stage: "invited", words: [] })

    await ben.onCall.handIn(ME)
    const keys = town.handedIn
    if (keys === undefined) throw new Error("nothing was handed in")
    const words = await wordsFrom(await sha256(enrolmentWordsPreimage(program.id, keys.signingKey, keys.agreementKey)), 6)
    expect(ben.onCall.view).toMatchObject({ stage: "handed-in", handle: "Ben", words })
    expect(keys.bundles.map((bundle) => decodeBundle(bundle).firstDay - TODAY)).toEqual([0, 7, 14, 21, 28])
    expect(ben.onCall.mailboxes()).toEqual([])

    await town.vouchFor()
    await ben.until(() => ben.onCall.view?.stage === "vouched")
    expect(ben.onCall.view?.listening).toBe(false)
    await town.publish([town.ben()], [{ from: minuteOf(NOON), until: minuteOf(NOON) + 600 }])
    await ben.until(() => ben.onCall.view?.onDuty === true)
    const [thisWeek, nextWeek] = ben.onCall.mailboxes().map(({ address }) => address)
    expect(thisWeek).toEqual(town.bundle().dutyAddress)
    if (thisWeek === undefined || nextWeek === undefined) throw new Error("no mailboxes")
    const said = (address: Bytes, what: "unknown" | "duty"): void => {
      ben.onCall.frame({ kind: "listening", today: TODAY, mailboxes: [{ address, what }] })
    }
    // The mailroom may have no bulletin that lists this peer yet: nobody could be rung.
    said(thisWeek, "unknown")
    expect(ben.onCall.view?.listening).toBe(false)
    said(thisWeek, "duty")
    said(nextWeek, "unknown")
    expect(ben.onCall.view?.listening).toBe(true)
    ben.onCall.lineDown()
    expect(ben.onCall.view?.listening).toBe(false)

    await town.publish([])
    await ben.restart()
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.stage === "stood-down")
    expect(ben.onCall.mailboxes()).toEqual([])
  })

  test("who was rung and stood down before any list with them came still hears that they stood down", async () => {
    await ben.onCall.enterInvitation(await town.link())
    await ben.onCall.handIn(ME)
    await town.vouchFor()
    await ben.until(() => ben.onCall.view?.stage === "vouched")
    const [mailbox] = ben.onCall.mailboxes()
    if (mailbox === undefined) throw new Error("no mailbox")
    ben.onCall.frame({ kind: "listening", today: TODAY, mailboxes: [{ address: mailbox.address, what: "duty" }] })
    await town.publish([])
    await ben.refreshes()
    await ben.until(() => ben.onCall.view?.stage === "stood-down")
  })

  test("hands in the same keys again when the answer was lost, and a restart in between changes nothing", async () => {
    await ben.onCall.enterInvitation(await town.link())
    town.lost = { path: "/enrolment/hand-in", times: 1 }
    await expect(ben.onCall.handIn(ME)).rejects.toEqual(new PocketProblem("unreachable"))
    await ben.restart()
    await ben.onCall.handIn({ ...ME, handle: "Benjamin" })
    expect(ben.onCall.view).toMatchObject({ stage: "handed-in", handle: "Ben" })
    expect(town.handIns).toHaveLength(1)
  })

  test.each([{ signingKey: random(32) }, { agreementKey: random(32) }, { handle: "Bob" }, { programId: random(16) }])(
    "believes no vouch for anyone else: %o",
    async (changes) => {
      await ben.onCall.enterInvitation(await town.link())
      await ben.onCall.handIn(ME)
      await town.vouchFor(changes)
      const before = asks(town)
      await ben.until(() => asks(town) > before + 2)
      expect(ben.onCall.view?.stage).toBe("handed-in")
    },
  )
})

describe("weeks", () => {
  test("are made ahead, handed in until the desk has them, and dead after three; a locked pocket still listens", async () => {
    await ben.enrols()
    const first = town.bundle().dutyAddress
    town.lost = { path: "/enrolment/bundles", times: 1 }
    await town.clock.move(7 * DAY_MS)
    await ben.until(() => town.laterBundles.length === 2, 300_000)
    expect(town.laterBundles.map((bundle) => decodeBundle(bundle).firstDay - TODAY)).toEqual([35, 35])
    expect(ben.onCall.mailboxes()).toHaveLength(3)

    const words = await ben.vault.makeWords()
    await ben.vault.confirmWords(words.join(" "))
    ben.vault.lock()
    await ben.restart()
    expect(ben.vault.status).toBe("locked")
    expect(ben.onCall.mailboxes()).toHaveLength(3)
    await town.clock.move(14 * DAY_MS)
    await ben.until(async () => !(await ben.knows(first)), 300_000)
    expect(town.laterBundles).toHaveLength(2)

    await ben.vault.unlock(words.join(" "))
    await ben.restart()
    await ben.until(() => town.laterBundles.length === 4, 300_000)
  }, STRETCHING_MS)
})

describe("a ring", () => {
  let ana: Ana

  beforeEach(async () => {
    await ben.enrols()
    ana = await Ana.arrives()
    await ana.asks(town)
    ben.rings(ana)
    ben.rings(ana)
  })

  test("that is answered begins a talk that only Ana can open", async () => {
    expect(ben.onCall.view?.rings).toEqual([{ request: ana.request, urgency: "now", backstop: false }])
    await ben.onCall.claim(ana.request, "I'm here. How are you doing?")
    expect(ben.onCall.view?.rings).toEqual([])
    expect(ben.talks.all.map(({ id, role, stage }) => ({ id, role, stage }))).toEqual([{ id: toHex(ana.talkId), role: "peer", stage: "open" }])
    const opened = await openAnswer(town, ana)
    expect(toHex(opened.sender)).toBe(toHex(town.handedIn?.agreementKey ?? new Uint8Array()))
    expect(opened.letter.kind).toBe("begin")
    expect(letterWords(opened.letter)).toBe("I'm here. How are you doing?")
  })

  test.each(["/requests/claim", "/requests/answer"])("is answered once, though answers of %s are lost and the browser dies meanwhile", async (path) => {
    town.lost = { path, times: 2 }
    void ben.onCall.claim(ana.request, "I'm here.").catch(() => undefined)
    await ben.until(() => town.asked.includes(path), 0)
    const posted = town.requests.get(ana.request)?.answer
    await ben.restart()
    await ben.until(() => ben.talks.all.length === 1, 1_000)
    expect(letterWords((await openAnswer(town, ana)).letter)).toBe("I'm here.")
    if (posted !== undefined) expect(town.requests.get(ana.request)?.answer).toEqual(posted)
    await ben.restart()
    expect(ben.talks.all).toHaveLength(1)
    expect(town.closed).toEqual([])
  })

  test("that somebody else answered says so, and leaves nothing", async () => {
    const asked = town.requests.get(ana.request)
    if (asked !== undefined) asked.claimer = "somebody else"
    await expect(ben.onCall.claim(ana.request, "I'm here.")).rejects.toEqual(new PocketProblem("request-taken"))
    expect(ben.onCall.view).toMatchObject({ rings: [], hushed: "answered" })
    expect(ben.talks.all).toEqual([])
    expect(town.closed).toHaveLength(1)
    await expect(ben.onCall.claim(ana.request, "I'm here.")).rejects.toEqual(new PocketProblem("ring-over"))
  })

  test("is passed on without a reason", async () => {
    await ben.onCall.pass(ana.request)
    expect(ben.onCall.view?.rings).toEqual([])
    expect(town.requests.get(ana.request)?.passed).toBe(true)
  })

  test("needs the words first on a locked pocket, and keeps ringing", async () => {
    const words = await ben.vault.makeWords()
    await ben.vault.confirmWords(words.join(" "))
    ben.vault.lock()
    await expect(ben.onCall.claim(ana.request, "I'm here.")).rejects.toEqual(new PocketProblem("locked"))
    expect(ben.onCall.view?.rings).toHaveLength(1)
    expect(town.requests.get(ana.request)?.claimer).toBeUndefined()
  }, STRETCHING_MS)

  test("with an id that was opened before and another body is refused and given back", async () => {
    await ben.onCall.claim(ana.request, "I'm here.")
    await ana.asks(town, { talkId: random(16) })
    ben.rings(ana)
    await expect(ben.onCall.claim(ana.request, "I'm here.")).rejects.toEqual(new PocketProblem("not-proven"))
    expect(town.requests.get(ana.request)?.passed).toBe(true)
    expect(ben.talks.all).toHaveLength(1)
    expect(town.closed).toEqual([])
  })

  test("of another request writes over no talk", async () => {
    await ben.onCall.claim(ana.request, "I'm here.")
    const max = await Ana.arrives()
    await max.asks(town, { talkId: ana.talkId })
    ben.rings(max)
    await expect(ben.onCall.claim(max.request, "I'm here.")).rejects.toEqual(new PocketProblem("not-proven"))
    expect(ben.talks.all.map(({ theirs }) => toHex(theirs.staticPublic))).toEqual([toHex(ana.agreement.publicKey)])
  })

  test("that comes back after its answer is answered with the same talk", async () => {
    await ben.onCall.claim(ana.request, "I'm here.")
    const asked = town.requests.get(ana.request)
    if (asked !== undefined) town.requests.set(ana.request, { sealed: asked.sealed })
    ben.rings(ana)
    await ben.onCall.claim(ana.request, "Still here.")
    expect(ben.talks.all).toHaveLength(1)
    expect(letterWords((await openAnswer(town, ana)).letter)).toBe("I'm here.")
  })
})

async function openAnswer(town: Town, ana: Ana): ReturnType<typeof openLetter> {
  const envelope = town.requests.get(ana.request)?.answer
  if (envelope === undefined) throw new Error("nobody answered")
  return openLetter(envelope, { sealingKey: ana.returnKey, recipient: ana.agreement, mailboxAddress: await mailboxAddress(ana.readKey) })
}

function asks(town: Town): number {
  return town.asked.filter((path) => path === "/enrolment/state").length
}
