import type { Clock } from "../clock.ts"
import { DAY_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { Errands } from "../errands.ts"
import type { Mailbox, Mailroom } from "../delivery/index.ts"
import type { Random } from "../seal/index.ts"
import { SealError } from "../seal/index.ts"
import type { Kept } from "../kept/index.ts"
import type { Change, Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"
import type { Bytes, Delivered, SeenBulletin } from "../wire/index.ts"
import { cutWords, fromHex, LayoutError, toHex } from "../wire/index.ts"
import type { Due } from "./due.ts"
import { due } from "./due.ts"
import type { Seals } from "./letters.ts"
import { ForeignLetter, newPiece, openIncoming, sealOutgoing } from "./letters.ts"
import { tidyWords } from "./pieces.ts"
import type { Hex, LineKind, Outgoing, TalkState } from "./state.ts"
import type { TalkEvent } from "./step.ts"
import { step } from "./step.ts"

export type TalksOptions = Readonly<{
  vault: Pick<Vault, "list" | "read" | "write">
  mailroom: Pick<Mailroom, "deposit" | "fetch" | "forget" | "close">
  seals: Seals
  clock: Clock
  random: Random
  stamp: () => SeenBulletin
  /** Asked first about whatever lies at a talk's mailbox: a peer's answer to a request comes to the same one. True: it was that. */
  isAnswer: (address: Hex, delivered: Delivered) => Promise<boolean>
  /** Where a keepsake that a letter brought is put away. */
  kept: Pick<Kept, "putAway">
  changed: () => void
}>

const TALKS = new Shelf<TalkState>("sealed", "talk")
const RETRY_MS = 30_000
const DRAIN_AGAIN_MS = 600_000

/** All talks of this pocket: stores what step.ts decides, then does what due.ts says. A crash between any two lines loses nothing. */
export class Talks {
  readonly #options: TalksOptions
  readonly #errands: Errands
  #talks = new Map<Hex, TalkState>()
  #turns: Promise<unknown> = Promise.resolve()
  /** Not before: the mailroom did not answer, or has just been asked. */
  #closeAt = new Map<Hex, number>()
  #drainAt = new Map<Hex, number>()
  /** Burned to the end: shown until the page is closed, and nowhere else any more. */
  #gone = new Set<Hex>()
  #stopped = false

  constructor(options: TalksOptions) {
    this.#options = options
    this.#errands = new Errands(options.clock, (id) => this.#doNext(id))
  }

  async load(): Promise<void> {
    const talks = await TALKS.all(this.#options.vault)
    this.#talks = new Map(talks.map((talk) => [talk.id, talk]))
    for (const id of this.#talks.keys()) this.#errands.run(id)
  }

  get all(): readonly TalkState[] {
    return [...this.#talks.values()]
  }

  mailboxes(): readonly Mailbox[] {
    return this.all.filter(isRead).map((talk) => ({ address: fromHex(talk.mine.address), readKey: talk.mine.readKey }))
  }

  /** How a new talk is stored, so that asking and answering can do it in one transaction with their own; then `adopt`. */
  record(talk: TalkState): Change {
    return TALKS.put(talk.id, talk)
  }

  adopt(talk: TalkState): void {
    this.#talks.set(talk.id, talk)
    this.#options.changed()
    this.#errands.run(talk.id)
  }

  /** Resolves when the words are on this device's disk; they go out as soon as they can. Throws `talk-over`, `nothing-written`. */
  async write(id: Hex, kind: LineKind, words: string): Promise<void> {
    if (this.#talks.get(id)?.stage !== "open") throw new PocketProblem("talk-over")
    const tidy = tidyWords(words)
    if (kind === "words" && tidy === "") throw new PocketProblem("nothing-written")
    const { seals, random, clock } = this.#options
    const at = clock.now()
    const pieces = await Promise.all(cutWords(tidy).map((text) => newPiece(seals, random, text, at)))
    await this.#apply(id, { type: "write", kind, pieces, at })
  }

  /** Gives the peer this keepsake, in one transaction with the record of it; also after the end, until the words vanish. Throws `talk-over`. */
  async keep(id: Hex, keepsake: Bytes, record: Change): Promise<void> {
    const talk = this.#talks.get(id)
    if (talk === undefined || talk.stage === "burned" || talk.closing) throw new PocketProblem("talk-over")
    const { seals, random, clock } = this.#options
    const at = clock.now()
    await this.#apply(id, { type: "write", kind: "keep", pieces: [await newPiece(seals, random, toHex(keepsake), at)], at }, [record])
  }

  async burn(id: Hex): Promise<void> {
    const { seals, random, clock } = this.#options
    const at = clock.now()
    await this.#apply(id, { type: "burn", piece: await newPiece(seals, random, "", at), at })
  }

  /** What lay at this address. When this resolves it is stored, or nothing to keep, and the mailroom may forget it. */
  async envelope(address: Hex, delivered: Delivered): Promise<void> {
    if (await this.#options.isAnswer(address, delivered)) return
    const { envelope } = delivered
    const talks = this.all.filter((talk) => talk.mine.address === address && isRead(talk))
    const opened = await Promise.all(talks.map((talk) => this.#opened(talk, envelope)))
    if (talks.length === 0 || !opened.every((one) => one === "no-key")) return
    const keyId = toHex(this.#options.seals.envelopeKeyId(envelope))
    for (const talk of talks) await this.#apply(talk.id, { type: "not-opened", keyId, at: this.#options.clock.now() })
  }

  /** The line is there: everything that waits is opened, everything not seen goes out. */
  async lineUp(): Promise<void> {
    const at = this.#options.clock.now()
    this.#closeAt.clear()
    for (const id of this.#talks.keys()) await this.#apply(id, { type: "line-up", at })
    await Promise.all(this.all.map((talk) => this.#drain(talk.id)))
  }

  stop(): void {
    this.#stopped = true
    this.#errands.stop()
    this.#talks.clear()
  }

  /** One step, on disk before it is true. */
  async #apply(id: Hex, event: TalkEvent, beside: readonly Change[] = []): Promise<void> {
    await this.#inTurn(id, async (talk) => {
      const { talk: next, changes, done } = this.#options.kept.putAway(step(talk, event))
      await this.#options.vault.write([TALKS.put(id, next), ...changes, ...beside])
      if (this.#talks.has(id)) this.#talks.set(id, next)
      done()
    })
    this.#errands.run(id)
  }

  async #inTurn(id: Hex, change: (talk: TalkState) => Promise<void>): Promise<void> {
    const turn = this.#turns.then(async () => {
      const talk = this.#talks.get(id)
      if (talk === undefined || this.#stopped || this.#gone.has(id)) return
      await change(talk)
      this.#options.changed()
    })
    this.#turns = turn.catch(() => undefined)
    await turn
  }

  async #doNext(id: Hex): Promise<boolean> {
    const talk = this.#talks.get(id)
    if (talk === undefined || this.#gone.has(id)) return false
    const at = this.#options.clock.now()
    const wanted = due(talk, at)
    if (wanted.post !== undefined) return this.#post(talk, wanted.post)
    if (wanted.say !== undefined) return this.#say(id, wanted.say)
    if (wanted.vanish) return this.#apply(id, { type: "vanish", at }).then(() => true)
    if (wanted.over) return this.#remove(id)
    if (wanted.close && this.#mayNow(this.#closeAt, id)) return this.#close(talk)
    if (wanted.drain && this.#mayNow(this.#drainAt, id)) await this.#drain(id)
    const next = [wanted.next, wanted.close ? this.#closeAt.get(id) : undefined, wanted.drain ? this.#drainAt.get(id) : undefined]
    const times = next.filter((time) => time !== undefined)
    if (times.length > 0) this.#errands.at(id, Math.min(...times))
    return false
  }

  #mayNow(notBefore: Map<Hex, number>, id: Hex): boolean {
    return (notBefore.get(id) ?? 0) <= this.#options.clock.now()
  }

  async #post(talk: TalkState, letter: Outgoing): Promise<boolean> {
    const { seals, mailroom, clock, stamp } = this.#options
    try {
      const envelope = await sealOutgoing(seals, talk, letter, stamp(), clock.now())
      await mailroom.deposit(fromHex(talk.theirs.address), envelope)
      await this.#apply(talk.id, { type: "posted", id: letter.id, seen: talk.head, at: clock.now() })
    } catch (error) {
      if (!(error instanceof PocketProblem || error instanceof SealError)) throw error
      const gone = error instanceof PocketProblem && error.problem === "mailbox-unknown"
      await this.#apply(talk.id, { type: "refused", id: letter.id, gone, at: clock.now() })
    }
    return true
  }

  async #say(id: Hex, { kind, text }: NonNullable<Due["say"]>): Promise<boolean> {
    const { seals, random, clock } = this.#options
    const piece = await newPiece(seals, random, text, clock.now())
    await this.#apply(id, { type: "aside", kind, piece, at: clock.now() })
    return true
  }

  async #close(talk: TalkState): Promise<boolean> {
    const closed = await unlessUnreachable(this.#options.mailroom.close(talk.mine.readKey).then(() => true))
    if (closed === undefined) {
      this.#closeAt.set(talk.id, this.#options.clock.now() + RETRY_MS)
      return true
    }
    await this.#apply(talk.id, { type: "closed" })
    return true
  }

  async #remove(id: Hex): Promise<boolean> {
    await this.#inTurn(id, async (talk) => {
      await this.#options.vault.write([TALKS.remove(id)])
      this.#gone.add(id)
      if (talk.stage !== "burned") this.#talks.delete(id)
    })
    return false
  }

  /** Opens and forgets all that waits at the mailroom; only then may seeds whose time has come die. */
  async #drain(id: Hex): Promise<void> {
    const { mailroom, clock } = this.#options
    this.#drainAt.set(id, clock.now() + DRAIN_AGAIN_MS)
    for (let talk = this.#talks.get(id); talk !== undefined && isRead(talk); talk = this.#talks.get(id)) {
      const fetched = await unlessUnreachable(mailroom.fetch(talk.mine.readKey))
      if (fetched === undefined) return
      if (fetched.envelopes.length === 0) {
        // A clock that jumped burns nothing: what counts is the earlier of this device's time and the mailroom's.
        const [here, there] = [clock.now(), (fetched.today + 1) * DAY_MS]
        await this.#apply(id, { type: "drained", at: Math.min(here, there), latest: Math.max(here, there) })
        return
      }
      for (const delivered of fetched.envelopes) await this.envelope(talk.mine.address, delivered)
      const forgotten = mailroom.forget(talk.mine.readKey, fetched.envelopes.map(({ id: one }) => one)).then(() => true)
      if ((await unlessUnreachable(forgotten)) === undefined) return
    }
  }

  async #opened(talk: TalkState, envelope: Bytes): Promise<"read" | "no-key" | "untrue"> {
    try {
      const opened = await openIncoming(this.#options.seals, talk, envelope)
      if (opened === undefined) return "no-key"
      await this.#apply(talk.id, { type: "arrived", ...opened, at: this.#options.clock.now() })
      return "read"
    } catch (error) {
      if (error instanceof SealError || error instanceof LayoutError || error instanceof ForeignLetter) return "untrue"
      throw error
    }
  }
}

/** Whether anything is still read from the talk's mailbox. */
function isRead(talk: TalkState): boolean {
  return !talk.closing && talk.stage !== "burned"
}

async function unlessUnreachable<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof PocketProblem) return undefined
    throw error
  }
}
