import { dayOf } from "../clock.ts"
import type { Urgency } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { PlannedRing } from "../rules/index.ts"
import { chance, partOfDay, sealedPlan, slotOrder } from "../rules/index.ts"
import type { KeptPeer } from "../kept/index.ts"
import { isSamePeer } from "../kept/index.ts"
import type { AgreementKey, Random } from "../seal/index.ts"
import { keepsakeProof, mailboxAddress, newAgreementKey, SealError, sealRequest } from "../seal/index.ts"
import type { FreshKey } from "../talks/state.ts"
import { freshKey, SEALS } from "../talks/letters.ts"
import type { Peer } from "../trust/index.ts"
import type { Bytes, SealedRequest, SeenBulletin, Slot } from "../wire/index.ts"
import { encodeAsk, ENVELOPE_LENGTH, SLOTS, toHex } from "../wire/index.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { backstopsAmong, standingOf, tierOf } from "./standing.ts"

/** What an officer asks for, with the peers who may be asked (conflicts are gone already). `kept` goes before `chosen`. */
export type Wishes = Readonly<{ urgency: Urgency; urgent?: boolean; about?: string; outside: boolean; words: string; chosen?: string; kept?: KeptPeer | undefined; without?: string; peers: readonly Peer[] }>
export type Prepared = Readonly<{ request: OpenRequest; secrets: RequestSecrets }>
export type Filled = Readonly<{ slots: Slot[]; reached: readonly Peer[] }>

/** How screens name a peer: the vouched agreement key in hex. */
export function keyOfPeer(peer: Peer): string {
  return toHex(peer.vouch.agreementKey)
}

/** A request with everything fresh: ids, mailbox, static key, return key; nothing of it is known to anyone yet. Throws `nobody-to-ask`. */
export async function prepare(wishes: Wishes, stamp: SeenBulletin, random: Random, at: number): Promise<Prepared> {
  const sender = await newAgreementKey(random)
  const returnKey = await freshKey(SEALS, at)
  const replyKey = random(32)
  const ids = { request: random(16), talk: random(16), reply: await mailboxAddress(replyKey) }
  const order = inOrder(wishes, random, at)
  const paper = paperOf(ids, returnKey, { urgency: wishes.urgency, stamp, at })
  const { slots, reached } = await filled(order, paper, sender, random, wishes.kept)
  const [first] = reached
  if (first === undefined) throw new PocketProblem("nobody-to-ask")
  const chosenFirst = isChosen(wishes, first)
  return {
    request: {
      id: toHex(ids.request),
      replyKey,
      replyAddress: toHex(ids.reply),
      urgency: wishes.urgency,
      ...(wishes.urgent === true ? { urgent: true } : {}),
      backstops: backstopsAmong(chosenFirst ? reached.slice(1) : reached, at),
      ...(chosenFirst ? { chosen: first.vouch.handle } : {}),
      body: encodeAsk({ requestId: ids.request, replyAddress: ids.reply, chosenFirst, urgency: wishes.urgency, urgent: wishes.urgent === true, plan: planOf(wishes, reached, at), slots }),
      drawnAtOnce: false,
      madeAt: at,
      resumed: false,
      acts: [],
      over: false,
    },
    secrets: {
      talk: toHex(ids.talk),
      staticSecret: sender.secret,
      staticPublic: sender.publicKey,
      returnKey: { id: returnKey.id, seed: returnKey.seed, public: returnKey.public, madeAt: at },
      asked: reached.map((peer) => ({ key: keyOfPeer(peer), handle: peer.vouch.handle })),
      outside: wishes.outside,
      ...(wishes.kept === undefined ? {} : { kept: wishes.kept.id }),
      ...(wishes.without === undefined ? {} : { without: wishes.without }),
      about: wishes.about ?? "",
      draft: wishes.words,
    },
  }
}

function inOrder(wishes: Wishes, random: Random, at: number): Peer[] {
  return slotOrder(wishes.peers, (peer) => (isChosen(wishes, peer) ? "chosen" : standingOf(peer, at)), () => chance(random))
}

function isChosen({ kept, chosen }: Wishes, peer: Peer): boolean {
  return kept === undefined ? keyOfPeer(peer) === chosen : isSamePeer(peer.vouch, kept)
}

/** Where minutes count, the mailroom rings by what it has learned and hears; what may wait is rung as this pocket planned, from the rota alone. */
function planOf(wishes: Wishes, reached: readonly Peer[], at: number): readonly PlannedRing[] {
  if (wishes.urgency === "now") return []
  const chosenFirst = reached[0] !== undefined && isChosen(wishes, reached[0])
  return sealedPlan({ tiers: reached.map((peer) => tierOf(peer, at)), chosenFirst, night: partOfDay(new Date(at).getHours()) === "night" })
}

type Ids = Readonly<{ request: Bytes; talk: Bytes; reply: Bytes }>

/** What is sealed to each: no words, and where an answer may go. */
export function paperOf(ids: Ids, key: FreshKey, { urgency, stamp, at }: Readonly<{ urgency: Urgency; stamp: SeenBulletin; at: number }>): SealedRequest {
  return {
    ...stamp,
    requestId: ids.request,
    talkId: ids.talk,
    replyAddress: ids.reply,
    returnKey: key.public,
    returnLastDay: key.lastDay,
    urgency,
    day: dayOf(at),
    keepsakeProof: undefined,
  }
}

/** Twelve slots: a copy for each peer, and noise in the spare ones, so that their number says nothing. `reached`: who has a copy.
 *
 * One peer's key that nobody can seal to leaves out that peer, and holds up nobody who asks. Only the kept peer's own copy has a proof. */
export async function filled(order: readonly Peer[], paper: SealedRequest, sender: AgreementKey, random: Random, kept?: KeptPeer): Promise<Filled> {
  const tried = await Promise.all(order.map(async (peer) => ({ peer, slot: await copyFor(peer, await proving(paper, peer, kept), sender) })))
  const made = tried.flatMap(({ peer, slot }) => (slot === undefined ? [] : [{ peer, slot }]))
  const spare = Array.from({ length: SLOTS - made.length }, () => ({ dutyAddress: random(16), sealed: random(ENVELOPE_LENGTH) }))
  return { slots: [...made.map(({ slot }) => slot), ...spare], reached: made.map(({ peer }) => peer) }
}

async function proving(paper: SealedRequest, { vouch }: Peer, kept: KeptPeer | undefined): Promise<SealedRequest> {
  if (kept === undefined || !isSamePeer(vouch, kept)) return paper
  return { ...paper, keepsakeProof: await keepsakeProof(kept.keepsake, paper.requestId, kept.agreementKey) }
}

async function copyFor({ vouch, bundle }: Peer, paper: SealedRequest, sender: AgreementKey): Promise<Slot | undefined> {
  const to = { sealingKey: bundle.sealingKey, recipient: vouch.agreementKey, mailboxAddress: bundle.dutyAddress }
  try {
    return { dutyAddress: bundle.dutyAddress, sealed: await sealRequest(paper, sender, to) }
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}
