const SLOTS = 12

/** In which order peers are sealed to: the chosen one, then those on duty, then the rest, each group shuffled, and twelve at most.
 *
 * Never all of a larger program: which addresses got none is weak evidence, and chance keeps it weak. Conflicts are gone already. */
export function slotOrder<T>(peers: readonly T[], isChosen: (peer: T) => boolean, isOnDuty: (peer: T) => boolean, chance: () => number): T[] {
  const rank = (peer: T): number => (isChosen(peer) ? 0 : isOnDuty(peer) ? 1 : 2)
  return shuffled(peers, chance)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, SLOTS)
}

/** Every order equally likely. `chance` gives numbers in [0, 1). */
export function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  const order = items.map((item) => ({ item, place: chance() }))
  return order.sort((a, b) => a.place - b.place).map(({ item }) => item)
}
