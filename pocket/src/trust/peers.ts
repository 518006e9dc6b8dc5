import type { Bundle, Bytes, Charter, ConflictLabel, Member, Members, SharedItem, Shift, Vouch } from "../wire/index.ts"
import { decodeBundle, decodeVouch, LABELS, sameBytes, splitSigned } from "../wire/index.ts"
import { layoutHolds, signatureHolds } from "./verdict.ts"

/** A peer whom this pocket may ask: vouched for by the program key, with a bundle that the peer signed, usable today. */
export type Peer = Readonly<{
  vouch: Vouch
  bundle: Bundle
  shared: readonly SharedItem[]
  conflicts: readonly ConflictLabel[]
  shifts: readonly Shift[]
}>

/** The peers of an opened members' part. Whoever does not verify on this day is left out, silently: nobody can be asked through a doubt. */
export async function verifiedPeers({ members, rota }: Members, charter: Charter, today: number): Promise<readonly Peer[]> {
  const peers = members.map(async (member, index) => {
    const vouch = await verifiedVouch(member.vouch, charter, today)
    const bundle = vouch && (await usableBundle(member, vouch, today))
    if (vouch === undefined || bundle === undefined) return undefined
    return { vouch, bundle, shared: member.shared, conflicts: member.conflicts, shifts: rota.filter((shift) => shift.member === index) }
  })
  return (await Promise.all(peers)).filter((peer) => peer !== undefined)
}

/** Everyone for whom the program vouches today, also who has no keys to be asked with this week. */
export async function verifiedVouches({ members }: Members, charter: Charter, today: number): Promise<readonly Vouch[]> {
  const vouches = await Promise.all(members.map(({ vouch }) => verifiedVouch(vouch, charter, today)))
  return vouches.filter((vouch) => vouch !== undefined)
}

/** A vouch that counts today: by this program's key, for this program. Undefined for any other. */
export async function verifiedVouch(bytes: Bytes, charter: Charter, today: number): Promise<Vouch | undefined> {
  const vouch = layoutHolds(() => decodeVouch(bytes))
  if (vouch === undefined || vouch.lastDay < today || !sameBytes(vouch.programId, charter.programId)) return undefined
  return (await signatureHolds(charter.programKey, splitSigned(bytes, LABELS.vouch))) ? vouch : undefined
}

// Whose clock is some hours behind on a Sunday would otherwise have nobody to ask once the bulletin shows the new week.
const CLOCK_BEHIND_DAYS = 1

/** A bundle that may be sealed to today: signed by this peer, for this program. Undefined for any other. */
export async function verifiedBundle(bytes: Bytes, vouch: Vouch, today: number): Promise<Bundle | undefined> {
  const bundle = layoutHolds(() => decodeBundle(bytes))
  if (bundle === undefined || today < bundle.firstDay - CLOCK_BEHIND_DAYS || today > bundle.lastDay) return undefined
  const signed = splitSigned(bytes, LABELS.bundle, vouch.programId)
  return (await signatureHolds(vouch.signingKey, signed)) ? bundle : undefined
}

/** Whether the peer stands in the rota at this minute, in this tier (0 on duty, 1 shows available, 2 reserve, 3 backstop). */
export function standsInRota(peer: Peer, minute: number, tier: number): boolean {
  return peer.shifts.some((shift) => shift.tier === tier && shift.from <= minute && minute < shift.until)
}

async function usableBundle(member: Member, vouch: Vouch, today: number): Promise<Bundle | undefined> {
  for (const bytes of member.bundles) {
    const bundle = await verifiedBundle(bytes, vouch, today)
    if (bundle !== undefined) return bundle
  }
  return undefined
}
