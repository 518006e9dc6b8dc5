/** The one clock: handed in everywhere, so that tests can move it. Times are ms since 1970. */
export type Clock = Readonly<{
  now: () => number
  /** Runs once after so many ms, unless called off by what this returns. */
  after: (ms: number, run: () => void) => () => void
}>

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000
export const MINUTES_OF_A_DAY = 1_440
// A timer of a browser counts in 31 bits.
const LONGEST_TIMER_MS = 2 ** 31 - 1

export const browserClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS))
    return () => {
      clearTimeout(timer)
    }
  },
}

/** Whole days since 1970, as the law counts them. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS)
}

/** Whole minutes since 1970. */
export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS)
}
