import type { Admission } from "../admission.ts"
import type { Clock } from "../clock.ts"
import { MINUTE_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"

const LOOK_MS = MINUTE_MS
const REFRESH_MS = 30 * MINUTE_MS
/** Whoever taps back and forth asks the mailroom no more often. */
const LOOK_AGAIN_MS = 5_000

type Options = Readonly<{
  clock: Clock
  admission: Pick<Admission, "bulletin" | "refresh">
  isOffline: () => boolean
  /** What else is due once a minute; rejects for no refusal. */
  look: () => Promise<void>
  /** What is due while this pocket follows no program. */
  before: () => Promise<void>
  seen: () => Promise<void>
  looked: () => void
}>

/** Once a minute: a newer bulletin, an epoch's first batch, the turn of shifts and patience. */
export class Looking {
  readonly #options: Options
  /** In a time to come, where this device's date was set right since. */
  #refreshedAt = 0
  #busy = false
  /** Somebody wants a newer list than the last one fetched. */
  #wanted = false
  #callOff: () => void = () => undefined
  #stopped = false

  constructor(options: Options) {
    this.#options = options
  }

  start(): void {
    void this.#look()
  }

  /** What is newer is fetched now, or soon if one has just been fetched. */
  anew(): void {
    this.#wanted = true
    const since = Math.abs(this.#options.clock.now() - this.#refreshedAt)
    if (this.#options.isOffline() || since >= LOOK_AGAIN_MS) void this.#look()
    else this.#lookIn(LOOK_AGAIN_MS - since)
  }

  stop(): void {
    this.#stopped = true
    this.#callOff()
  }

  async #look(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    this.#callOff()
    try {
      await this.#lookNow()
    } finally {
      // Whatever went wrong, in a minute it is looked at again.
      this.#busy = false
      this.#lookIn(this.#wanted ? LOOK_AGAIN_MS : LOOK_MS)
    }
    this.#options.looked()
  }

  #lookIn(ms: number): void {
    this.#callOff()
    if (!this.#stopped) this.#callOff = this.#options.clock.after(ms, () => void this.#look())
  }

  async #lookNow(): Promise<void> {
    const { clock, admission, before, look } = this.#options
    if (admission.bulletin === undefined) return before()
    if (this.#wanted || Math.abs(clock.now() - this.#refreshedAt) >= REFRESH_MS) await this.#refresh()
    await look()
  }

  async #refresh(): Promise<void> {
    this.#wanted = false
    this.#refreshedAt = 0 // until it is done; what fails is tried at the next look
    const done = await this.#options.admission.refresh().catch(ignoreProblem)
    if (done === undefined) return
    this.#refreshedAt = this.#options.clock.now()
    await this.#options.seen()
  }
}

/** What could not be had now is asked for again later; anything but a refusal is our own mistake. */
export function ignoreProblem(error: unknown): undefined {
  if (!(error instanceof PocketProblem)) throw error
  return undefined
}
