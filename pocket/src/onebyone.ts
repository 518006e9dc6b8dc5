import type { Clock } from "./clock.ts"

/** Does one work after the other, in all windows of this device. */
export type OneByOne = <T>(work: () => Promise<T>) => Promise<T>

/** Another window may be frozen in the midst of its work, and somebody may be waiting for a pass here. */
const LONGEST_WAIT_MS = 10_000

/** By a Web Lock of this name; where a browser has none, this window alone keeps its order. Whoever waited for ten seconds goes first. */
export function oneByOne(locks: LockManager | undefined, name: string, after: Clock["after"]): OneByOne {
  let turns: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    if (locks !== undefined) return inLine(locks, name, after, work)
    const done = turns.then(work)
    turns = done.catch(() => undefined)
    return done
  }
}

/** What the work says counts, also when another window took the lock away meanwhile. */
function inLine<T>(locks: LockManager, name: string, after: Clock["after"], work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const waiting = new AbortController()
    const callOff = after(LONGEST_WAIT_MS, () => {
      waiting.abort()
    })
    let begun = false
    const begin = (): Promise<unknown> => {
      begun = true
      callOff()
      const done = work()
      done.then(resolve, reject)
      return done.catch(() => undefined)
    }
    // Whatever becomes of the lock, the work is done, and once.
    const goFirst = (): unknown => (begun ? undefined : locks.request(name, { steal: true }, begin))
    const goAnyway = (): unknown => (begun ? undefined : begin())
    locks.request(name, { signal: waiting.signal }, begin).catch(goFirst).catch(goAnyway)
  })
}
