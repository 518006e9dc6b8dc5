import type { Clock } from "../clock.ts"

/** A hiccup is not worth a word; after this long without the mailroom the screen says so. */
const SAID_AFTER_MS = 10_000

/** Whether the mailroom has been reached lately. */
export class Reach {
  readonly #clock: Clock
  readonly #changed: () => void
  #failingSince: number | undefined
  #callOff: () => void = () => undefined

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  get offline(): boolean {
    return this.#failingSince !== undefined && this.#clock.now() >= this.#failingSince + SAID_AFTER_MS
  }

  /** A `fetch` that watches how it goes. */
  watching(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (...request) => {
      try {
        const answer = await fetch(...request)
        this.reached()
        return answer
      } catch (error) {
        this.failed()
        throw error
      }
    }
  }

  reached(): void {
    const before = this.offline
    this.#callOff()
    this.#failingSince = undefined
    if (before) this.#changed()
  }

  failed(): void {
    if (this.#failingSince !== undefined) return
    this.#failingSince = this.#clock.now()
    this.#callOff = this.#clock.after(SAID_AFTER_MS, this.#changed)
  }
}
