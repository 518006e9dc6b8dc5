import type { Clock } from "./clock.ts"

const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 30_000

/** Does what is due for each of several things, one step after the other, and looks again when it is time.
 *
 * `doNext` does one step and says whether there is another right now; what it throws is tried again later. */
export class Errands {
  readonly #clock: Clock
  readonly #doNext: (id: string) => Promise<boolean>
  #busy = new Map<string, "busy" | "again">()
  #failures = new Map<string, number>()
  #timers = new Map<string, () => void>()
  #stopped = false

  constructor(clock: Clock, doNext: (id: string) => Promise<boolean>) {
    this.#clock = clock
    this.#doNext = doNext
  }

  /** Looks now; while a step is under way, right after it. */
  run(id: string): void {
    if (this.#stopped) return
    if (this.#busy.has(id)) {
      this.#busy.set(id, "again")
      return
    }
    void this.#working(id)
  }

  /** It did not work: again after a while, ever longer. Says false, for `doNext` to end with. */
  later(id: string): false {
    const failures = this.#failures.get(id) ?? 0
    this.#failures.set(id, failures + 1)
    this.at(id, this.#clock.now() + Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS))
    return false
  }

  /** Looks again at this time, in ms since 1970. */
  at(id: string, time: number): void {
    this.#timers.get(id)?.()
    if (this.#stopped) return
    const wake = (): void => {
      this.run(id)
    }
    this.#timers.set(id, this.#clock.after(Math.max(0, time - this.#clock.now()), wake))
  }

  /** The way is clear again: nothing waits because it failed before. */
  forgive(): void {
    this.#failures.clear()
  }

  stop(): void {
    this.#stopped = true
    for (const off of this.#timers.values()) off()
    this.#timers.clear()
  }

  async #working(id: string): Promise<void> {
    try {
      do this.#busy.set(id, "busy")
      while ((await this.#doNext(id)) || this.#busy.get(id) === "again")
    } catch {
      this.later(id)
    } finally {
      // In the same breath as the last look at "again": nothing asked for in between is overlooked.
      this.#busy.delete(id)
    }
  }
}
