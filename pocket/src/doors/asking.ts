import type { Asking as AskingView, Urgency } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailbox, Mailroom } from "../delivery/index.ts"
import { Errands } from "../errands.ts"
import type { Kept, KeptPeer } from "../kept/index.ts"
import { isSamePeer } from "../kept/index.ts"
import type { Random } from "../seal/index.ts"
import { SEALS } from "../talks/letters.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import type { Talks } from "../talks/talks.ts"
import type { Vault } from "../vault/index.ts"
import type { Act, Bytes, Delivered, Frame, RequestState, SeenBulletin } from "../wire/index.ts"
import { fromHex, sameBytes, toHex } from "../wire/index.ts"
import type { Carried } from "./anew.ts"
import { preparedAnew } from "./anew.ts"
import { talkFromAnswer, withAllSaid, withWords } from "./answers.ts"
import { KeptRequests } from "./openrequests.ts"
import { copiesFor, newcomers } from "./newcomers.ts"
import { keyOfPeer, prepare } from "./preparing.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { isSeen, mailboxOf, viewOf, wanted, wordsOf } from "./request.ts"
import type { SendingOptions } from "./sending.ts"
import { isHeard, nextPass, orProblem, peersToAsk, send, tell } from "./sending.ts"

export type AskingOptions = SendingOptions &
  Readonly<{
    vault: Pick<Vault, "list" | "read" | "write">
    mailroom: Pick<Mailroom, "ask" | "act" | "withdraw" | "requestState" | "sealMore" | "close">
    talks: Pick<Talks, "all" | "record" | "adopt">
    kept: Pick<Kept, "peers">
    /** Lets the mailroom forget what is stored here. */
    forget: (mailbox: Mailbox, ids: readonly Bytes[]) => Promise<void>
    random: Random
    stamp: () => SeenBulletin
    /** What an officer chose to ask about, in words for the peer. */
    topicWords: (topic: string) => string
    changed: () => void
  }>

/** The read key of a reply mailbox, and the pass of a request that may still be under way. */
export type Unsaid = Readonly<{ replyKey: Bytes; token: Bytes | undefined }>

export type Wish = Readonly<{ urgency: Urgency; about?: string; outside: boolean; chosen?: string; kept?: string; without?: string; words: string }>

/** The officer's request, from the first tap to a verified peer. Each step is on disk before the next act; a crash anywhere loses nothing.
 *
 * At most one is open; others may still wait for the mailroom to hear that they are over. */
export class Asking {
  readonly #options: AskingOptions
  readonly #errands: Errands
  readonly #kept: KeptRequests
  #preparing = false
  /** Since when all that waited at the mailroom has been opened here: nobody is called silent before. */
  #heardSince: number | undefined

  constructor(options: AskingOptions) {
    this.#options = options
    this.#kept = new KeptRequests(options.vault, options.changed)
    this.#errands = new Errands(options.clock, (id) => this.#doNext(id))
  }

  /** Reads what lies on this device. Talks are loaded before. */
  async load(): Promise<void> {
    await this.#kept.load()
    for (const { id } of this.#kept.all) this.#errands.run(id)
  }

  get view(): AskingView | undefined {
    const request = this.#kept.open
    const minutes = this.#options.admission.bulletin?.publicPart.patienceMinutes
    return request && viewOf(request, this.#kept.secrets(request.id), minutes?.[request.urgency] ?? Infinity, this.#options.clock.now())
  }

  /** Reply mailboxes of requests without a talk yet; with one, the talk listens. */
  mailboxes(): readonly Mailbox[] {
    return this.#kept.all.filter(({ over, receivedAt }) => !over && receivedAt !== undefined).map(mailboxOf)
  }

  /** Throws `asking-already`, `no-card`, `nobody-to-ask`, `kept-gone`. Resolves when it is on this device's disk; it goes out as soon as it can. */
  async ask(wish: Wish): Promise<void> {
    if (this.#kept.open !== undefined || this.#preparing) throw new PocketProblem("asking-already")
    this.#preparing = true
    try {
      const kept = this.#keptPeer(wish.kept)
      const peers = await peersToAsk(this.#options, { ...wish, kept })
      if (kept !== undefined && !peers.some(({ vouch }) => isSamePeer(vouch, kept))) throw new PocketProblem("kept-gone")
      const { clock, random, stamp } = this.#options
      const { request, secrets } = await prepare({ ...wish, kept, peers }, stamp(), random, clock.now())
      await this.#kept.keep(request, secrets)
      this.#errands.run(request.id)
    } finally {
      this.#preparing = false
    }
  }

  /** In turn with answers: what is written before one goes with the first letter, and what is not in that letter is still with whoever types. */
  writeDraft(words: string): Promise<void> {
    return this.#kept.inTurn(async () => {
      const request = this.#kept.open
      if (request === undefined || isSeen(request)) return
      const secrets = this.#kept.secrets(request.id)
      if (secrets === undefined) throw new PocketProblem("locked")
      await this.#kept.replace(undefined, { id: request.id, ...secrets, draft: words })
      this.#options.changed()
    })
  }

  async ringOthers(): Promise<void> {
    await this.#sayAct("ringOthers", {})
  }

  async cancel(): Promise<void> {
    await this.#sayAct("cancel", { over: true })
  }

  /** What the mailroom must still hear when this device forgets everything: nothing else of a request outlives that. */
  get unsaid(): readonly Unsaid[] {
    return this.#kept.all.filter(({ acts, over }) => over && acts.length > 0).map(({ replyKey, receivedAt, token }) => ({ replyKey, token: receivedAt === undefined ? token : undefined }))
  }

  frame(frame: Frame): void {
    if (frame.kind !== "request") return
    const request = this.#kept.at(toHex(frame.replyAddress))
    if (request !== undefined) void this.#hear(request.id, frame.state)
  }

  /** True when what lay at this address was for this request; a talk's own letters are the talk's. */
  envelope(address: Hex, delivered: Delivered): Promise<boolean> {
    return this.#kept.inTurn(() => this.#take(address, delivered))
  }

  /** The line is there: nothing waits any longer, and what was missed is asked for. */
  async lineUp(): Promise<void> {
    this.#errands.forgive()
    for (const request of this.#kept.all) {
      const { id, replyKey, receivedAt, over } = request
      this.#errands.run(id)
      if (receivedAt === undefined || isSeen(request) || over) continue
      const heard = await orProblem(this.#options.mailroom.requestState(fromHex(id), replyKey))
      if (!(heard instanceof PocketProblem)) await this.#hear(id, heard)
      // Nobody answered, and nobody is rung any more: that is not *received*.
      else if (heard.problem === "request-unknown") await this.#kept.patch(id, { gone: true })
      this.#errands.run(id)
    }
  }

  /** Everything that waited has been opened, or, with false, the line is gone and something may wait. */
  caughtUp(is: boolean): void {
    this.#heardSince = is ? this.#options.clock.now() : undefined
    for (const { id } of this.#kept.all) this.#errands.run(id)
  }

  /** A talk changed: words of the peer may have come. */
  talksChanged(): void {
    for (const { id, answeredAt } of this.#kept.all) if (answeredAt !== undefined) this.#errands.run(id)
  }

  stop(): void {
    this.#errands.stop()
  }

  async #take(address: Hex, delivered: Delivered): Promise<boolean> {
    const request = this.#kept.at(address)
    if (request === undefined || request.over || isSeen(request)) return false
    const secrets = this.#kept.secrets(request.id)
    if (secrets === undefined) return true // locked: it waits at the mailroom
    const talk = await talkFromAnswer(SEALS, request, secrets, delivered.envelope, this.#options.clock.now())
    const before = this.#options.talks.all.find(({ id }) => id === request.talk)
    if (before !== undefined && (talk === undefined || sameBytes(before.theirs.staticPublic, talk.theirs.staticPublic))) return false
    if (talk !== undefined) await this.#begin(request, secrets, talk, before)
    await this.#options.forget(mailboxOf(request), [delivered.id])
    return true
  }

  /** A verified peer: the talk begins, or passes to the one who came after a silent one; what waited goes to them. */
  async #begin(request: OpenRequest, secrets: RequestSecrets, talk: TalkState, before: TalkState | undefined): Promise<void> {
    const { clock, random, talks, topicWords } = this.#options
    const { about, draft } = withAllSaid(secrets, before)
    const words = [about === "" ? "" : topicWords(about), draft].filter((text) => text !== "").join("\n\n")
    const begun = await withWords(SEALS, random, talk, words, clock.now())
    const answered: OpenRequest = { ...request, answeredAt: clock.now(), talk: begun.id, resumed: false }
    await this.#kept.replace(answered, { id: request.id, ...secrets, draft: "" }, talks.record(begun))
    talks.adopt(begun)
    this.#options.changed()
    this.#errands.run(request.id)
  }

  #keptPeer(id: string | undefined): KeptPeer | undefined {
    if (id === undefined) return undefined
    const peer = this.#options.kept.peers.find((one) => one.id === id)
    if (peer === undefined) throw new PocketProblem("kept-gone")
    return peer
  }

  async #sayAct(act: Act, more: Partial<OpenRequest>): Promise<void> {
    const request = this.#kept.open
    if (request === undefined) return
    await this.#kept.patch(request.id, { ...more, acts: [...request.acts, act] })
    this.#errands.run(request.id)
  }

  async #doNext(id: Hex): Promise<boolean> {
    const now = this.#options.clock.now()
    const request = await this.#kept.asOf(id, now)
    if (request === undefined) return false
    const words = wordsOf(request, this.#kept.secrets(id) !== undefined, this.#options.talks.all)
    const due = wanted(request, words, now, this.#heardSince)
    if (due.send) return this.#send(request)
    if (due.tell !== undefined) return this.#tell(request, due.tell)
    if (due.close) await this.#kept.patch(id, { acts: ["close"], over: true })
    if (due.resume) await this.#kept.patch(id, { acts: ["resume"], resumed: true, heard: "ringing" })
    if (due.anew) return this.#replace(request)
    if (due.forget) await this.#forget(request)
    if (due.next === undefined) return due.close || due.resume
    this.#errands.at(id, due.next)
    await this.#askNewcomers(request)
    return false
  }

  /** Sent first and then remembered: what is lost between the two is sent again, and an answer until then rings the others. */
  async #askNewcomers(request: OpenRequest): Promise<void> {
    const secrets = this.#kept.secrets(request.id)
    if (secrets === undefined || isSeen(request)) return
    const peers = await newcomers(this.#options, secrets)
    if (peers.length === 0) return
    const { slots, reached } = await copiesFor(peers, request, secrets, this.#options.stamp(), this.#options.random)
    if (reached.length === 0) return
    const sealed = await orProblem(this.#options.mailroom.sealMore(fromHex(request.id), request.replyKey, slots))
    if (sealed instanceof PocketProblem) return
    const added = reached.map((peer) => ({ key: keyOfPeer(peer), handle: peer.vouch.handle }))
    await this.#kept.keepSecrets(request.id, ({ asked }) => ({ asked: [...asked, ...added] }))
  }

  async #hear(id: Hex, heard: RequestState): Promise<void> {
    await this.#kept.patch(id, (request) => (request.heard === heard ? undefined : { heard, heardAt: this.#options.clock.now() }))
    this.#errands.run(id)
  }

  async #send(request: OpenRequest): Promise<boolean> {
    if (request.token === undefined) return this.#takePass(request)
    const outcome = await send(this.#options, request.body, request.token)
    if (outcome === "received") {
      await this.#kept.patch(request.id, { receivedAt: this.#options.clock.now(), heard: "ringing" })
      return true
    }
    // Another pass, but not at once: ten that all fail would otherwise be gone in a second.
    if (outcome.startsWith("token-")) await this.#kept.patch(request.id, { token: undefined })
    if (outcome !== "nobody-left" && outcome !== "request-exists") return this.#errands.later(request.id)
    await this.#kept.patch(request.id, { heard: "nobody-left" })
    // The pass was not used up.
    const next = await this.#askAnew(request, { heard: "nobody-left", token: request.token })
    return this.#errands.later(next ?? request.id)
  }

  async #takePass({ id, drawnAtOnce }: OpenRequest): Promise<boolean> {
    const pass = await nextPass(this.#options)
    if (pass === undefined) {
      this.#options.changed() // the card may be used up: the screen says so
      return this.#errands.later(id)
    }
    await this.#kept.patch(id, { token: pass.token, drawnAtOnce: drawnAtOnce || pass.drawnAtOnce })
    return true
  }

  async #replace(request: OpenRequest): Promise<boolean> {
    await this.#kept.patch(request.id, { gone: true })
    const next = await this.#askAnew(request, {})
    if (next === undefined) return this.#errands.later(request.id)
    this.#errands.run(next)
    return false
  }

  async #askAnew(request: OpenRequest, carried: Carried): Promise<Hex | undefined> {
    const silent = this.#options.talks.all.find(({ id }) => id === request.talk)
    const secrets = this.#kept.secrets(request.id)
    const anew = secrets && (await preparedAnew(this.#options, request, withAllSaid(secrets, silent), carried))
    if (secrets === undefined || anew === undefined) return undefined
    await this.#kept.inTurn(async () => {
      // Whoever waits may write on meanwhile.
      const { draft } = withAllSaid(this.#kept.secrets(request.id) ?? secrets, silent)
      await this.#kept.keep(anew.request, { ...anew.secrets, draft }, request.id)
    })
    return anew.request.id
  }

  async #tell(request: OpenRequest, act: Act): Promise<boolean> {
    const told = await orProblem(tell(this.#options.mailroom, request, act))
    if (told instanceof PocketProblem && !isHeard(told)) return this.#errands.later(request.id)
    const now = this.#kept.get(request.id) ?? request
    const gone = told instanceof PocketProblem && !now.over && now.receivedAt !== undefined && !isSeen(now)
    await this.#kept.patch(request.id, { acts: now.acts.slice(1), ...(gone ? { gone } : {}) })
    return true
  }

  /** Over and heard. Without a talk nobody writes to the reply mailbox any more. */
  async #forget(request: OpenRequest): Promise<void> {
    if (request.talk === undefined) await orProblem(this.#options.mailroom.close(request.replyKey))
    await this.#kept.forget(request.id)
  }
}
