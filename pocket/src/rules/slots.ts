const SLOTS = 12
const BACKSTOPS = 2

/** How somebody stands to this request, now: `shows`, they show available or are in reserve; `backstop`, they agreed to be rung when nobody
 * answers; `rest`, their shift is another time. Whoever is on duty is that first, whatever else they are. */
export type Standing = "chosen" | "on-duty" | "backstop" | "shows" | "rest"

/** To whom a request is sealed, and in which order: the chosen one, those on duty, two backstops, those who show available, the rest; each
 * group shuffled, and twelve at most. Conflicts are gone already.
 *
 * Two backstops always: however many are on duty, a request that nobody answers ends at somebody who agreed to that. Never all of a larger
 * program: which addresses got none is weak evidence, and chance keeps it weak. `chance` gives a number in [0, 1) for each peer in turn. */
export function slotOrder<T>(peers: readonly T[], standingOf: (peer: T) => Standing, chance: () => number): T[] {
  const order = shuffled(peers, chance)
  const those = (standing: Standing): T[] => order.filter((peer) => standingOf(peer) === standing)
  const backstops = those("backstop")
  const net = backstops.slice(0, BACKSTOPS)
  const first = [...those("chosen"), ...those("on-duty")].slice(0, SLOTS - net.length)
  return [...first, ...net, ...those("shows"), ...those("rest"), ...backstops.slice(BACKSTOPS)].slice(0, SLOTS)
}

/** Who has no copy yet and should have one: whoever may be rung now, and backstops until two of them have one. In `peers` stand those without
 * a copy; `backstopsAsked` of the others are backstops. Each group is shuffled as `slotOrder` does: the first of a list would always ring first. */
export function toAskNow<T>(peers: readonly T[], standingOf: (peer: T) => Standing, backstopsAsked: number, chance: () => number): T[] {
  const order = shuffled(peers, chance)
  const may = (standing: Standing): T[] => order.filter((peer) => standingOf(peer) === standing)
  const net = may("backstop").slice(0, Math.max(0, BACKSTOPS - backstopsAsked))
  return [...may("on-duty").slice(0, SLOTS - net.length), ...net, ...may("shows")].slice(0, SLOTS)
}

/** Every order equally likely. `chance` gives numbers in [0, 1). */
export function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  const order = items.map((item) => ({ item, place: chance() }))
  return order.sort((a, b) => a.place - b.place).map(({ item }) => item)
}
