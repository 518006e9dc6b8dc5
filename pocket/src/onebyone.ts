/** Does one work after the other, in all windows of this device. */
export type OneByOne = <T>(work: () => Promise<T>) => Promise<T>

/** By a Web Lock of this name; where a browser has none, this window alone keeps its order. */
export function oneByOne(locks: LockManager | undefined, name: string): OneByOne {
  let turns: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    if (locks !== undefined) return locks.request(name, {}, work)
    const done = turns.then(work)
    turns = done.catch(() => undefined)
    return done
  }
}
