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
import type { Act, Bytes, Delivered, Frame, SeenBulletin } from "../wire/index.ts"
import { fromHex, sameBytes, toHex } from "../wire/index.ts"
import { talkFromAnswer, withWords } from "./answers.ts"
import { prepare } from "./preparing.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { viewOf, wanted } from "./request.ts"
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

  constructor(options: AskingOptions) {
    this.#options = options
    this.#errands = new Errands(options.clock, (id) => this.#doNext(id))
  }

  /** Reads what lies on this device; again after an unlock, when answers can be opened. Talks are loaded before. */
  async load(): Promise<void> {
    for (const request of await REQUESTS.all(this.#options.vault)) {
      if (!this.#requests.has(request.id)) this.#requests.set(request.id, request)
      const secrets = await SECRETS.get(this.#options.vault, request.id)
      if (secrets !== undefined) this.#secrets.set(request.id, secrets)
      this.#errands.run(request.id)
    }
  }

  /** The keys are gone from memory; what was asked goes on, answers wait at the mailroom. */
  locked(): void {
    this.#secrets.clear()
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
    if (this.#open !== undefined) throw new PocketProblem("asking-already")
    const peers = await peersToAsk(this.#options, wish.outside)
    const { clock, random, stamp } = this.#options
    const { request, secrets } = await prepare({ ...wish, peers }, stamp(), random, clock.now())
    await this.#keep(request, secrets)
    this.#errands.run(request.id)
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
    if (request !== undefined) void this.#patch(request.id, { heard: frame.state })
  }

  /** True when what lay at this address was for this request; a talk's own letters are the talk's. */
  envelope(address: Hex, delivered: Delivered): Promise<boolean> {
    return this.#inTurn(() => this.#take(address, delivered))
  }

  /** The line is there: nothing waits any longer, and what was missed is asked for. */
  async lineUp(): Promise<void> {
    this.#errands.forgive()
    for (const { id, replyKey, receivedAt, answeredAt } of this.#requests.values()) {
      this.#errands.run(id)
      if (receivedAt === undefined || answeredAt !== undefined) continue
      const heard = await orProblem(this.#options.mailroom.requestState(fromHex(id), replyKey))
      if (!(heard instanceof PocketProblem)) await this.#patch(id, { heard })
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
    const due = wanted(request, this.#hasWords(request), this.#options.clock.now())
    if (due.send) return this.#send(request)
    if (due.tell !== undefined) return this.#tell(request, due.tell)
    if (due.close) await this.#patch(id, { acts: ["close"], over: true })
    if (due.resume) await this.#patch(id, { acts: ["resume"], resumed: true, heard: "ringing" })
    if (due.forget) await this.#forget(request)
    if (due.next !== undefined) this.#errands.at(id, due.next)
    return due.close || due.resume
  }

  /** Words came, or the talk is over or gone: either way the others need not ring. */
  #hasWords({ id, talk }: OpenRequest): boolean {
    if (!this.#secrets.has(id)) return false // locked: nobody can tell
    const state = this.#options.talks.all.find((one) => one.id === talk)
    return state?.stage !== "open" || state.lines.some(({ mine, kind }) => !mine && kind === "words")
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
    if (outcome === "nobody-left" || outcome === "request-exists") await this.#askAnew(request)
    return this.#errands.later(request.id)
  }

  async #takePass({ id, drawnAtOnce }: OpenRequest): Promise<boolean> {
    const pass = await nextPass(this.#options)
    if (pass === undefined) return this.#errands.later(id)
    await this.#patch(id, { token: pass.token, drawnAtOnce: drawnAtOnce || pass.drawnAtOnce })
    return true
  }

  /** Nobody of those asked is listed any more; the newest bulletin may name others. The pass was not used up. */
  async #askAnew(request: OpenRequest): Promise<void> {
    const { admission, clock, random, stamp, vault } = this.#options
    await this.#patch(request.id, { heard: "nobody-left" })
    const secrets = this.#secrets.get(request.id)
    if (secrets === undefined || (await orProblem(admission.refresh())) instanceof PocketProblem) return
    const peers = await orProblem(peersToAsk(this.#options, secrets.outside))
    if (peers instanceof PocketProblem) return
    const wish = { urgency: request.urgency, about: secrets.about, outside: secrets.outside, words: secrets.draft, peers }
    const anew = await prepare(wish, stamp(), random, clock.now())
    const carried = { ...anew.request, drawnAtOnce: request.drawnAtOnce, heard: "nobody-left" as const, ...(request.token === undefined ? {} : { token: request.token }) }
    await vault.write([REQUESTS.remove(request.id), SECRETS.remove(request.id), REQUESTS.put(carried.id, carried), SECRETS.put(carried.id, anew.secrets)])
    this.#drop(request.id)
    this.#requests.set(carried.id, carried)
    this.#secrets.set(carried.id, anew.secrets)
    this.#options.changed()
    this.#errands.later(carried.id)
  }

  async #tell(request: OpenRequest, act: Act): Promise<boolean> {
    const told = await orProblem(this.#options.mailroom.act(fromHex(request.id), request.replyKey, act))
    if (told instanceof PocketProblem && told.problem !== "request-unknown") return this.#errands.later(request.id)
    const acts = (this.#requests.get(request.id) ?? request).acts
    await this.#patch(request.id, { acts: acts.slice(1) })
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

  async #keep(request: OpenRequest, secrets: RequestSecrets): Promise<void> {
    await this.#options.vault.write([REQUESTS.put(request.id, request), SECRETS.put(request.id, secrets)])
    this.#requests.set(request.id, request)
    this.#secrets.set(request.id, secrets)
    this.#options.changed()
  }

  /** On disk before it is true. What happened meanwhile to other fields stays. */
  #patch(id: Hex, more: Change): Promise<void> {
    return this.#inTurn(async () => {
      const request = this.#requests.get(id)
      if (request === undefined) return
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

function mailboxOf({ replyAddress, replyKey }: OpenRequest): Mailbox {
  return { address: fromHex(replyAddress), readKey: replyKey }
}
