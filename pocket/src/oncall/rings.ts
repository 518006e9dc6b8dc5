import type { PeerSide, Urgency } from "../contract.ts"
import type { Hex } from "../talks/state.ts"

/** Who rings now. A request that rings at two of this peer's mailboxes stands here once. */
export type Ringing = Readonly<{ request: Hex; urgency: Urgency; duty: Hex; heardAt: number }>
export type Rings = Readonly<{ ringing: readonly Ringing[]; hushed: PeerSide["hushed"] }>

export const QUIET: Rings = { ringing: [], hushed: undefined }
/** As long as the mailroom lets a phone ring; it says nothing when it goes on to the next. */
const RINGS_FOR_MS = 90_000

/** Rung, perhaps not for the first time. What was said about an earlier request is over. */
export function rung({ ringing }: Rings, ring: Ringing): Rings {
  const before = ringing.find(({ request }) => request === ring.request)
  const others = ringing.map((one) => (one === before ? { ...one, heardAt: ring.heardAt } : one))
  return { ringing: before === undefined ? [...ringing, ring] : others, hushed: undefined }
}

/** Over; why is said only of what was seen ringing. */
export function hushed(rings: Rings, request: Hex, reason: PeerSide["hushed"]): Rings {
  const left = rings.ringing.filter((one) => one.request !== request)
  return left.length === rings.ringing.length ? rings : { ringing: left, hushed: reason }
}

/** The mailroom repeats what still rings when these mailboxes are listened to: what it did not repeat since then is over. */
export function notRepeated(rings: Rings, mailboxes: readonly Hex[], since: number): Rings {
  return { ...rings, ringing: rings.ringing.filter(({ duty, heardAt }) => heardAt >= since || !mailboxes.includes(duty)) }
}

export function stillRinging(rings: Rings, at: number): Rings {
  return { ...rings, ringing: rings.ringing.filter(({ heardAt }) => at < heardAt + RINGS_FOR_MS) }
}

/** When the next ring is over by itself, in ms. */
export function nextSilence({ ringing }: Rings): number | undefined {
  return ringing.length === 0 ? undefined : Math.min(...ringing.map(({ heardAt }) => heardAt + RINGS_FOR_MS))
}
