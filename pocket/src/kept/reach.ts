import { minuteOf } from "../clock.ts"
import type { KeptCard, Talk } from "../contract.ts"
import type { Mine } from "../rules/index.ts"
import { inConflict } from "../rules/index.ts"
import type { TalkState } from "../talks/state.ts"
import type { Peer } from "../trust/index.ts"
import { standsInRota } from "../trust/index.ts"
import type { Vouch } from "../wire/index.ts"
import { sameBytes, toHex } from "../wire/index.ts"
import { isSamePeer } from "./kept.ts"
import type { KeptPeer, Reminder } from "./records.ts"

/** What this pocket knows of the program's peers. `vouches`: all who are vouched for today, also those who cannot be sealed to this week;
 * undefined where the list cannot be read. */
export type Known = Readonly<{ vouches: readonly Vouch[] | undefined; peers: readonly Peer[]; isFresh: boolean; mine: Mine; at: number }>

const ON_DUTY = 0

/** A kept peer as screens show them: says only what the program's list says today. */
export function cardOf(kept: KeptPeer, known: Known): KeptCard {
  const { id, name, handle } = kept
  return { id, name, handle, ...reachOf(kept, known) }
}

/** What was kept of or from the other side of this talk. */
export function keptIn(talk: TalkState, peers: readonly KeptPeer[], reminders: readonly Reminder[]): Pick<Talk, "peer" | "kept" | "reminder"> {
  if (talk.role === "officer") {
    const kept = peers.find(({ agreementKey }) => sameBytes(agreementKey, talk.theirs.staticPublic))
    return { peer: toHex(talk.theirs.staticPublic), ...(kept === undefined ? {} : { kept: kept.name }) }
  }
  const reminder = reminders.find(({ id }) => id === talk.reminder?.id)
  return reminder === undefined ? {} : { reminder: { id: reminder.id, words: reminder.words, before: talk.reminder?.before === true } }
}

/** Whether the peer of this talk has left the program, as far as a list of today says so. With a new phone one has not left. */
export function hasLeft({ role, stage, with: handle, theirs }: TalkState, { vouches, isFresh }: Pick<Known, "vouches" | "isFresh">): boolean {
  if (role !== "officer" || stage !== "open" || !isFresh || vouches === undefined) return false
  return !vouches.some((vouch) => vouch.handle === handle || sameBytes(vouch.agreementKey, theirs.staticPublic))
}

function reachOf(kept: KeptPeer, { vouches, peers, isFresh, mine, at }: Known): Pick<KeptCard, "reach" | "other"> {
  const peer = peers.find(({ vouch }) => isSamePeer(vouch, kept))
  if (peer !== undefined) {
    if (inConflict(peer.conflicts, mine, false)) return { reach: "apart" }
    return { reach: standsInRota(peer, minuteOf(at), ON_DUTY) ? "on-duty" : "listed" }
  }
  // An old list, or one that cannot be read yet, says nothing about anybody.
  if (!isFresh || vouches === undefined) return { reach: "unknown" }
  if (vouches.some((vouch) => isSamePeer(vouch, kept))) return { reach: "away" }
  if (!vouches.some(({ handle }) => handle === kept.handle)) return { reach: "gone" }
  const other = peers.find(({ vouch, conflicts }) => vouch.handle === kept.handle && !inConflict(conflicts, mine, false))
  return { reach: "changed", ...(other === undefined ? {} : { other: toHex(other.vouch.agreementKey) }) }
}
