import type { Clock } from "../clock.ts"
import { dayOf, minuteOf, MINUTES_OF_A_DAY } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import { allKept, takenIn } from "../kept/index.ts"
import type { Random, SlotKeys } from "../seal/index.ts"
import { bodyDigest, openSlot, SealError, sealSlot, sha256 } from "../seal/index.ts"
import { receiptHolds } from "../trust/index.ts"
import type { Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"
import type { Bytes, Charter } from "../wire/index.ts"
import { encodeSlotOpened, LayoutError, SLOTS_PATH } from "../wire/index.ts"
import type { Sources } from "./contents.ts"
import { gathered, keptIn } from "./contents.ts"

export type SlotOptions = Sources &
  Readonly<{
    vault: Pick<Vault, "list" | "read" | "write">
    mailroom: Pick<Mailroom, "openSlot" | "fetchSlot" | "writeSlot" | "forgetSlot">
    passes: Readonly<{ tokensLeft: number; takeToken: (today: number) => Promise<Bytes | undefined> }>
    charter: () => Charter | undefined
    clock: Clock
    random: Random
    changed: () => void
  }>

/** What the words gave: sealed in the vault, so that only an open pocket writes. */
type OwnSlot = SlotKeys & Readonly<{ programId: Bytes }>

/** `replaced`: the hash of the copy that lies there. `pending`: what is sent until it is answered, the very same bytes. */
type SlotState = Readonly<{
  opened: boolean
  off: boolean
  replaced: Bytes
  day: number | undefined
  dueMinute: number
  pending?: Readonly<{ token: Bytes; body: Bytes }> | undefined
}>

const OWN = "own"
const KEYS = new Shelf<OwnSlot>("sealed", "slot-keys")
const STATE = new Shelf<SlotState>("open", "slot")
const NEW: SlotState = { opened: false, off: false, replaced: new Uint8Array(32), day: undefined, dueMinute: 0 }
const CREATED = 201
const REFUSED_MINUTES = 60
/** No write is put off for longer. */
const LONGEST_MINUTES = 2 * MINUTES_OF_A_DAY

/** Keeps the sealed copy at the mailroom: opened with a pass once there are words, then written once a day at a random minute. */
export class SlotKeeper {
  readonly #options: SlotOptions
  #state: SlotState = NEW
  #known = false
  #turns: Promise<unknown> = Promise.resolve()

  private constructor(options: SlotOptions) {
    this.#options = options
  }

  static async open(options: SlotOptions): Promise<SlotKeeper> {
    const keeper = new SlotKeeper(options)
    keeper.#state = (await STATE.get(options.vault, OWN)) ?? NEW
    keeper.#known = (await KEYS.get(options.vault, OWN)) !== undefined
    return keeper
  }

  /** Whether this pocket can write, and of which day the copy is; undefined where nothing is to be kept. */
  get view(): Readonly<{ day?: number }> | undefined {
    const { day, off } = this.#state
    if (off || (!this.#known && day === undefined)) return undefined
    return day === undefined ? {} : { day }
  }

  get knowsKeys(): boolean {
    return this.#known
  }

  /** The words were typed. `found`: a copy that they opened, to be written over from now on. */
  learn(keys: OwnSlot, found?: Readonly<{ body: Bytes; day: number }>): Promise<void> {
    return this.#inTurn(async () => {
      const state = found === undefined ? this.#state : { ...NEW, opened: true, replaced: await sha256(found.body), day: found.day, dueMinute: this.#minute() }
      await this.#options.vault.write([KEYS.put(OWN, keys), STATE.put(OWN, state)])
      this.#state = state
      this.#known = true
      this.#options.changed()
    })
  }

  /** Does what is due now. Throws PocketProblem; what was not answered is sent again, the very same. */
  goOn(): Promise<void> {
    return this.#inTurn(async () => {
      const keys = await KEYS.get(this.#options.vault, OWN)
      if (keys === undefined || this.#state.off || !this.#isDue()) return
      if (this.#state.opened) await this.#write(keys)
      else await this.#openSlot(keys)
    })
  }

  /** Now, and not at the day's minute: somebody is about to change phones. */
  async renew(): Promise<void> {
    await this.#inTurn(() => this.#keep({ ...this.#state, dueMinute: 0 }))
    await this.goOn()
  }

  /** No copy from now on, and none at the mailroom. */
  forget(): Promise<void> {
    return this.#inTurn(async () => {
      const keys = await KEYS.get(this.#options.vault, OWN)
      if (keys === undefined) throw new PocketProblem("locked")
      await this.#options.mailroom.forgetSlot(keys.readKey)
      await this.#keep({ ...NEW, off: true })
    })
  }

  async #openSlot(keys: OwnSlot): Promise<void> {
    const { mailroom } = this.#options
    const pending = this.#state.pending ?? (await this.#paidFor(keys))
    if (pending === undefined) return
    const { token, body } = pending
    const asked = encodeSlotOpened(keys.readKey, body)
    const receipt = await this.#orLater(() => mailroom.openSlot(asked, token), {
      "token-spent": { ...this.#state, pending: undefined },
      "token-invalid": { ...this.#state, pending: undefined },
      "slot-changed": { ...NEW, opened: true },
    })
    if (receipt === undefined) return
    const paid = { path: SLOTS_PATH, bodyDigest: await bodyDigest("POST", SLOTS_PATH, asked), status: CREATED, receipt }
    const charter = this.#options.charter()
    if (charter === undefined || !(await receiptHolds(charter, paid))) return this.#keep({ ...this.#state, dueMinute: this.#minute() + REFUSED_MINUTES })
    await this.#written(body)
  }

  /** The last pass is for a person, not for a copy. */
  async #paidFor(keys: OwnSlot): Promise<SlotState["pending"]> {
    const { passes, clock } = this.#options
    if (passes.tokensLeft < 2) return undefined
    const token = await passes.takeToken(dayOf(clock.now()))
    if (token === undefined) return undefined
    const pending = { token, body: await this.#sealed(keys) }
    await this.#keep({ ...this.#state, pending })
    return pending
  }

  async #write(keys: OwnSlot): Promise<void> {
    const { mailroom } = this.#options
    const body = await this.#sealed(keys)
    try {
      await mailroom.writeSlot(keys.readKey, this.#state.replaced, body)
    } catch (error) {
      if (!(error instanceof PocketProblem) || error.problem !== "slot-changed") return this.#notWritten(error)
      return this.#orLater(() => this.#writeOver(keys), {})
    }
    await this.#written(body)
  }

  /** Another phone with the same words wrote since: whom it kept is taken in, and then this one writes. */
  async #writeOver(keys: OwnSlot): Promise<void> {
    const { mailroom, vault, random } = this.#options
    const found = await mailroom.fetchSlot(keys.readKey)
    await vault.write(takenIn(await allKept(vault), keptIn(await opened(found, keys)), random))
    const body = await this.#sealed(keys)
    await mailroom.writeSlot(keys.readKey, await sha256(found), body)
    await this.#written(body)
  }

  /** The mailroom knows of no slot any more: it is opened anew. Throws all other refusals, tried again in a while. */
  async #notWritten(error: unknown): Promise<void> {
    await this.#orLater(() => Promise.reject(error as Error), { "slot-unknown": { ...NEW, day: this.#state.day } })
  }

  async #written(body: Bytes): Promise<void> {
    const { clock, random } = this.#options
    const day = dayOf(clock.now())
    const minute = new DataView(random(4).buffer).getUint32(0) % MINUTES_OF_A_DAY
    await this.#keep({ ...NEW, opened: true, replaced: await sha256(body), day, dueMinute: (day + 1) * MINUTES_OF_A_DAY + minute })
  }

  async #sealed(keys: OwnSlot): Promise<Bytes> {
    const { clock, random } = this.#options
    return sealSlot(await gathered(this.#options, dayOf(clock.now())), keys, keys.programId, random)
  }

  /** What came of it. Refusals named in `then` are answered with that state; others are tried again in an hour, no answer in a minute. */
  async #orLater<T>(ask: () => Promise<T>, then: Readonly<Record<string, SlotState>>): Promise<T | undefined> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof PocketProblem)) throw error
      const next = then[error.problem]
      if (next !== undefined) {
        await this.#keep(next)
        return undefined
      }
      if (error.problem !== "unreachable") await this.#keep({ ...this.#state, dueMinute: this.#minute() + REFUSED_MINUTES })
      throw error
    }
  }

  async #keep(state: SlotState): Promise<void> {
    await this.#options.vault.write([STATE.put(OWN, state)])
    this.#state = state
    this.#options.changed()
  }

  /** Its time has come, or stands further ahead than it can have been put off: this device's date was set back since. */
  #isDue(): boolean {
    const ahead = this.#state.dueMinute - this.#minute()
    return ahead <= 0 || ahead > LONGEST_MINUTES
  }

  #minute(): number {
    return minuteOf(this.#options.clock.now())
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }
}

/** Opens what lies there. Throws PocketProblem("not-proven") for what these words do not open. */
async function opened(body: Bytes, keys: OwnSlot): ReturnType<typeof openSlot> {
  try {
    return await openSlot(body, keys, keys.programId)
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) throw new PocketProblem("not-proven")
    throw error
  }
}
