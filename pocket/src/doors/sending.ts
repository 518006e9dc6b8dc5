import type { Admission } from "../admission.ts"
import type { Clock } from "../clock.ts"
import { dayOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import type { KeptPeer } from "../kept/index.ts"
import { isSamePeer } from "../kept/index.ts"
import type { Mine } from "../rules/index.ts"
import { inConflict } from "../rules/index.ts"
import { bodyDigest } from "../seal/index.ts"
import type { Peer } from "../trust/index.ts"
import { receiptHolds } from "../trust/index.ts"
import type { Act, Bytes } from "../wire/index.ts"
import { ASK_PATH, decodeAskAnswer, fromHex, LayoutError, toHex } from "../wire/index.ts"
import type { OpenRequest } from "./request.ts"

export type SendingOptions = Readonly<{
  mailroom: Pick<Mailroom, "ask">
  admission: Pick<Admission, "card" | "bulletin" | "peers" | "takeToken" | "drawAtOnce" | "drewLately" | "refresh">
  clock: Clock
  mine: () => Mine
}>
type Pass = Readonly<{ token: Bytes; drawnAtOnce: boolean }>

const CREATED = 201
/** A look at the newest bulletin may not hold up somebody who asks. */
const REFRESH_AT_MOST_MS = 3_000

/** For whom to look: a kept peer may be of the officer's own agency, whatever else is wished. */
export type Looking = Readonly<{ outside: boolean; kept?: KeptPeer | undefined; without?: string }>

/** Who may be asked now, conflicts gone. Throws `no-card`, `nobody-to-ask`, or what a draw refuses. */
export async function peersToAsk({ admission, clock, mine }: SendingOptions, { outside, kept, without }: Looking): Promise<readonly Peer[]> {
  if (admission.card === "none") throw new PocketProblem("no-card")
  const today = dayOf(clock.now())
  await Promise.race([orProblem(admission.refresh()), passed(clock, REFRESH_AT_MOST_MS)])
  let peers = await listedPeers(admission, today)
  if (peers.length === 0) {
    // A new epoch's list opens with a key that a draw brings.
    await draw(admission, today)
    peers = await listedPeers(admission, today)
  }
  const isKept = ({ vouch }: Peer): boolean => kept !== undefined && isSamePeer(vouch, kept)
  const others = peers.filter(({ vouch }) => toHex(vouch.agreementKey) !== without)
  const right = others.filter((peer) => !inConflict(peer.conflicts, mine(), outside && !isKept(peer)))
  if (right.length === 0) throw new PocketProblem("nobody-to-ask")
  return right
}

type Listing = Pick<Admission, "bulletin" | "peers">

/** Who is listed today. Where that is nobody, for the list is too old or this device's date is wrong, who was on the list's last day: an old
 * list that is said to be old is better than nobody to ask. */
export async function listedPeers(admission: Listing, today: number): Promise<readonly Peer[]> {
  const peers = await admission.peers(today)
  return peers.length > 0 ? peers : admission.peers(lastListed(admission, today))
}

function lastListed({ bulletin }: Pick<Admission, "bulletin">, today: number): number {
  return Math.min(today, bulletin?.head.head.lastDay ?? today)
}

async function draw(admission: Pick<Admission, "bulletin" | "drawAtOnce">, today: number): Promise<void> {
  const refused = await orProblem(admission.drawAtOnce(today))
  if (!(refused instanceof PocketProblem)) return
  if (refused.problem !== "epoch-over") throw refused
  await admission.drawAtOnce(lastListed(admission, today))
}

/** The next pass; where there is none, ten are drawn at once, which can be seen. Undefined while the desk gives none. */
export async function nextPass({ admission, clock }: SendingOptions): Promise<Pass | undefined> {
  const today = dayOf(clock.now())
  const held = (await admission.takeToken(today)) ?? (await admission.takeToken(lastListed(admission, today)))
  if (held !== undefined) return { token: held, drawnAtOnce: admission.drewLately }
  if ((await orProblem(draw(admission, today))) instanceof PocketProblem) return undefined
  const drawn = (await admission.takeToken(today)) ?? (await admission.takeToken(lastListed(admission, today)))
  return drawn && { token: drawn, drawnAtOnce: true }
}

/** Sends these very bytes. `received` only for a receipt that verifies; else the problem's name. */
export async function send({ mailroom, admission }: SendingOptions, body: Bytes, token: Bytes): Promise<string> {
  const answer = await orProblem(mailroom.ask(body, token))
  if (answer instanceof PocketProblem) return answer.problem
  const charter = admission.bulletin?.charter
  try {
    const { receipt } = decodeAskAnswer(answer)
    const paid = { path: ASK_PATH, bodyDigest: await bodyDigest("POST", ASK_PATH, body), status: CREATED, receipt }
    return charter !== undefined && (await receiptHolds(charter, paid)) ? "received" : "not-proven"
  } catch (error) {
    if (error instanceof LayoutError) return "not-proven"
    throw error
  }
}

/** Says an act. A request without a receipt may still be under way: its pass is spent on taking it back, so that it cannot ring afterwards. */
export function tell(mailroom: Pick<Mailroom, "act" | "withdraw" | "close">, { id, replyKey, receivedAt, token }: OpenRequest, act: Act): Promise<void> {
  if (act === "cancel" && receivedAt === undefined && token !== undefined) return takeBack(mailroom, replyKey, token)
  return mailroom.act(fromHex(id), replyKey, act)
}

/** A pass that is taken no more can pay for no ring, but may have paid for one before its last day was over: then closing ends that. */
export async function takeBack(mailroom: Pick<Mailroom, "withdraw" | "close">, replyKey: Bytes, token: Bytes): Promise<void> {
  const refused = await orProblem(mailroom.withdraw(replyKey, token))
  if (!(refused instanceof PocketProblem)) return
  if (refused.problem !== "token-invalid") throw refused
  await mailroom.close(replyKey)
}

/** The mailroom has nothing to end: it knows no such request. */
export function isHeard({ problem }: PocketProblem): boolean {
  return problem === "request-unknown"
}

/** What was asked for, or the refusal as a value. */
export async function orProblem<T>(asked: Promise<T>): Promise<T | PocketProblem> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof PocketProblem) return error
    throw error
  }
}

function passed(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve)
  })
}
