import { dayOf } from "../clock.ts"
import { chance, inConflict, toAskNow } from "../rules/index.ts"
import type { Random } from "../seal/index.ts"
import { lastSealingDay } from "../talks/letters.ts"
import type { Peer } from "../trust/index.ts"
import type { SeenBulletin } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import type { Filled } from "./preparing.ts"
import { filled, keyOfPeer, paperOf } from "./preparing.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import type { SendingOptions } from "./sending.ts"
import { standingOf } from "./standing.ts"

/** Who has no copy yet, and may be rung now or is one of two backstops. With nobody left at night the morning shift must ring too. */
export async function newcomers({ admission, clock, mine, random }: SendingOptions & Readonly<{ random: Random }>, { asked, outside, without }: RequestSecrets): Promise<readonly Peer[]> {
  const now = clock.now()
  const isAsked = (peer: Peer): boolean => asked.some(({ key }) => key === keyOfPeer(peer))
  const peers = await admission.peers(dayOf(now))
  const right = peers.filter((peer) => !isAsked(peer) && keyOfPeer(peer) !== without && !inConflict(peer.conflicts, mine(), outside))
  const backstopsAsked = peers.filter((peer) => isAsked(peer) && standingOf(peer, now) === "backstop").length
  return toAskNow(right, (peer) => standingOf(peer, now), backstopsAsked, () => chance(random))
}

/** The same request, sealed to them: same talk, same reply mailbox, same return key. */
export function copiesFor(peers: readonly Peer[], request: OpenRequest, secrets: RequestSecrets, stamp: SeenBulletin, random: Random): Promise<Filled> {
  const ids = { request: fromHex(request.id), talk: fromHex(secrets.talk), reply: fromHex(request.replyAddress) }
  const key = { ...secrets.returnKey, lastDay: lastSealingDay(secrets.returnKey.madeAt) }
  const paper = paperOf(ids, key, { urgency: request.urgency, stamp, at: request.madeAt })
  return filled(peers, paper, { secret: secrets.staticSecret, publicKey: secrets.staticPublic }, random)
}
