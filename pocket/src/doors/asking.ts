import type { Asking as AskingView, Urgency } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailbox, Mailroom } from "../delivery/index.ts"
import type { Kept, KeptPeer } from "../kept/index.ts"
import { isSamePeer } from "../kept/index.ts"
import type { Random } from "../seal/index.ts"
import { SEALS } from "../talks/letters.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import type { Talks } from "../talks/talks.ts"
import type { Vault } from "../vault/index.ts"
import type { Act, Bytes, Delivered, Frame, RequestState, SeenBulletin } from "../wire/index.ts"
import { fromHex, sameBytes, toHex } from "../wire/index.ts"
import { talkFromAnswer, withAllSaid, withWords } from "./answers.ts"
import { GoingOn } from "./goingon.ts"
import { KeptRequests } from "./openrequests.ts"
import { prepare } from "./preparing.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { isSeen, mailboxOf } from "./request.ts"
import type { SendingOptions } from "./sending.ts"
import { orProblem, peersToAsk } from "./sending.ts"
import { viewOf } from "./shown.ts"

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

export type Wish = Readonly<{ urgency: Urgency; urgent?: boolean; about?: string; outside: boolean; chosen?: string; kept?: string; without?: string; words: string }>

/** The officer's request, from the first tap to a verified peer. Each step is on disk before the next act; a crash anywhere loses nothing.
 *
 * At most one is open; others may still wait for the mailroom to hear that they are over. */
export class Asking {
  readonly #options: AskingOptions
  readonly #kept: KeptRequests
  readonly #goingOn: GoingOn
  #preparing = false

  constructor(options: AskingOptions) {
    this.#options = options
    this.#kept = new KeptRequests(options.vault, options.changed)
    this.#goingOn = new GoingOn(options, this.#kept)
  }

  /** Reads what lies on this device. Talks are loaded before. */
  async load(): Promise<void> {
    await this.#kept.load()
    for (const { id } of this.#kept.all) this.#goingOn.run(id)
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
      this.#goingOn.run(request.id)
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
    await this.#sayAct("ringOthers", { others: true })
  }

  /** The officer waits in peace: nothing changes but what the screen offers, on this device alone. */
  async waitOn(): Promise<void> {
    const request = this.#kept.open
    if (request !== undefined) await this.#kept.patch(request.id, { stays: "waits" })
  }

  /** The officer comes back another time: it rings on as one that may wait, and the words wait here. */
  async leaveWord(): Promise<void> {
    await this.#sayAct("leaveWord", { stays: "left-word", urgency: "whenever", urgent: false, others: true })
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
    this.#goingOn.forgive()
    for (const request of this.#kept.all) {
      const { id, replyKey, receivedAt, over } = request
      this.#goingOn.run(id)
      if (receivedAt === undefined || isSeen(request) || over) continue
      const heard = await orProblem(this.#options.mailroom.requestState(fromHex(id), replyKey))
      if (!(heard instanceof PocketProblem)) await this.#hear(id, heard)
      // Nobody answered, and nobody is rung any more: that is not *received*.
      else if (heard.problem === "request-unknown") await this.#kept.patch(id, { gone: true })
      this.#goingOn.run(id)
    }
  }

  /** Everything that waited has been opened, or, with false, the line is gone and something may wait. */
  caughtUp(is: boolean): void {
    this.#goingOn.caughtUp(is)
  }

  /** A talk changed: words of the peer may have come. */
  talksChanged(): void {
    for (const { id, answeredAt } of this.#kept.all) if (answeredAt !== undefined) this.#goingOn.run(id)
  }

  stop(): void {
    this.#goingOn.stop()
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
    this.#goingOn.run(request.id)
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
    await this.#kept.patch(request.id, ({ acts }) => ({ ...more, acts: [...(act === "cancel" ? acts.filter(mayStillBeSaid) : acts), act] }))
    this.#goingOn.run(request.id)
  }

  async #hear(id: Hex, heard: RequestState): Promise<void> {
    await this.#kept.patch(id, (request) => (request.heard === heard ? undefined : { heard, heardAt: this.#options.clock.now() }))
    this.#goingOn.run(id)
  }
}

/** Word that is left waits for the receipt; taking all of it back does not. */
function mayStillBeSaid(act: Act): boolean {
  return act !== "leaveWord"
}
