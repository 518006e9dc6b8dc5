import { MINUTE_MS } from "../clock.ts"
import type { Urgency } from "../contract.ts"
import type { Mailbox } from "../delivery/index.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import type { Act, Bytes, RequestState } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import { nextChange } from "./shown.ts"

/** What must work while the vault is locked: it rules the request and can read nothing. Times are ms since 1970. */
export type OpenRequest = Readonly<{
  id: Hex
  replyKey: Bytes
  replyAddress: Hex
  urgency: Urgency
  /** The officer says so: the whole net begins at second 0. */
  urgent?: boolean
  /** How many of those with a copy help to run the program, and are rung when nobody else answers. */
  backstops?: number
  /** The peer who rings alone first, as screens call them. */
  chosen?: string
  /** The officer let the others ring before the chosen peer's minute was over. */
  others?: boolean
  /** What the officer does meanwhile: waits in peace, or has left word and comes back another time. */
  stays?: "waits" | "left-word"
  /** The very bytes that are sent, again and again until a receipt for them verifies. */
  body: Bytes
  /** Taken for this body; none yet while none could be drawn. */
  token?: Bytes
  drawnAtOnce: boolean
  madeAt: number
  receivedAt?: number
  /** Why the mailroom took nothing when it was asked last; nothing was burned. */
  refused?: string
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

/** After everything that waited was opened, a moment for what the line brings right then. */
const SETTLED_MS = 15_000
const WORDS_WITHIN_MS = 3 * MINUTE_MS
const LIVES_MS = 7 * 24 * 60 * MINUTE_MS
/** How long after the receipt it is looked who has no copy yet; then each minute. A larger program's first twelve may all be asleep. */
const ASKS_MORE_AFTER_SECONDS = [1, 15, 30, 45, 60]

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
  // Also before a receipt: the mailroom may have it all the same, its answer lost on the way. Word can be left only where it rings.
  if (act !== undefined && !isOld && !(act === "leaveWord" && request.receivedAt === undefined)) return { ...nothing, tell: act }
  if (request.over) return { ...nothing, forget: true }
  // It rings until a human is there or the officer ends it; the mailroom keeps none for longer than a week.
  if (!isAnswered && (isOld || request.gone === true)) return { ...nothing, anew: true }
  if (request.receivedAt === undefined) return { ...nothing, send: true }
  if (words === "some") return { ...nothing, close: true }
  const patience = wordsBy(request, words, heardSince, at)
  if (at >= patience) return { ...nothing, resume: true }
  return { ...nothing, next: Math.min(patience, request.madeAt + LIVES_MS, isAnswered ? Infinity : Math.min(nextChange(request, at), nextAsking(request.receivedAt, at))) }
}

function nextAsking(receivedAt: number, at: number): number {
  const soon = ASKS_MORE_AFTER_SECONDS.map((seconds) => receivedAt + seconds * 1_000).find((time) => time > at)
  return soon ?? at + MINUTE_MS
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
