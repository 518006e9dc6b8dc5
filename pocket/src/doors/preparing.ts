import { dayOf, minuteOf } from "../clock.ts"
import type { Urgency } from "../contract.ts"
import { slotOrder } from "../rules/index.ts"
import type { AgreementKey, Random } from "../seal/index.ts"
import { mailboxAddress, newAgreementKey, sealRequest } from "../seal/index.ts"
import type { FreshKey } from "../talks/state.ts"
import { freshKey, SEALS } from "../talks/letters.ts"
import type { Peer } from "../trust/index.ts"
import { standsInRota } from "../trust/index.ts"
import type { Bytes, SealedRequest, SeenBulletin, Slot } from "../wire/index.ts"
import { encodeAsk, ENVELOPE_LENGTH, SLOTS, toHex } from "../wire/index.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"

/** What an officer asks for, with the peers who may be asked (conflicts are gone already). */
export type Wishes = Readonly<{ urgency: Urgency; about?: string; outside: boolean; words: string; chosen?: string; peers: readonly Peer[] }>
export type Prepared = Readonly<{ request: OpenRequest; secrets: RequestSecrets }>

/** How screens name a peer: the vouched agreement key in hex. */
export function keyOfPeer(peer: Peer): string {
  return toHex(peer.vouch.agreementKey)
}

/** A request with everything fresh: ids, mailbox, static key, return key; nothing of it is known to anyone yet. */
export async function prepare(wishes: Wishes, stamp: SeenBulletin, random: Random, at: number): Promise<Prepared> {
  const sender = await newAgreementKey(random)
  const returnKey = await freshKey(SEALS, at)
  const replyKey = random(32)
  const ids = { request: random(16), talk: random(16), reply: await mailboxAddress(replyKey) }
  const order = inOrder(wishes, random, at)
  const paper = paperOf(ids, returnKey, { urgency: wishes.urgency, stamp, at })
  const slots = await filled(order, paper, sender, random)
  const chosenFirst = order[0] !== undefined && keyOfPeer(order[0]) === wishes.chosen
  return {
    request: {
      id: toHex(ids.request),
      replyKey,
      replyAddress: toHex(ids.reply),
      urgency: wishes.urgency,
      ...(chosenFirst && order[0] !== undefined ? { chosen: order[0].vouch.handle } : {}),
      body: encodeAsk({ requestId: ids.request, replyAddress: ids.reply, chosenFirst, urgency: wishes.urgency, slots }),
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
      asked: order.map((peer) => ({ key: keyOfPeer(peer), handle: peer.vouch.handle })),
      outside: wishes.outside,
      about: wishes.about ?? "",
      draft: wishes.words,
    },
  }
}

function inOrder({ peers, chosen }: Wishes, random: Random, at: number): Peer[] {
  const chance = (): number => new DataView(random(4).buffer).getUint32(0) / 2 ** 32
  const onDuty = (peer: Peer): boolean => standsInRota(peer, minuteOf(at), 0)
  return slotOrder(peers, (peer) => keyOfPeer(peer) === chosen, onDuty, chance)
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

/** Twelve slots: a copy for each peer, and noise in the spare ones, so that their number says nothing. */
export async function filled(order: readonly Peer[], paper: SealedRequest, sender: AgreementKey, random: Random): Promise<Slot[]> {
  const copies = order.map(async ({ vouch, bundle }) => {
    const to = { sealingKey: bundle.sealingKey, recipient: vouch.agreementKey, mailboxAddress: bundle.dutyAddress }
    return { dutyAddress: bundle.dutyAddress, sealed: await sealRequest(paper, sender, to) }
  })
  const spare = Array.from({ length: SLOTS - order.length }, () => ({ dutyAddress: random(16), sealed: random(ENVELOPE_LENGTH) }))
  return [...(await Promise.all(copies)), ...spare]
}
