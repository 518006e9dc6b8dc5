/** For tests: a clock that stands until it is moved. */
import type { Clock } from "./clock.ts"

export class FakeClock implements Clock {
  #now: number
  readonly #settle: () => Promise<void>
  #timers: { at: number; run: () => void }[] = []

  /** `settle` waits until all that a moment set going has come to rest. */
  constructor(start: number, settle = settled) {
    this.#now = start
    this.#settle = settle
  }

  readonly now = (): number => this.#now

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  /** Somebody sets the clock: no time passes. */
  jump(ms: number): void {
    this.#now += ms
  }

  /** Moves on, ringing each timer at its time and letting all that follows from it settle. */
  async move(ms: number): Promise<void> {
    const until = this.#now + ms
    await this.#settle()
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await this.#settle()
    }
    this.#now = until
  }
}

/** Lets everything that can go on go on. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      resolve(undefined)
    }
    channel.port2.postMessage(0)
  })
}
