import { minuteOf } from "../clock.ts"
import type { Standing } from "../rules/index.ts"
import type { Peer } from "../trust/index.ts"
import { standsInRota } from "../trust/index.ts"

const [ON_DUTY, SHOWS_AVAILABLE, RESERVE, BACKSTOP, OFF_DUTY] = [0, 1, 2, 3, 4]
/** As the mailroom does: who is a backstop and in reserve too is needed as a backstop. */
const MOST_WANTED_FIRST = [ON_DUTY, SHOWS_AVAILABLE, BACKSTOP, RESERVE]
const STANDINGS = ["on-duty", "shows", "shows", "backstop", "rest"] as const

/** A peer's tier at this moment, by the rota in the members' part; 4: in none. */
export function tierOf(peer: Peer, at: number): number {
  return MOST_WANTED_FIRST.find((tier) => standsInRota(peer, minuteOf(at), tier)) ?? OFF_DUTY
}

/** How a peer stands to a request at this moment. */
export function standingOf(peer: Peer, at: number): Exclude<Standing, "chosen"> {
  return STANDINGS[tierOf(peer, at)] ?? "rest"
}

/** Whether this peer helps to run the program, and is rung when nobody else answers: the rota lists them so, now or at another hour. */
export function coordinates({ shifts }: Peer): boolean {
  return shifts.some(({ tier }) => tier === BACKSTOP)
}

/** How many of these are rung only when nobody else answers. */
export function backstopsAmong(peers: readonly Peer[], at: number): number {
  return peers.filter((peer) => standingOf(peer, at) === "backstop").length
}
