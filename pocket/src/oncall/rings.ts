import type { PeerSide, Urgency } from "../contract.ts"
import type { Hex } from "../talks/state.ts"

/** Who rings now. A request that rings at two of this peer's mailboxes stands here once. */
export type Ringing = Readonly<{ request: Hex; urgency: Urgency; duty: Hex; heardAt: number }>
export type Drill = Readonly<{ duty: Hex; id: Hex; heardAt: number }>
export type Rings = Readonly<{ ringing: readonly Ringing[]; hushed: PeerSide["hushed"]; drill: Drill | undefined }>

export const QUIET: Rings = { ringing: [], hushed: undefined, drill: undefined }
/** As long as the mailroom lets a phone ring; it says nothing when it goes on to the next. */
const RINGS_FOR_MS = 90_000
/** Then the mailroom has forgotten it too. */
const DRILL_LASTS_MS = 15 * 60_000

/** Rung, perhaps not for the first time. What was said about an earlier request is over. */
export function rung({ ringing, drill }: Rings, ring: Ringing): Rings {
  const before = ringing.find(({ request }) => request === ring.request)
  const others = ringing.map((one) => (one === before ? { ...one, heardAt: ring.heardAt, urgency: ring.urgency } : one))
  return { ringing: before === undefined ? [...ringing, ring] : others, hushed: undefined, drill }
}

/** Over; why is said only of what was seen ringing. */
export function hushed(rings: Rings, request: Hex, reason: PeerSide["hushed"]): Rings {
  const left = rings.ringing.filter((one) => one.request !== request)
  return left.length === rings.ringing.length ? rings : { ...rings, ringing: left, hushed: reason }
}

/** The mailroom repeats what still rings when these mailboxes are listened to: what it did not repeat since then is over. */
export function notRepeated(rings: Rings, mailboxes: readonly Hex[], since: number): Rings {
  return { ...rings, ringing: rings.ringing.filter(({ duty, heardAt }) => heardAt >= since || !mailboxes.includes(duty)) }
}

export function stillRinging(rings: Rings, at: number): Rings {
  const drill = drillStands(rings, at) ? rings.drill : undefined
  return { ...rings, ringing: rings.ringing.filter(({ heardAt }) => at < heardAt + RINGS_FOR_MS), drill }
}

/** A drill, perhaps said again after a line was lost. */
export function drillRung(rings: Rings, drill: Drill): Rings {
  return { ...rings, drill: rings.drill?.id === drill.id ? rings.drill : drill }
}

export function drillStands({ drill }: Rings, at: number): boolean {
  return drill !== undefined && at < drill.heardAt + DRILL_LASTS_MS
}

/** When the next ring, or the drill, is over by itself, in ms. */
export function nextSilence({ ringing, drill }: Rings): number | undefined {
  const ends = [...ringing.map(({ heardAt }) => heardAt + RINGS_FOR_MS), ...(drill === undefined ? [] : [drill.heardAt + DRILL_LASTS_MS])]
  return ends.length === 0 ? undefined : Math.min(...ends)
}
