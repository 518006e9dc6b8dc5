import type { Clock } from "../clock.ts"
import { DAY_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { Mailroom } from "../delivery/index.ts"
import type { Unsaid } from "../doors/index.ts"
import { takeBack } from "../doors/index.ts"
import { Errands } from "../errands.ts"
import type { Random } from "../seal/index.ts"
import type { Store } from "../vault/index.ts"
import { browserStore, hasBrowserStore, memoryStore, Shelf } from "../vault/index.ts"
import { Notifier } from "../waking/index.ts"
import type { Bytes } from "../wire/index.ts"
import { toHex } from "../wire/index.ts"

type Options = Readonly<{ storage: string; fetch: typeof fetch; clock: Clock; random: Random }>
/** A request that must not ring; a way to a phone that the notifier must forget; a duty mailbox whose peer nothing wakes any more. */
export type Debt = (Unsaid & Readonly<{ mailroom: string }>) | Readonly<{ notifier: string; endpoint: Bytes }> | Readonly<{ mailroom: string; dutyKey: Bytes }>
type Kept = Debt & Readonly<{ id: string; until: number }>

const DEBTS = new Shelf<Kept>("open", "owed")
/** No request is kept for longer. */
const LIVES_MS = 7 * DAY_MS

/** What the rooms must still hear after everything was forgotten, so that no phone rings for nobody: of a request nothing but the read key
 * of its reply mailbox and, without a receipt, its pass; of a peer's phone its random number and this week's duty key. Lies beside the
 * vault, not in it; gone once it was said. */
export class Owed {
  readonly #options: Options
  readonly #errands: Errands
  #store: Store = memoryStore()

  constructor(options: Options) {
    this.#options = options
    this.#errands = new Errands(options.clock, (id) => this.#pay(id))
  }

  /** Goes on with what an earlier page left. */
  async load(): Promise<void> {
    if (!(await hasBrowserStore(this.#name))) return
    this.#store = await browserStore(this.#name)
    await this.run()
  }

  /** With `keep` it outlives this page. */
  async add(owing: readonly Debt[], keep: boolean): Promise<void> {
    if (owing.length === 0) return
    if (keep) this.#store = await browserStore(this.#name)
    const { clock, random } = this.#options
    const debts = owing.map((one) => ({ ...one, id: toHex(random(16)), until: lastDayEnds(clock.now()) }))
    await this.#store.write(debts.map((debt) => DEBTS.put(debt.id, debt)))
    await this.run()
  }

  async run(): Promise<void> {
    this.#errands.forgive()
    for (const { id } of await DEBTS.all(this.#store)) this.#errands.run(id)
  }

  async #pay(id: string): Promise<boolean> {
    const debt = await DEBTS.get(this.#store, id)
    if (debt === undefined) return false
    if (this.#options.clock.now() < debt.until && !(await this.#isSaid(debt))) return this.#errands.later(id)
    await this.#store.write([DEBTS.remove(id)])
    if ((await DEBTS.all(this.#store)).length > 0) return false
    await this.#store.destroy()
    this.#store = memoryStore()
    return false
  }

  async #isSaid(debt: Debt): Promise<boolean> {
    try {
      await this.#say(debt)
      return true
    } catch (error) {
      // No such peer there any more: nothing wakes them.
      if (error instanceof PocketProblem) return "dutyKey" in debt && error.problem === "request-unknown"
      throw error
    }
  }

  #say(debt: Debt): Promise<void> {
    const { fetch } = this.#options
    if ("notifier" in debt) return new Notifier(debt.notifier, fetch).forget(debt.endpoint)
    const room = new Mailroom(debt.mailroom, fetch)
    if ("dutyKey" in debt) return room.wakes(debt.dutyKey, "none", [])
    return debt.token === undefined ? room.close(debt.replyKey) : takeBack(room, debt.replyKey, debt.token)
  }

  get #name(): string {
    return `${this.#options.storage}-owed`
  }
}

/** A whole day: to the minute it would tell when everything was forgotten. */
function lastDayEnds(now: number): number {
  return Math.ceil((now + LIVES_MS) / DAY_MS) * DAY_MS
}
