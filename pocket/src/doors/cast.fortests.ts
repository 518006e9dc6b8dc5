/** For tests: Ana's pocket, a mailroom that behaves or not, and a peer who answers. */
import { expect } from "vitest"
import { PocketProblem } from "../contract.ts"
import { FakeClock, settled } from "../fakeclock.fortests.ts"
import { idle } from "../idle.fortests.ts"
import { Kept } from "../kept/index.ts"
import { bodyDigest, newSealingKey, openRequest, random, sealLetter, sign } from "../seal/index.ts"
import { SEALS } from "../talks/letters.ts"
import type { TalkState } from "../talks/state.ts"
import { step } from "../talks/step.ts"
import { Talks } from "../talks/talks.ts"
import type { PeerKeys, Program } from "../trust/cast.fortests.ts"
import { membersOf, newPeerKeys, newProgram, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import type { Bulletin, Peer } from "../trust/index.ts"
import { verifiedPeers } from "../trust/index.ts"
import type { Mailroom } from "../delivery/index.ts"
import { memoryStore, Vault } from "../vault/index.ts"
import type { Act, Bytes, Delivered, Fetched, Letter, RequestState, Slot } from "../wire/index.ts"
import { concat, decodeAsk, receiptMessage, toHex, utf8 } from "../wire/index.ts"
import { Asking } from "./index.ts"

export const START = TODAY * 86_400_000 + 3 * 3_600_000
export const WISH = { urgency: "now", outside: true, words: "Bad night." } as const

/** A program with one peer, Ben, and Max who is none; whom the bulletin lists may change. */
export const town = {} as { program: Program; ben: PeerKeys; max: PeerKeys; peers: readonly Peer[] }

export async function settle(): Promise<void> {
  const [program, ben, max] = [await newProgram(), await newPeerKeys(), await newPeerKeys()]
  const listed = { vouch: await signedVouch(program, ben), bundle: await signedBundle(program, ben) }
  Object.assign(town, { program, ben, max, peers: await verifiedPeers(membersOf([listed]), program.charter, TODAY) })
}

/** A mailroom that behaves, and misbehaves as a test tells it to. */
export class StandIn {
  readonly asked: { body: Bytes; token: Bytes }[] = []
  readonly acts: Act[] = []
  refusals: PocketProblem["problem"][] = []
  forge = false

  ask = async (body: Bytes, token: Bytes): Promise<Bytes> => {
    this.asked.push({ body, token })
    const refusal = this.refusals.shift()
    if (refusal !== undefined) throw new PocketProblem(refusal)
    const digest = await bodyDigest("POST", "/requests", body)
    const key = this.forge ? town.program.bulletinKey : town.program.receiptKey
    const receipt = await sign(key, receiptMessage("/requests", digest, 201))
    return concat(Uint8Array.of(1, 0, 0, 0, 12, 1), receipt)
  }
  act = (_id: Bytes, _key: Bytes, act: Act): Promise<void> => {
    if (this.deaf) return Promise.reject(new PocketProblem("unreachable"))
    this.acts.push(act)
    return Promise.resolve()
  }
  lost = false
  requestState = (): Promise<RequestState> => (this.lost ? Promise.reject(new PocketProblem("request-unknown")) : Promise.resolve("ringing"))
  readonly added: Slot[] = []
  sealMore = (_id: Bytes, _key: Bytes, slots: readonly Slot[]): Promise<number> => {
    this.added.push(...slots)
    return Promise.resolve(1)
  }
  readonly withdrawn: Bytes[] = []
  /** Hears no act and no taking back. */
  deaf = false
  withdraw = (_key: Bytes, token: Bytes): Promise<void> => {
    if (this.deaf) return Promise.reject(new PocketProblem("unreachable"))
    this.withdrawn.push(token)
    return Promise.resolve()
  }
  close: Mailroom["close"] = () => Promise.resolve()
  deposit = (): Promise<void> => Promise.resolve()
  forget = (): Promise<void> => Promise.resolve()
  fetch = (): Promise<Fetched> => Promise.resolve({ today: TODAY, envelopes: [] })
}

export type Routes = Pick<Mailroom, "ask" | "act" | "withdraw" | "requestState" | "sealMore" | "close" | "deposit" | "forget" | "fetch">

interface Home {
  asking: Asking
  talks: Talks
}

/** Ana's pocket around one vault: made again from the same vault it is the pocket after a crash. */
export async function anasPocket(mailroom: Routes, clock: FakeClock, vault: Pick<Vault, "list" | "read" | "write">, tokens: Bytes[], changed = (): void => undefined): Promise<Home> {
  const stamp = () => ({ bulletinSerial: 12, headHash: random(8) })
  const forget = () => Promise.resolve()
  const kept = new Kept({ vault, clock, random, changed: () => undefined })
  await kept.load()
  const talks = new Talks({ vault, mailroom, seals: SEALS, clock, random, stamp, kept, isAnswer: () => Promise.resolve(false), changed: () => { asking.talksChanged() } })
  const bulletin = { charter: town.program.charter, head: { head: { day: TODAY } }, publicPart: { patienceMinutes: { now: 10, today: 120, whenever: 1_440 } } }
  const admission = {
    card: "held" as const,
    bulletin: bulletin as unknown as Bulletin,
    peers: () => Promise.resolve(town.peers),
    takeToken: () => Promise.resolve(tokens.shift()),
    drewLately: false,
    drawAtOnce: () => {
      tokens.push(random(354))
      return Promise.resolve()
    },
    refresh: () => Promise.resolve("same" as const),
  }
  const topicWords = (topic: string) => `About: ${topic}`
  const asking = new Asking({ vault, mailroom, admission, talks, kept, forget, clock, random, stamp, mine: () => ({}), topicWords, changed })
  await talks.load()
  await asking.load()
  asking.caughtUp(true)
  return { asking, talks }
}

export async function setUp(tokens = [random(354), random(354)]): Promise<Home & { mailroom: StandIn; clock: FakeClock; vault: Vault; tokens: Bytes[] }> {
  const mailroom = new StandIn()
  const clock = new FakeClock(START, idle)
  const vault = await Vault.open({ store: memoryStore(), random, keep: false })
  return { mailroom, clock, vault, tokens, ...(await anasPocket(mailroom, clock, vault, tokens)) }
}

/** What a peer answers to a sealed request, if it opens. */
export async function answerOf(peer: PeerKeys, body: Bytes, kind: Letter["kind"] = "begin"): Promise<{ address: string; envelope: Bytes }> {
  const copies = decodeAsk(body).slots.map(({ sealed, dutyAddress }) =>
    openRequest(sealed, { sealingKey: town.ben.sealing, recipient: town.ben.agreement, mailboxAddress: dutyAddress }),
  )
  const { sender, request } = await Promise.any(copies)
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
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 800 && !holds(); tries += 1) await new Promise((done) => setTimeout(done, 5))
  await settled()
  expect(holds()).toBe(true)
}

/** The talk after its peer wrote. */
export function withWordsOf(talk: TalkState, at: number): TalkState {
  const key = { public: talk.theirs.key.public, lastDay: TODAY + 14 }
  const letter = { id: toHex(random(16)), kind: "words" as const, after: talk.head, seen: talk.head, address: talk.theirs.address, key, text: "I know that road." }
  return step(talk, { type: "arrived", letter, sealedTo: talk.keys[0]?.id ?? "", at })
}

export const delivered = (envelope: Bytes): Delivered => ({ id: random(16), envelope })
export const firstBody = (mailroom: StandIn): Bytes => mailroom.asked[0]?.body ?? new Uint8Array()
