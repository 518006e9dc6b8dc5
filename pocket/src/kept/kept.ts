import type { Clock } from "../clock.ts"
import { dayOf } from "../clock.ts"
import type { OwnProblem } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Random } from "../seal/index.ts"
import { tidyWords } from "../talks/pieces.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import type { Change, Vault } from "../vault/index.ts"
import type { Bytes, SealedRequest, Vouch } from "../wire/index.ts"
import { fromHex, KEPT_NAME_BYTES, REMINDER_BYTES, sameBytes, toHex, utf8 } from "../wire/index.ts"
import { recognised } from "./recognising.ts"
import type { KeptPeer, Reminder } from "./records.ts"
import { allKept, KEPT_PEERS, REMINDERS } from "./records.ts"

type Options = Readonly<{ vault: Pick<Vault, "list" | "read" | "write">; clock: Clock; random: Random; changed: () => void }>

/** A talk from which a keepsake was taken out, and what is to be written with it; `done` once it is. */
export type PutAway = Readonly<{ talk: TalkState; changes: readonly Change[]; done: () => void }>

/** Whom this pocket kept, and who kept it. On disk before it is true; nothing of it leaves the device but a keepsake and its proofs. */
export class Kept {
  readonly #options: Options
  #peers: readonly KeptPeer[] = []
  #reminders: readonly Reminder[] = []

  constructor(options: Options) {
    this.#options = options
  }

  async load(): Promise<void> {
    const { peers, reminders } = await allKept(this.#options.vault)
    this.#peers = peers
    this.#reminders = reminders
  }

  /** The officer's, oldest first. */
  get peers(): readonly KeptPeer[] {
    return this.#peers
  }

  /** The peer's, oldest first. */
  get reminders(): readonly Reminder[] {
    return this.#reminders
  }

  /** Keeps this peer under a name; `tell` sends the keepsake and writes the record in one transaction. Throws `kept-name`, or what `tell` throws.
   * Kept before: the new keepsake takes the place of the old one. */
  async keep({ handle, signingKey, agreementKey }: Vouch, name: string, tell: (keepsake: Bytes, record: Change) => Promise<void>): Promise<void> {
    const { clock, random } = this.#options
    const id = this.#peers.find((one) => isSamePeer(one, { signingKey, agreementKey }))?.id ?? toHex(random(16))
    const peer = { id, name: fitting(name, KEPT_NAME_BYTES, "kept-name"), handle, signingKey, agreementKey, keepsake: random(32), day: dayOf(clock.now()) }
    await tell(peer.keepsake, KEPT_PEERS.put(id, peer))
    this.#peers = replaced(this.#peers, peer)
    this.#options.changed()
  }

  /** Throws `kept-name`. */
  async rename(id: Hex, name: string): Promise<void> {
    const peer = this.#peers.find((one) => one.id === id)
    if (peer === undefined) return
    const renamed = { ...peer, name: fitting(name, KEPT_NAME_BYTES, "kept-name") }
    await this.#options.vault.write([KEPT_PEERS.put(id, renamed)])
    this.#peers = replaced(this.#peers, renamed)
    this.#options.changed()
  }

  async forgetPeer(id: Hex): Promise<void> {
    await this.#options.vault.write([KEPT_PEERS.remove(id)])
    this.#peers = this.#peers.filter((one) => one.id !== id)
    this.#options.changed()
  }

  /** The peer's own words about somebody nameless; may be empty. Throws `reminder-long`. */
  async remind(id: Hex, words: string): Promise<void> {
    const reminder = this.#reminders.find((one) => one.id === id)
    if (reminder === undefined) return
    const reminded = { ...reminder, words: words.trim() === "" ? "" : fitting(words, REMINDER_BYTES, "reminder-long") }
    await this.#options.vault.write([REMINDERS.put(id, reminded)])
    this.#reminders = replaced(this.#reminders, reminded)
    this.#options.changed()
  }

  async forgetReminder(id: Hex): Promise<void> {
    await this.#options.vault.write([REMINDERS.remove(id)])
    this.#reminders = this.#reminders.filter((one) => one.id !== id)
    this.#options.changed()
  }

  /** Who asks again, of those who kept this peer; undefined for everybody else. */
  recognises(request: SealedRequest, ownAgreementKey: Bytes): Promise<Reminder | undefined> {
    return recognised(request, ownAgreementKey, this.#reminders)
  }

  /** A keepsake that a letter brought goes from the talk to where it is kept: one for a talk, the newest. */
  putAway(talk: TalkState): PutAway {
    const { keepsake, ...without } = talk
    if (keepsake === undefined) return { talk, changes: [], done: () => undefined }
    const { clock, random, changed } = this.#options
    const before = this.#reminders.find(({ id }) => id === talk.reminder?.id)
    const { id, words } = before ?? { id: toHex(random(16)), words: "" }
    const reminder = { id, words, keepsake: fromHex(keepsake), day: dayOf(clock.now()) }
    return {
      talk: { ...without, reminder: { id, before: before !== undefined && talk.reminder?.before === true } },
      changes: [REMINDERS.put(id, reminder)],
      done: () => {
        this.#reminders = replaced(this.#reminders, reminder)
        changed()
      },
    }
  }
}

/** A kept peer is the pair of identity keys: any other pair is another peer, whatever it is called. */
export function isSamePeer(a: Keys, b: Keys): boolean {
  return sameBytes(a.signingKey, b.signingKey) && sameBytes(a.agreementKey, b.agreementKey)
}

type Keys = Pick<Vouch, "signingKey" | "agreementKey">

function fitting(words: string, mostBytes: number, problem: OwnProblem): string {
  const tidy = tidyWords(words).replaceAll("\n", " ")
  const { length } = utf8(tidy)
  if (length === 0 || length > mostBytes) throw new PocketProblem(problem)
  return tidy
}

function replaced<T extends Readonly<{ id: Hex }>>(records: readonly T[], record: T): readonly T[] {
  const at = records.findIndex(({ id }) => id === record.id)
  return at < 0 ? [...records, record] : records.with(at, record)
}
