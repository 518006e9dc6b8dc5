import { beforeAll, describe, expect, test } from "vitest"
import { MINUTE_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { FakeClock, settled } from "../fakeclock.ts"
import { bodyDigest, newSealingKey, openRequest, random, sealLetter, sign } from "../seal/index.ts"
import { SEALS } from "../talks/letters.ts"
import type { TalkState } from "../talks/state.ts"
import { step } from "../talks/step.ts"
import { Talks } from "../talks/talks.ts"
import type { PeerKeys, Program } from "../trust/cast.ts"
import { membersOf, newPeerKeys, newProgram, signedBundle, signedVouch, TODAY } from "../trust/cast.ts"
import type { Bulletin, Peer } from "../trust/index.ts"
import { verifiedPeers } from "../trust/index.ts"
import { memoryStore, Vault } from "../vault/index.ts"
import type { Act, Bytes, Letter } from "../wire/index.ts"
import { concat, decodeAsk, receiptMessage, toHex, utf8 } from "../wire/index.ts"
import { Asking } from "./index.ts"

const START = TODAY * 86_400_000 + 3 * 3_600_000
const WISH = { urgency: "now", outside: true, words: "Bad night." } as const

let program: Program
let ben: PeerKeys
let max: PeerKeys
let peers: readonly Peer[]

beforeAll(async () => {
  program = await newProgram()
  ben = await newPeerKeys()
  max = await newPeerKeys()
  const listed = { vouch: await signedVouch(program, ben), bundle: await signedBundle(program, ben) }
  peers = await verifiedPeers(membersOf([listed]), program.charter, TODAY)
})

/** A mailroom that behaves, and misbehaves as a test tells it to. */
class StandIn {
  readonly asked: { body: Bytes; token: Bytes }[] = []
  readonly acts: Act[] = []
  refusals: string[] = []
  forge = false

  ask = async (body: Bytes, token: Bytes): Promise<Bytes> => {
    this.asked.push({ body, token })
    const refusal = this.refusals.shift()
    if (refusal !== undefined) throw new PocketProblem(refusal)
    const digest = await bodyDigest("POST", "/requests", body)
    const key = this.forge ? program.bulletinKey : program.receiptKey
    const receipt = await sign(key, receiptMessage("/requests", digest, 201))
    return concat(Uint8Array.of(1, 0, 0, 0, 12, 1), receipt)
  }
  act = (_id: Bytes, _key: Bytes, act: Act): Promise<void> => {
    this.acts.push(act)
    return Promise.resolve()
  }
  lost = false
  requestState = () => (this.lost ? Promise.reject(new PocketProblem("request-unknown")) : Promise.resolve("ringing" as const))
  close = () => Promise.resolve()
  deposit = () => Promise.resolve()
  forget = () => Promise.resolve()
  fetch = () => Promise.resolve({ today: TODAY, envelopes: [] })
}

/** Ana's pocket around one vault: made again from the same vault it is the pocket after a crash. */
async function anasPocket(mailroom: StandIn, clock: FakeClock, vault: Vault, tokens: Bytes[]) {
  const stamp = () => ({ bulletinSerial: 12, headHash: random(8) })
  const forget = () => Promise.resolve()
  const talks = new Talks({ vault, mailroom, seals: SEALS, clock, random, stamp, isAnswer: () => Promise.resolve(false), changed: () => { asking.talksChanged() } })
  const bulletin = { charter: program.charter, head: { head: { day: TODAY } }, publicPart: { patienceMinutes: { now: 10, today: 120, whenever: 1_440 } } }
  const admission = {
    card: "held" as const,
    bulletin: bulletin as unknown as Bulletin,
    peers: () => Promise.resolve(peers),
    takeToken: () => Promise.resolve(tokens.shift()),
    drawAtOnce: () => {
      tokens.push(random(354))
      return Promise.resolve()
    },
    refresh: () => Promise.resolve("same" as const),
  }
  const topicWords = (topic: string) => `About: ${topic}`
  const asking = new Asking({ vault, mailroom, admission, talks, forget, clock, random, stamp, mine: () => ({}), topicWords, changed: () => undefined })
  await talks.load()
  await asking.load()
  return { asking, talks }
}

async function setUp(tokens = [random(354), random(354)]) {
  const mailroom = new StandIn()
  const clock = new FakeClock(START)
  const vault = await Vault.open({ store: memoryStore(), random, keep: false })
  return { mailroom, clock, vault, tokens, ...(await anasPocket(mailroom, clock, vault, tokens)) }
}

/** What a peer answers to a sealed request, if it opens. */
async function answerOf(peer: PeerKeys, body: Bytes, kind: Letter["kind"] = "begin"): Promise<{ address: string; envelope: Bytes }> {
  const [slot] = decodeAsk(body).slots
  if (slot === undefined) throw new Error("no slot")
  const { sender, request } = await openRequest(slot.sealed, { sealingKey: ben.sealing, recipient: ben.agreement, mailboxAddress: slot.dutyAddress })
  const back = await newSealingKey()
  const letter: Letter = {
    bulletinSerial: 12,
    headHash: random(8),
    talkId: request.talkId,
    id: random(16),
    kind,
    after: new Uint8Array(16),
    seen: new Uint8Array(16),
    replyAddress: random(16),
    returnKey: back.publicKey,
    returnLastDay: TODAY + 14,
    day: TODAY,
    text: utf8("I am here."),
  }
  const to = { sealingKey: request.returnKey, recipient: sender, mailboxAddress: request.replyAddress }
  return { address: toHex(request.replyAddress), envelope: await sealLetter(letter, peer.agreement, to) }
}

/** Crypto takes real time: waits for it without moving the clock. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((done) => setTimeout(done, 5))
  await settled()
  expect(holds()).toBe(true)
}

const delivered = (envelope: Bytes) => ({ id: random(16), envelope })
const firstBody = (mailroom: StandIn): Bytes => mailroom.asked[0]?.body ?? new Uint8Array()

describe("asking", () => {
  test("says received for a true receipt only", async () => {
    const { asking, mailroom, clock } = await setUp()
    mailroom.forge = true
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
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

describe("an answer", () => {
  test("of the peer who was asked begins the talk, and the words that waited go to that peer", async () => {
    const { asking, talks, mailroom } = await setUp()
    await asking.ask({ ...WISH, about: "sleep" })
    await until(() => asking.view?.sent === "received")
    const { address, envelope } = await answerOf(ben, firstBody(mailroom))
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
    const untrue = [await answerOf(max, body), await answerOf(ben, body, "words")]
    for (const { address, envelope } of untrue) expect(await asking.envelope(address, delivered(envelope))).toBe(true)
    const noise = random(4_096)
    noise[0] = 1
    expect(await asking.envelope(untrue[0]?.address ?? "", delivered(noise))).toBe(true)
    expect(asking.view?.sent).toBe("received")
    expect(talks.all).toEqual([])
  })

  test("without words for three minutes lets the others ring again, by itself", async () => {
    const { asking, talks, mailroom, clock } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const first = await answerOf(ben, firstBody(mailroom))
    await asking.envelope(first.address, delivered(first.envelope))
    await clock.move(3 * MINUTE_MS)
    await until(() => mailroom.acts.includes("resume"))
    expect(asking.view?.sent).toBe("received")
    expect(talks.all.length).toBe(1)
  })

  test("that never came true, though the mailroom says answered, lets the others ring again", async () => {
    const { asking, mailroom, clock } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const { address, envelope } = await answerOf(max, firstBody(mailroom))
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
    const { address, envelope } = await answerOf(ben, firstBody(mailroom))
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

function withWordsOf(talk: TalkState, at: number): TalkState {
  const key = { public: talk.theirs.key.public, lastDay: TODAY + 14 }
  const letter = { id: toHex(random(16)), kind: "words" as const, after: talk.head, seen: talk.head, address: talk.theirs.address, key, text: "I know that road." }
  return step(talk, { type: "arrived", letter, sealedTo: talk.keys[0]?.id ?? "", at })
}
