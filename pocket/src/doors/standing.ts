import { minuteOf } from "../clock.ts"
import type { Standing } from "../rules/index.ts"
import type { Peer } from "../trust/index.ts"
import { standsInRota } from "../trust/index.ts"

const [ON_DUTY, SHOWS_AVAILABLE, RESERVE, BACKSTOP] = [0, 1, 2, 3]

/** How a peer stands to a request at this moment, by the rota in the members' part. */
export function standingOf(peer: Peer, at: number): Exclude<Standing, "chosen"> {
  const stands = (tier: number): boolean => standsInRota(peer, minuteOf(at), tier)
  if (stands(ON_DUTY)) return "on-duty"
  if (stands(BACKSTOP)) return "backstop"
  return stands(SHOWS_AVAILABLE) || stands(RESERVE) ? "shows" : "rest"
}

/** Whether this peer helps to run the program, and is rung when nobody else answers: the rota lists them so, now or at another hour. */
export function coordinates({ shifts }: Peer): boolean {
  return shifts.some(({ tier }) => tier === BACKSTOP)
}

/** How many of these are rung only when nobody else answers. */
export function backstopsAmong(peers: readonly Peer[], at: number): number {
  return peers.filter((peer) => standingOf(peer, at) === "backstop").length
}
