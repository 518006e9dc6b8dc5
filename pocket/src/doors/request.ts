import { MINUTE_MS } from "../clock.ts"
import type { Asking as AskingView, Urgency } from "../contract.ts"
import type { Mailbox } from "../delivery/index.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import type { Act, Bytes, RequestState } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"

/** What must work while the vault is locked: it rules the request and can read nothing. Times are ms since 1970. */
export type OpenRequest = Readonly<{
  id: Hex
  replyKey: Bytes
  replyAddress: Hex
  urgency: Urgency
  /** The peer who rings alone first, as screens call them. */
  chosen?: string
  /** The very bytes that are sent, again and again until a receipt for them verifies. */
  body: Bytes
  /** Taken for this body; none yet while none could be drawn. */
  token?: Bytes
  drawnAtOnce: boolean
  madeAt: number
  receivedAt?: number
  /** What the mailroom said last of it, and since when. */
  heard?: RequestState
  heardAt?: number
  /** The mailroom has nothing of it any more, though nobody answered: it must be asked anew. */
  gone?: boolean
  /** A talk with a verified peer came of it. */
  answeredAt?: number
  talk?: Hex
  /** The peer who answered had no words: the others ring again. */
  resumed: boolean
  /** Said by the officer, not yet heard by the mailroom, in this order. */
  acts: readonly Act[]
  /** Over for the officer: kept only until the mailroom has heard it. */
  over: boolean
}>

/** What opens answers, and the words that wait. */
export type RequestSecrets = Readonly<{
  talk: Hex
  staticSecret: Bytes
  staticPublic: Bytes
  returnKey: Readonly<{ id: Hex; seed: Bytes; public: Bytes; madeAt: number }>
  /** To whom a copy was sealed: vouched agreement key, in hex, and handle. Nobody else's answer counts. */
  asked: readonly Readonly<{ key: Hex; handle: string }>[]
  outside: boolean
  /** Whom the officer comes back to, as kept on this device; and whom not to ask. */
  kept?: Hex
  without?: string
  about: string
  draft: string
}>

export const ALONE_MS = MINUTE_MS
/** After everything that waited was opened, a moment for what the line brings right then. */
const SETTLED_MS = 15_000
const WORDS_WITHIN_MS = 3 * MINUTE_MS
const LIVES_MS = 7 * 24 * 60 * MINUTE_MS

/** What to do about an open request at a moment; `next` is when to look again. */
export type Wanted = Readonly<{ send: boolean; tell?: Act; close: boolean; resume: boolean; forget: boolean; anew: boolean; next?: number }>

/** Whether verified words came from the peer; `locked` when nobody can tell. */
export type Words = "none" | "some" | "locked"

export function wanted(request: OpenRequest, words: Words, at: number, heardSince: number | undefined): Wanted {
  const nothing: Wanted = { send: false, close: false, resume: false, forget: false, anew: false }
  const [act] = request.acts
  const isOld = at >= request.madeAt + LIVES_MS
  const isAnswered = isSeen(request)
  if (isOld && (request.over || isAnswered)) return { ...nothing, forget: true }
  // Also before a receipt: the mailroom may have it all the same, its answer lost on the way.
  if (act !== undefined && !isOld) return { ...nothing, tell: act }
  if (request.over) return { ...nothing, forget: true }
  // It rings until a human is there or the officer ends it; the mailroom keeps none for longer than a week.
  if (!isAnswered && (isOld || request.gone === true)) return { ...nothing, anew: true }
  if (request.receivedAt === undefined) return { ...nothing, send: true }
  if (words === "some") return { ...nothing, close: true }
  const patience = wordsBy(request, words, heardSince, at)
  if (at >= patience) return { ...nothing, resume: true }
  return { ...nothing, next: Math.min(patience, isAnswered ? request.madeAt + LIVES_MS : nextChange(request, at)) }
}

/** What was stamped while this device's date was ahead counts from now on: else nothing of it would be due for as long as it was ahead.
 * Undefined where nothing was. */
export function putRight({ madeAt, receivedAt, heardAt, answeredAt }: OpenRequest, at: number): Partial<OpenRequest> | undefined {
  const ahead = Object.entries({ madeAt, receivedAt, heardAt, answeredAt }).filter(([, time]) => time !== undefined && time > at)
  return ahead.length === 0 ? undefined : Object.fromEntries(ahead.map(([name]) => [name, at]))
}

/** When the others are to ring again. An answer that the mailroom tells of and that never came true counts like one without words. While
 * the vault is locked, or the mailroom out of reach, words may wait that nobody could open: then nobody is called silent. */
function wordsBy(request: OpenRequest, words: Words, heardSince: number | undefined, at: number): number {
  const { answeredAt, heard, heardAt } = request
  const since = isSeen(request) ? answeredAt : heard === "answered" ? heardAt : undefined
  if (words === "locked" || heardSince === undefined || since === undefined) return Infinity
  // Heard since a time to come: the clock was set back, and nothing waits.
  return Math.max(since + WORDS_WITHIN_MS, heardSince > at ? at : heardSince + SETTLED_MS)
}

/** A verified peer is there, and was not given up. */
export function isSeen({ answeredAt, resumed }: OpenRequest): boolean {
  return answeredAt !== undefined && !resumed
}

/** Words came, or the talk is over or gone: either way the others need not ring. */
export function wordsOf({ answeredAt, talk }: OpenRequest, isOpen: boolean, talks: readonly TalkState[]): Words {
  if (!isOpen) return "locked"
  if (answeredAt === undefined) return "none"
  const state = talks.find(({ id }) => id === talk)
  return state?.stage !== "open" || state.lines.some(({ mine, kind }) => !mine && kind === "words") ? "some" : "none"
}

export function mailboxOf({ replyAddress, replyKey }: OpenRequest): Mailbox {
  return { address: fromHex(replyAddress), readKey: replyKey }
}

/** The request as screens show it: only what is true. */
export function viewOf(request: OpenRequest, secrets: RequestSecrets | undefined, patienceMinutes: number, at: number): AskingView {
  const seen = isSeen(request)
  const receivedAt = request.gone === true ? undefined : request.receivedAt
  const waitedMs = receivedAt === undefined ? 0 : at - receivedAt
  return {
    sent: seen ? "seen" : receivedAt === undefined ? "not-sent" : "received",
    urgency: request.urgency,
    ...(request.chosen === undefined ? {} : { chosen: request.chosen }),
    alone: isAlone(request, at),
    late: !seen && waitedMs > patienceMinutes * MINUTE_MS,
    nobodyLeft: !seen && request.heard === "nobody-left",
    drawnAtOnce: request.drawnAtOnce,
    behindWords: !seen && secrets === undefined && request.heard === "answered",
    draft: secrets?.draft ?? "",
    ...(request.talk === undefined ? {} : { talk: request.talk }),
  }
}

function isAlone({ chosen, receivedAt, answeredAt, heard, acts, gone }: OpenRequest, at: number): boolean {
  if (chosen === undefined || receivedAt === undefined || answeredAt !== undefined || gone === true) return false
  return heard !== "nobody-left" && !acts.includes("ringOthers") && at < receivedAt + ALONE_MS
}

// Screens change by themselves when the chosen peer no longer rings alone; lateness is looked at each minute.
function nextChange({ chosen, receivedAt }: OpenRequest, at: number): number {
  const aloneUntil = chosen === undefined || receivedAt === undefined ? 0 : receivedAt + ALONE_MS
  return at < aloneUntil ? aloneUntil : at + MINUTE_MS
}
