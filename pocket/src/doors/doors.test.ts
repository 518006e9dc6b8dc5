import { beforeAll, describe, expect, test } from "vitest"
import { DAY_MS, MINUTE_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { settled } from "../fakeclock.fortests.ts"
import { random } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { decodeAsk, toHex } from "../wire/index.ts"
import { anasPocket, answerOf, delivered, firstBody, settle, setUp, town, until, WISH, withWordsOf } from "./cast.fortests.ts"

beforeAll(settle)

describe("asking", () => {
  test("says received for a true receipt only", async () => {
    const { asking, mailroom, clock } = await setUp()
    mailroom.forge = true
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    await settled()
    expect(asking.view?.sent).toBe("not-sent")
    mailroom.forge = false
    await clock.move(3_000)
    await until(() => asking.view?.sent === "received")
  })

  test("sends the very same bytes with the very same pass until it is received, also after a crash", async () => {
    const { asking, mailroom, clock, vault, tokens } = await setUp()
    mailroom.refusals = ["unreachable"]
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    asking.stop()
    const after = await anasPocket(mailroom, clock, vault, tokens)
    await until(() => after.asking.view?.sent === "received")
    expect(mailroom.asked[1]).toEqual(mailroom.asked[0])
    expect(tokens.length).toBe(1)
  })

  test("takes the next pass when one was spent, and draws at once when none is left", async () => {
    const { asking, mailroom, clock } = await setUp([random(354)])
    mailroom.refusals = ["token-spent"]
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    await clock.move(3_000)
    await until(() => asking.view?.sent === "received")
    expect(mailroom.asked[1]?.body).toEqual(mailroom.asked[0]?.body)
    expect(mailroom.asked[1]?.token).not.toEqual(mailroom.asked[0]?.token)
    expect(asking.view?.drawnAtOnce).toBe(true)
  })

  test("is one at a time, also when pressed twice", async () => {
    const { asking, mailroom } = await setUp()
    const both = await Promise.allSettled([asking.ask(WISH), asking.ask(WISH)])
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"])
    await expect(asking.ask(WISH)).rejects.toThrow("asking-already")
    await until(() => asking.view?.sent === "received")
    expect(mailroom.asked.length).toBe(1)
  })

  test("is not said to be received when the mailroom knows nothing of it: it is asked anew, the words kept", async () => {
    const { asking, mailroom } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    mailroom.lost = true
    await asking.lineUp()
    expect(asking.view?.sent).toBe("not-sent")
    await until(() => asking.view?.sent === "received")
    expect(mailroom.asked.length).toBe(2)
    expect(mailroom.asked[1]?.token).not.toEqual(mailroom.asked[0]?.token)
    expect(toHex(decodeAsk(mailroom.asked[1]?.body ?? new Uint8Array()).requestId)).not.toBe(toHex(decodeAsk(firstBody(mailroom)).requestId))
    expect(asking.view?.draft).toBe(WISH.words)
  })

  test("that nobody answered in a week is asked anew: it rings until a human is there or the officer ends it", async () => {
    const { asking, mailroom, clock } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    await clock.move(7 * 24 * 60 * MINUTE_MS)
    await until(() => mailroom.asked.length === 2)
    await until(() => asking.view?.sent === "received")
    expect(asking.view?.draft).toBe(WISH.words)
    await asking.cancel()
    await until(() => asking.view === undefined)
  })
})

describe("a request made while the phone's date was months ahead", () => {
  test("goes on by the right date, once that is known: the others ring, and waiting becomes late", async () => {
    // Else the screen would say for months that one peer is being rung alone.
    const { asking, clock } = await setUp()
    clock.jump(60 * DAY_MS)
    await asking.ask({ ...WISH, chosen: toHex(town.ben.agreement.publicKey) })
    await until(() => asking.view?.sent === "received")
    clock.jump(-60 * DAY_MS)
    await asking.lineUp()
    expect(asking.view).toMatchObject({ alone: true, late: false })
    await clock.move(2 * MINUTE_MS)
    expect(asking.view).toMatchObject({ alone: false, late: false })
    await clock.move(10 * MINUTE_MS)
    expect(asking.view).toMatchObject({ alone: false, late: true })
  })
})

describe("taking back", () => {
  test("what has no receipt spends its pass on that, so that it cannot ring afterwards; what has one is cancelled", async () => {
    const { asking, mailroom, clock } = await setUp()
    mailroom.refusals = ["unreachable"]
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    await asking.cancel()
    await until(() => mailroom.withdrawn.length === 1)
    expect(mailroom.withdrawn[0]).toEqual(mailroom.asked[0]?.token)
    await clock.move(10 * MINUTE_MS)
    expect([mailroom.asked.length, mailroom.acts]).toEqual([1, []])

    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    await asking.cancel()
    await until(() => mailroom.acts.length === 1)
    expect([mailroom.withdrawn.length, mailroom.acts]).toEqual([1, ["cancel"]])
  })

  test("with a pass whose days ended meanwhile closes the mailbox that it may have paid for", async () => {
    const { asking, mailroom } = await setUp()
    mailroom.refusals = ["unreachable"]
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    const closed: Bytes[] = []
    mailroom.withdraw = () => Promise.reject(new PocketProblem("token-invalid"))
    mailroom.close = (key: Bytes) => {
      closed.push(key)
      return Promise.reject(new PocketProblem("unreachable"))
    }
    await asking.cancel()
    await until(() => closed.length === 1)
    expect(asking.unsaid.map(({ replyKey }) => replyKey)).toEqual(closed)
  })

  test("leaves, while the mailroom cannot be reached, only what it must still be told", async () => {
    const { asking, mailroom } = await setUp()
    mailroom.refusals = ["unreachable"]
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    mailroom.deaf = true
    await asking.cancel()
    expect(asking.unsaid).toEqual([{ replyKey: expect.any(Uint8Array) as Uint8Array, token: mailroom.asked[0]?.token }])
  })
})

describe("words that wait", () => {
  test("typed up to the very moment of an answer go with the first letter, and none go twice", async () => {
    const { asking, talks, mailroom } = await setUp()
    await asking.ask({ ...WISH, words: "" })
    await until(() => asking.view?.sent === "received")
    const { address, envelope } = await answerOf(town.ben, firstBody(mailroom))
    const typed = ["B", "Ba", "Bad", "Bad night."].map((words) => asking.writeDraft(words))
    const answered = asking.envelope(address, delivered(envelope))
    const late = asking.writeDraft("Bad night. It w")
    await Promise.all([...typed, answered, late])
    expect(talks.all[0]?.lines.map(({ text }) => text)).toEqual(["I am here.", "Bad night."])
    expect(asking.view?.draft).toBe("")
  })

  test("written after a silent peer was given up go to the next one with all the rest", async () => {
    const { asking, talks } = await afterSilence()
    await asking.writeDraft("Anyone?")
    expect(asking.view?.draft).toBe("Anyone?")
    expect(talks.all[0]?.lines.map(({ text }) => text)).toEqual(["I am here.", "Bad night."])
  })
})

describe("an answer", () => {
  test("of the peer who was asked begins the talk, and the words that waited go to that peer", async () => {
    const { asking, talks, mailroom } = await setUp()
    await asking.ask({ ...WISH, about: "sleep" })
    await until(() => asking.view?.sent === "received")
    const { address, envelope } = await answerOf(town.ben, firstBody(mailroom))
    expect(await asking.envelope(address, delivered(envelope))).toBe(true)
    expect(asking.view?.sent).toBe("seen")
    const [talk] = talks.all
    expect(talk?.with).toBe("Ben")
    expect(talk?.lines.map(({ text }) => text)).toEqual(["I am here.", "About: sleep\n\nBad night."])
  })

  test("of anyone else, or of another kind, changes nothing", async () => {
    const { asking, talks, mailroom } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const body = firstBody(mailroom)
    const untrue = [await answerOf(town.max, body), await answerOf(town.ben, body, "words")]
    for (const { address, envelope } of untrue) expect(await asking.envelope(address, delivered(envelope))).toBe(true)
    const noise = random(4_096)
    noise[0] = 1
    expect(await asking.envelope(untrue[0]?.address ?? "", delivered(noise))).toBe(true)
    expect(asking.view?.sent).toBe("received")
    expect(talks.all).toEqual([])
  })

  test("without words for three minutes lets the others ring again, by itself", async () => {
    const { asking, talks } = await afterSilence()
    expect(asking.view?.sent).toBe("received")
    expect(talks.all.length).toBe(1)
  })

  test("is nobody's silence while the vault is locked, or before all that waited has been opened", async () => {
    const { asking, mailroom, clock, vault, tokens } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const first = await answerOf(town.ben, firstBody(mailroom))
    await asking.envelope(first.address, delivered(first.envelope))
    asking.stop()
    const isLocked = { now: true }
    const lockable: typeof vault = Object.assign(Object.create(vault) as typeof vault, {
      list: (area: "open" | "sealed", prefix: string) => (isLocked.now && area === "sealed" ? Promise.resolve([]) : vault.list(area, prefix)),
      read: (area: "open" | "sealed", name: string) => (isLocked.now && area === "sealed" ? Promise.resolve(undefined) : vault.read(area, name)),
      write: vault.write.bind(vault),
    })
    const locked = await anasPocket(mailroom, clock, lockable, tokens)
    await clock.move(60 * MINUTE_MS)
    expect([mailroom.acts, locked.asking.view?.sent]).toEqual([[], "seen"])
    locked.asking.stop()
    isLocked.now = false
    const open = await anasPocket(mailroom, clock, lockable, tokens)
    open.asking.caughtUp(false)
    await clock.move(60 * MINUTE_MS)
    expect(mailroom.acts).toEqual([])
    open.asking.caughtUp(true)
    await clock.move(20_000)
    await until(() => mailroom.acts.includes("resume"))
  })

  test("that never came true, though the mailroom says answered, lets the others ring again", async () => {
    const { asking, mailroom, clock } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const { address, envelope } = await answerOf(town.max, firstBody(mailroom))
    asking.frame({ kind: "request", replyAddress: decodeAsk(firstBody(mailroom)).replyAddress, state: "answered" })
    await asking.envelope(address, delivered(envelope))
    await clock.move(2 * MINUTE_MS)
    expect(mailroom.acts).toEqual([])
    await clock.move(MINUTE_MS)
    await until(() => mailroom.acts.length === 1)
    expect(mailroom.acts).toEqual(["resume"])
    expect(asking.view?.sent).toBe("received")
  })

  test("with words closes the request", async () => {
    const { asking, talks, mailroom, clock } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const { address, envelope } = await answerOf(town.ben, firstBody(mailroom))
    await asking.envelope(address, delivered(envelope))
    const [talk] = talks.all
    if (talk === undefined) throw new Error("no talk")
    expect(mailroom.acts).toEqual([])
    talks.adopt(withWordsOf(talk, clock.now()))
    asking.talksChanged()
    await until(() => asking.view === undefined)
    expect(mailroom.acts).toEqual(["close"])
  })
})

/** Ben answered, and said nothing for three minutes more: others ring again. */
async function afterSilence(): ReturnType<typeof setUp> {
  const home = await setUp()
  const { asking, mailroom, clock } = home
  await asking.ask(WISH)
  await until(() => asking.view?.sent === "received")
  const first = await answerOf(town.ben, firstBody(mailroom))
  await asking.envelope(first.address, delivered(first.envelope))
  await clock.move(3 * MINUTE_MS)
  await until(() => mailroom.acts.includes("resume"))
  return home
}
