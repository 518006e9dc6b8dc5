import type { Asking as AskingView, Urgency } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailbox, Mailroom } from "../delivery/index.ts"
import { Errands } from "../errands.ts"
import type { Random } from "../seal/index.ts"
import { SEALS } from "../talks/letters.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import type { Talks } from "../talks/talks.ts"
import type { Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"
import type { Act, Bytes, Delivered, Frame, RequestState, SeenBulletin } from "../wire/index.ts"
import { fromHex, sameBytes, toHex } from "../wire/index.ts"
import type { Carried } from "./anew.ts"
import { preparedAnew } from "./anew.ts"
import { talkFromAnswer, withWords } from "./answers.ts"
import { prepare } from "./preparing.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { mailboxOf, viewOf, wanted, wordsOf } from "./request.ts"
import type { SendingOptions } from "./sending.ts"
import { nextPass, orProblem, peersToAsk, send } from "./sending.ts"

export type AskingOptions = SendingOptions &
  Readonly<{
    vault: Pick<Vault, "list" | "read" | "write">
    mailroom: Pick<Mailroom, "ask" | "act" | "requestState" | "close">
    talks: Pick<Talks, "all" | "record" | "adopt">
    /** Lets the mailroom forget what is stored here. */
    forget: (mailbox: Mailbox, ids: readonly Bytes[]) => Promise<void>
    random: Random
    stamp: () => SeenBulletin
    /** What an officer chose to ask about, in words for the peer. */
    topicWords: (topic: string) => string
    changed: () => void
  }>

export type Wish = Readonly<{ urgency: Urgency; about?: string; outside: boolean; chosen?: string; words: string }>

const REQUESTS = new Shelf<OpenRequest>("open", "asking")
const SECRETS = new Shelf<RequestSecrets>("sealed", "asking")

type Change = Partial<Omit<OpenRequest, "id" | "token">> & Readonly<{ token?: Bytes | undefined }>

/** The officer's request, from the first tap to a verified peer. Each step is on disk before the next act; a crash anywhere loses nothing.
 *
 * At most one is open; others may still wait for the mailroom to hear that they are over. */
export class Asking {
  readonly #options: AskingOptions
  readonly #errands: Errands
  #requests = new Map<Hex, OpenRequest>()
  #secrets = new Map<Hex, RequestSecrets>()
  #turns: Promise<unknown> = Promise.resolve()
  #preparing = false

  constructor(options: AskingOptions) {
    this.#options = options
    this.#errands = new Errands(options.clock, (id) => this.#doNext(id))
  }

  /** Reads what lies on this device. Talks are loaded before. */
  async load(): Promise<void> {
    for (const request of await REQUESTS.all(this.#options.vault)) {
      if (!this.#requests.has(request.id)) this.#requests.set(request.id, request)
      const secrets = await SECRETS.get(this.#options.vault, request.id)
      if (secrets !== undefined) this.#secrets.set(request.id, secrets)
      this.#errands.run(request.id)
    }
  }

  get view(): AskingView | undefined {
    const request = this.#open
    const minutes = this.#options.admission.bulletin?.publicPart.patienceMinutes
    return request && viewOf(request, this.#secrets.get(request.id), minutes?.[request.urgency] ?? Infinity, this.#options.clock.now())
  }

  /** Reply mailboxes of requests without a talk yet; with one, the talk listens. */
  mailboxes(): readonly Mailbox[] {
    return [...this.#requests.values()].filter(({ over, receivedAt }) => !over && receivedAt !== undefined).map(mailboxOf)
  }

  /** Throws `asking-already`, `no-card`, `nobody-to-ask`. Resolves when it is on this device's disk; it goes out as soon as it can. */
  async ask(wish: Wish): Promise<void> {
    if (this.#open !== undefined || this.#preparing) throw new PocketProblem("asking-already")
    this.#preparing = true
    try {
      const peers = await peersToAsk(this.#options, wish.outside)
      const { clock, random, stamp } = this.#options
      const { request, secrets } = await prepare({ ...wish, peers }, stamp(), random, clock.now())
      await this.#keep(request, secrets)
      this.#errands.run(request.id)
    } finally {
      this.#preparing = false
    }
  }

  async writeDraft(words: string): Promise<void> {
    const request = this.#open
    if (request === undefined || request.answeredAt !== undefined) return
    const secrets = this.#secrets.get(request.id)
    if (secrets === undefined) throw new PocketProblem("locked")
    await this.#options.vault.write([SECRETS.put(request.id, { ...secrets, draft: words })])
    this.#secrets.set(request.id, { ...secrets, draft: words })
    this.#options.changed()
  }

  async ringOthers(): Promise<void> {
    await this.#sayAct("ringOthers", {})
  }

  async cancel(): Promise<void> {
    await this.#sayAct("cancel", { over: true })
  }

  frame(frame: Frame): void {
    if (frame.kind !== "request") return
    const request = [...this.#requests.values()].find(({ replyAddress }) => replyAddress === toHex(frame.replyAddress))
    if (request !== undefined) void this.#hear(request.id, frame.state)
  }

  /** True when what lay at this address was for this request; a talk's own letters are the talk's. */
  envelope(address: Hex, delivered: Delivered): Promise<boolean> {
    return this.#inTurn(() => this.#take(address, delivered))
  }

  /** The line is there: nothing waits any longer, and what was missed is asked for. */
  async lineUp(): Promise<void> {
    this.#errands.forgive()
    for (const { id, replyKey, receivedAt, answeredAt, over } of this.#requests.values()) {
      this.#errands.run(id)
      if (receivedAt === undefined || answeredAt !== undefined || over) continue
      const heard = await orProblem(this.#options.mailroom.requestState(fromHex(id), replyKey))
      if (!(heard instanceof PocketProblem)) await this.#hear(id, heard)
      // Nobody answered, and nobody is rung any more: that is not *received*.
      else if (heard.problem === "request-unknown") await this.#patch(id, { gone: true })
      this.#errands.run(id)
    }
  }

  /** A talk changed: words of the peer may have come. */
  talksChanged(): void {
    for (const { id, answeredAt } of this.#requests.values()) if (answeredAt !== undefined) this.#errands.run(id)
  }

  stop(): void {
    this.#errands.stop()
  }

  get #open(): OpenRequest | undefined {
    return [...this.#requests.values()].find(({ over }) => !over)
  }

  async #take(address: Hex, delivered: Delivered): Promise<boolean> {
    const request = [...this.#requests.values()].find(({ replyAddress, over }) => replyAddress === address && !over)
    if (request === undefined || (request.answeredAt !== undefined && !request.resumed)) return false
    const secrets = this.#secrets.get(request.id)
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
    const { clock, random, talks, topicWords, vault } = this.#options
    const topic = secrets.about === "" ? "" : topicWords(secrets.about)
    const waited = before === undefined ? [topic, secrets.draft] : before.lines.filter(({ mine, kind }) => mine && kind === "words").map(({ text }) => text)
    const words = waited.filter((text) => text !== "").join("\n\n")
    const begun = await withWords(SEALS, random, talk, words, clock.now())
    const answered: OpenRequest = { ...request, answeredAt: clock.now(), talk: begun.id, resumed: false }
    await vault.write([talks.record(begun), REQUESTS.put(request.id, answered)])
    this.#requests.set(request.id, answered)
    talks.adopt(begun)
    this.#options.changed()
    this.#errands.run(request.id)
  }

  async #sayAct(act: Act, more: Change): Promise<void> {
    const request = this.#open
    if (request === undefined) return
    await this.#patch(request.id, { ...more, acts: [...request.acts, act] })
    this.#errands.run(request.id)
  }

  async #doNext(id: Hex): Promise<boolean> {
    const request = this.#requests.get(id)
    if (request === undefined) return false
    const words = wordsOf(request, this.#secrets.has(id), this.#options.talks.all)
    const due = wanted(request, words, this.#options.clock.now())
    if (due.send) return this.#send(request)
    if (due.tell !== undefined) return this.#tell(request, due.tell)
    if (due.close) await this.#patch(id, { acts: ["close"], over: true })
    if (due.resume) await this.#patch(id, { acts: ["resume"], resumed: true, heard: "ringing" })
    if (due.anew) return this.#replace(request)
    if (due.forget) await this.#forget(request)
    if (due.next !== undefined) this.#errands.at(id, due.next)
    return due.close || due.resume
  }

  async #hear(id: Hex, heard: RequestState): Promise<void> {
    await this.#patch(id, (request) => (request.heard === heard ? undefined : { heard, heardAt: this.#options.clock.now() }))
    this.#errands.run(id)
  }

  async #send(request: OpenRequest): Promise<boolean> {
    if (request.token === undefined) return this.#takePass(request)
    const outcome = await send(this.#options, request.body, request.token)
    if (outcome === "received") {
      await this.#patch(request.id, { receivedAt: this.#options.clock.now(), heard: "ringing" })
      return true
    }
    // Another pass, but not at once: ten that all fail would otherwise be gone in a second.
    if (outcome.startsWith("token-")) await this.#patch(request.id, { token: undefined })
    if (outcome !== "nobody-left" && outcome !== "request-exists") return this.#errands.later(request.id)
    await this.#patch(request.id, { heard: "nobody-left" })
    // The pass was not used up.
    const next = await this.#askAnew(request, { heard: "nobody-left", token: request.token })
    return this.#errands.later(next ?? request.id)
  }

  async #takePass({ id, drawnAtOnce }: OpenRequest): Promise<boolean> {
    const pass = await nextPass(this.#options)
    if (pass === undefined) return this.#errands.later(id)
    await this.#patch(id, { token: pass.token, drawnAtOnce: drawnAtOnce || pass.drawnAtOnce })
    return true
  }

  async #replace(request: OpenRequest): Promise<boolean> {
    await this.#patch(request.id, { gone: true })
    const next = await this.#askAnew(request, {})
    if (next === undefined) return this.#errands.later(request.id)
    this.#errands.run(next)
    return false
  }

  async #askAnew(request: OpenRequest, carried: Carried): Promise<Hex | undefined> {
    const secrets = this.#secrets.get(request.id)
    const anew = secrets && (await preparedAnew(this.#options, request, secrets, carried))
    if (anew === undefined) return undefined
    // Whoever waits may write on meanwhile.
    const draft = this.#secrets.get(request.id)?.draft ?? ""
    await this.#keep(anew.request, { ...anew.secrets, draft }, request.id)
    return anew.request.id
  }

  async #tell(request: OpenRequest, act: Act): Promise<boolean> {
    const told = await orProblem(this.#options.mailroom.act(fromHex(request.id), request.replyKey, act))
    if (told instanceof PocketProblem && told.problem !== "request-unknown") return this.#errands.later(request.id)
    const { acts, over, receivedAt, answeredAt } = this.#requests.get(request.id) ?? request
    const gone = told instanceof PocketProblem && !over && receivedAt !== undefined && answeredAt === undefined
    await this.#patch(request.id, { acts: acts.slice(1), ...(gone ? { gone } : {}) })
    return true
  }

  /** Over and heard. Without a talk nobody writes to the reply mailbox any more. */
  async #forget(request: OpenRequest): Promise<void> {
    if (request.talk === undefined) await orProblem(this.#options.mailroom.close(request.replyKey))
    await this.#options.vault.write([REQUESTS.remove(request.id), SECRETS.remove(request.id)])
    this.#drop(request.id)
    this.#options.changed()
  }

  #drop(id: Hex): void {
    this.#requests.delete(id)
    this.#secrets.delete(id)
  }

  async #keep(request: OpenRequest, secrets: RequestSecrets, inPlaceOf = request.id): Promise<void> {
    const removed = [REQUESTS.remove(inPlaceOf), SECRETS.remove(inPlaceOf)]
    await this.#options.vault.write([...removed, REQUESTS.put(request.id, request), SECRETS.put(request.id, secrets)])
    this.#drop(inPlaceOf)
    this.#requests.set(request.id, request)
    this.#secrets.set(request.id, secrets)
    this.#options.changed()
  }

  /** On disk before it is true. What happened meanwhile to other fields stays. */
  #patch(id: Hex, change: Change | ((request: OpenRequest) => Change | undefined)): Promise<void> {
    return this.#inTurn(async () => {
      const request = this.#requests.get(id)
      const more = typeof change === "function" ? request && change(request) : change
      if (request === undefined || more === undefined) return
      const { token, ...rest } = { ...request, ...more }
      const next: OpenRequest = token === undefined ? rest : { ...rest, token }
      await this.#options.vault.write([REQUESTS.put(id, next)])
      this.#requests.set(id, next)
      this.#options.changed()
    })
  }

  /** One after the other: an answer that comes twice at once begins one talk. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }
}
