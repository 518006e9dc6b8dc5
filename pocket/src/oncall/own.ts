import type { DutySettings, PeerSide } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailbox, Mailroom } from "../delivery/index.ts"
import { Errands } from "../errands.ts"
import type { Hex } from "../talks/state.ts"
import type { Talks } from "../talks/talks.ts"
import type { Bytes } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import type { ReachedOptions } from "./reached.ts"
import { Reached } from "./reached.ts"
import { BUDDY, IDENTITY, OWN, SETTINGS } from "./records.ts"
import { FRESH, HOUR_MINUTES, isFull, nextOwnTurn } from "./settings.ts"
import type { TellingOptions, Wanted } from "./telling.ts"
import { Telling } from "./telling.ts"

export type OwnOptions = ReachedOptions & TellingOptions & Readonly<{ mailroom: Pick<Mailroom, "testWake">; talks: Pick<Talks, "all"> }>
type Enrolled = Readonly<{ mailboxes: () => readonly Mailbox[]; today: () => number; inReserve: () => boolean; openedDay: () => number }>

/** What must be taken back when everything is forgotten: the numbers of this peer's phones, and the key of who says so at the mailroom.
 * `heard` rejects where a room did not hear of it. */
export type Leaving = Readonly<{ endpoints: readonly Bytes[]; dutyKeys: readonly Bytes[]; heard: Promise<void> }>

const TELL = "tell"
const LOOK = "look"
/** A rest that is renewed day by day is looked at so often. */
const RENEWED_WITHIN_MS = 3_600_000

/** How a peer wants to be rung and spared: kept on this device, and told to the rooms that must know. */
export class Own {
  readonly reached: Reached
  readonly #options: OwnOptions
  readonly #enrolled: Enrolled
  readonly #telling: Telling
  readonly #errands: Errands
  /** What this peer chose, and nothing else: of the rest the desk has its own word until then. */
  #chosen: Partial<DutySettings> = {}
  #full = false
  #buddy: PeerSide["buddy"]

  constructor(options: OwnOptions, enrolled: Enrolled) {
    this.#options = options
    this.#enrolled = enrolled
    this.reached = new Reached(options)
    this.#telling = new Telling(options)
    this.#errands = new Errands(options.clock, (what) => (what === TELL ? this.#tell() : this.#look()))
  }

  async load(): Promise<void> {
    const { vault } = this.#options
    this.#chosen = (await SETTINGS.get(vault, OWN)) ?? {}
    this.#buddy = await BUDDY.get(vault, OWN)
    await Promise.all([this.reached.load(), this.#telling.load()])
    // A locked pocket sees no talk: too many stay too many until it is opened.
    const isLocked = (await IDENTITY.get(vault, OWN)) === undefined
    this.#full = isLocked && this.#settings.mostTalks > 0 && this.#telling.toldRestHour > this.#settings.restsUntil / HOUR_MINUTES + 1
  }

  get view(): Pick<PeerSide, "settings" | "full" | "untold" | "reach" | "buddy"> {
    return {
      settings: this.#settings,
      full: this.#full,
      untold: !this.#telling.knows(this.#wanted()),
      reach: this.reached.view,
      ...(this.#buddy === undefined ? {} : { buddy: this.#buddy }),
    }
  }

  get nextTurn(): number {
    return nextOwnTurn(this.#settings, this.#options.clock.now())
  }

  /** Kept at once; whoever must know is told as soon as they can be reached. */
  async change(changes: Partial<DutySettings>): Promise<void> {
    const chosen = { ...this.#chosen, ...changes }
    await this.#options.vault.write([SETTINGS.put(OWN, chosen)])
    this.#chosen = chosen
    await this.talksChanged()
    this.tellSoon()
    this.#options.changed()
  }

  /** On this device and nowhere else. Throws `locked`. */
  async setBuddy(buddy: PeerSide["buddy"]): Promise<void> {
    const { vault, changed } = this.#options
    await this.#mustBeOpen()
    await vault.write([buddy === undefined ? BUDDY.remove(OWN) : BUDDY.put(OWN, buddy)])
    this.#buddy = buddy
    changed()
  }

  /** As many talks as this peer said are enough: no other rings, until one of them is over. A locked pocket sees no talk, and changes nothing. */
  async talksChanged(): Promise<void> {
    const full = isFull(this.#settings, this.#options.talks.all)
    if (full === this.#full || (await IDENTITY.get(this.#options.vault, OWN)) === undefined) return
    this.#full = full
    this.tellSoon()
    this.#options.changed()
  }

  /** Tells and looks in the background, and again until it is done. */
  goOn(): void {
    this.tellSoon()
    this.#errands.run(LOOK)
  }

  tellSoon(): void {
    this.#errands.forgive()
    this.#errands.run(TELL)
  }

  /** Wakes this peer's own channel as a ring would. Throws PocketProblem. */
  async test(id: Hex): Promise<void> {
    const place = this.reached.placeOf(id)
    const [mailbox] = this.#enrolled.mailboxes()
    if (place === undefined || mailbox === undefined) throw new PocketProblem("not-listed")
    await this.#telling.tellMailroom(this.#wanted())
    try {
      await this.#options.mailroom.testWake(mailbox.readKey, place)
    } catch (error) {
      // Found dead by the test itself: shown as such at once.
      if (error instanceof PocketProblem && error.problem === "endpoint-unknown") await this.reached.look().catch(() => undefined)
      throw error
    }
    this.reached.testing(id)
  }

  /** Another invitation, another peer: nothing of the one before is told for this one. */
  async forget(): Promise<void> {
    for (const id of this.reached.ids) await this.reached.remove(id)
    this.#chosen = {}
    this.#buddy = undefined
    await this.#options.vault.write([SETTINGS.remove(OWN), BUDDY.remove(OWN)])
    await this.#telling.forget()
  }

  /** Everything here is about to be forgotten: this browser is woken no more at once, and the rooms are told. */
  leave(): Leaving {
    const endpoints = this.reached.ids.map(fromHex)
    if (endpoints.length === 0) return { endpoints, dutyKeys: [], heard: Promise.resolve() }
    const dutyKeys = this.#enrolled.mailboxes().slice(0, 1).map(({ readKey }) => readKey)
    return { endpoints, dutyKeys, heard: this.#unwoken() }
  }

  stop(): void {
    this.#errands.stop()
  }

  async #unwoken(): Promise<void> {
    const heard = await Promise.allSettled([this.reached.leave(), this.#telling.tellMailroom({ ...this.#wanted(), endpoints: [] })])
    for (const one of heard) if (one.status === "rejected") throw one.reason
  }

  async #tell(): Promise<boolean> {
    if (this.#enrolled.mailboxes().length === 0) return false
    await this.#telling.tell(this.#wanted())
    const now = this.#options.clock.now()
    const renewal = this.#full ? now + RENEWED_WITHIN_MS : Infinity
    const next = Math.min(nextOwnTurn(this.#settings, now), renewal)
    if (next < Infinity) this.#errands.at(TELL, next)
    this.#options.changed()
    return false
  }

  async #look(): Promise<boolean> {
    if (this.#enrolled.mailboxes().length > 0) await this.reached.lookIfDue()
    this.#errands.run(TELL)
    return false
  }

  get #settings(): DutySettings {
    const reserve = this.#telling.toldReserve ?? this.#enrolled.inReserve()
    return { ...FRESH, reserve, ...this.#chosen }
  }

  #wanted(): Wanted {
    const { ids, reachedDay } = this.reached
    return { settings: this.#settings, inReserve: this.#enrolled.inReserve(), full: this.#full, endpoints: ids, reachedDay, openedDay: this.#enrolled.openedDay(), mailboxes: this.#enrolled.mailboxes(), today: this.#enrolled.today() }
  }

  async #mustBeOpen(): Promise<void> {
    if ((await IDENTITY.get(this.#options.vault, OWN)) === undefined) throw new PocketProblem("locked")
  }
}
