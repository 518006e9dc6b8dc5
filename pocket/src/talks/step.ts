import { DAY_MS, dayOf } from "../clock.ts"
import type { LetterKind } from "../wire/index.ts"
import type { FreshKey, Hex, Incoming, LineKind, OwnKey, Outgoing, StoredLine, TalkState } from "./state.ts"

/** What can happen to a talk. `at` is in ms since 1970. */
export type TalkEvent =
  | Readonly<{ type: "write"; kind: LineKind; pieces: readonly Piece[]; at: number }>
  | Readonly<{ type: "burn"; piece: Piece; at: number }>
  | Readonly<{ type: "aside"; kind: "received" | "unreadable"; piece: Piece; at: number }>
  | Readonly<{ type: "arrived"; letter: Incoming; sealedTo: Hex; at: number }>
  | Readonly<{ type: "not-opened"; keyId: Hex; at: number }>
  | Readonly<{ type: "posted"; id: Hex; seen: Hex; at: number }>
  | Readonly<{ type: "refused"; id: Hex; gone: boolean; at: number }>
  | Readonly<{ type: "line-up"; at: number }>
  | Readonly<{ type: "drained"; at: number; latest: number }>
  | Readonly<{ type: "vanish"; at: number }>
  | Readonly<{ type: "closed" }>

/** A letter to be: its id and the fresh return key that it carries are made before the event. */
export type Piece = Readonly<{ id: Hex; key: FreshKey; text: string }>

export const QUIET_MS = 2_000
const RESEND_MS = 30_000
export const LONGEST_RESEND_MS = 8 * 3_600_000
const RETRY_MS = 5_000
const LONGEST_RETRY_MS = 120_000
export const LONGEST_KEY_MS = 30 * DAY_MS
/** Letters kept behind a gap: as many as a mailbox holds. */
const MOST_EARLY = 512
const MOST_HEARD = 64
const MOST_UNREAD = 16
/** Two sides that cannot read each other stop saying so after this many times for a key. */
const MOST_TOLD = 5

/**
 * What a talk is after something happened; spec/talks.md is the rule. Pure: the same state and event give the same state.
 * What is to be done about it is in due.ts, read from the state alone, so that a crash after storing loses nothing.
 */
export function step(state: TalkState, event: TalkEvent): TalkState {
  switch (event.type) {
    case "write":
      return event.pieces.reduce((talk, piece) => written(talk, event.kind, piece, event.at), staged(state, event.kind, event.at))
    case "burn":
      return { ...wiped(state, "burned", event.at), outbox: [outgoing(state, "burn", event.piece, event.at)] }
    case "aside":
      return aside(state, event.kind, event.piece, event.at)
    case "arrived":
      return arrived(state, event.letter, event.sealedTo, event.at)
    case "not-opened":
      return notOpened(state, event.keyId)
    case "posted":
      return posted(state, event.id, event.seen, event.at)
    case "refused":
      return refused(state, event.id, event.gone, event.at)
    case "line-up":
      return { ...state, outbox: state.outbox.map(soon(event.at)), asides: state.asides.map(soon(event.at)) }
    case "drained":
      return drained(state, event.at, event.latest)
    case "vanish":
      return wiped(state, state.stage, state.stageAt)
    case "closed":
      return { ...state, closing: false }
  }
}

/** When a return key's seed must be gone, once everything that waits has been opened. */
export function dies(key: OwnKey): number {
  return Math.min(key.diesAt ?? Infinity, key.madeAt + LONGEST_KEY_MS)
}

function written(state: TalkState, kind: LineKind, piece: Piece, at: number): TalkState {
  return {
    ...withKey(state, piece.key, at),
    lines: [...state.lines, { id: piece.id, mine: true, kind, text: kind === "keep" ? "" : piece.text }],
    outbox: [...state.outbox, outgoing(state, kind, piece, at)],
    last: piece.id,
  }
}

function aside(state: TalkState, kind: "received" | "unreadable", piece: Piece, at: number): TalkState {
  const others = state.asides.filter((letter) => letter.kind !== kind || letter.text !== piece.text)
  const next = { ...withKey(state, piece.key, at), asides: [...others, outgoing(state, kind, piece, at)] }
  if (kind === "received") return quiet(next)
  const told = (one: TalkState["unread"][number]) => (one.keyId === piece.text ? { ...one, owed: false, told: one.told + 1, toldAt: at } : one)
  return { ...next, unread: state.unread.map(told) }
}

function outgoing(state: TalkState, kind: LetterKind, { id, key, text }: Piece, at: number): Outgoing {
  return { id, kind, after: state.last, text, key: { public: key.public, lastDay: key.lastDay }, posts: 0, failures: 0, dueAt: at }
}

function withKey(state: TalkState, key: FreshKey, at: number): TalkState {
  return { ...state, keys: [...state.keys, { id: key.id, seed: key.seed, public: key.public, madeAt: at }] }
}

function arrived(state: TalkState, letter: Incoming, sealedTo: Hex, at: number): TalkState {
  if (state.stage === "burned") return state
  // A burn waits for no gap: what came before it is to be forgotten anyhow.
  if (letter.kind === "burn") return wiped(state, "burned", at)
  const covered = covering(state, letter.seen)
  if (letter.kind === "received") return heard(covered, letter, sealedTo, at)
  if (letter.kind === "unreadable") return resent(heard(covered, letter, sealedTo, at), at)
  if (letter.after !== covered.head || known(covered, letter.id)) return outOfTurn(covered, letter, sealedTo, at)
  return withEarly(inTurn(covered, letter, sealedTo, at), at)
}

function inTurn(state: TalkState, letter: Incoming, sealedTo: Hex, at: number): TalkState {
  const lines = [...state.lines, { id: letter.id, mine: false, ...lineOf(state, letter) }]
  const next = { ...staged(state, letter.kind, at), lines, head: letter.id, heard: [], owedAt: state.owedAt ?? at + QUIET_MS }
  const brought = state.role === "peer" && letter.kind === "keep" ? { ...next, keepsake: letter.text } : next
  return retired(trusting(brought, letter, at), sealedTo, at)
}

function withEarly(state: TalkState, at: number): TalkState {
  const next = state.early.find(({ letter }) => letter.after === state.head)
  if (next === undefined) return state
  const early = state.early.filter((one) => one !== next)
  return withEarly(inTurn({ ...state, early }, next.letter, next.sealedTo, at), at)
}

/** Seen before: its writer has not heard that yet, so it is said again. Behind a gap: it waits. */
function outOfTurn(state: TalkState, letter: Incoming, sealedTo: Hex, at: number): TalkState {
  if (state.early.some((one) => one.letter.id === letter.id)) return state
  if (known(state, letter.id)) return retired({ ...state, owedAt: state.owedAt ?? at + QUIET_MS }, sealedTo, at)
  if (state.early.length >= MOST_EARLY) return state
  return { ...state, early: [...state.early, { letter, sealedTo }] }
}

function known(state: TalkState, id: Hex): boolean {
  return state.lines.some((line) => !line.mine && line.id === id)
}

/** An unchained letter brings a return key; whether it is the newest is known only right after the chain's head. */
function heard(state: TalkState, letter: Incoming, sealedTo: Hex, at: number): TalkState {
  if (letter.after !== state.head) return known(state, letter.after) ? retired(state, sealedTo, at) : state
  if (state.heard.includes(letter.id)) return state
  return retired({ ...trusting(state, letter, at), heard: [...state.heard, letter.id].slice(-MOST_HEARD) }, sealedTo, at)
}

/** Their newest return key, unless it can not be sealed to any more and is older than the one before: then their clock was behind. */
function trusting(state: TalkState, { address, key }: Incoming, at: number): TalkState {
  const isStillborn = key.lastDay < dayOf(at) && key.lastDay < state.theirs.key.lastDay
  return { ...state, theirs: { ...state.theirs, address, key: isStillborn ? state.theirs.key : key } }
}

function retired(state: TalkState, sealedTo: Hex, at: number): TalkState {
  const used = state.keys.findIndex((key) => key.id === sealedTo)
  const retiring = (key: OwnKey, index: number): OwnKey =>
    index < used && key.diesAt === undefined ? { ...key, diesAt: at + DAY_MS } : key
  return { ...state, keys: state.keys.map(retiring) }
}

function covering(state: TalkState, seen: Hex): TalkState {
  const covered = state.outbox.findIndex((letter) => letter.id === seen)
  return covered < 0 ? state : { ...state, outbox: state.outbox.slice(covered + 1) }
}

/** The other side could not open something: all that it has not seen goes out again, sealed anew. */
function resent(state: TalkState, at: number): TalkState {
  return { ...state, outbox: state.outbox.map((letter) => ({ ...letter, dueAt: at, posts: 0 })) }
}

function notOpened(state: TalkState, keyId: Hex): TalkState {
  if (state.stage === "burned") return state
  const before = state.unread.find((one) => one.keyId === keyId) ?? { keyId, told: 0, toldAt: 0 }
  const others = state.unread.filter((one) => one.keyId !== keyId)
  return { ...state, unread: [...others, { ...before, owed: before.told < MOST_TOLD }].slice(-MOST_UNREAD) }
}

function posted(state: TalkState, id: Hex, seen: Hex, at: number): TalkState {
  const first = state.stage === "burned" && state.outbox.some((letter) => letter.id === id && letter.posts === 0)
  const outbox = state.outbox.map((letter) => (letter.id === id ? again(letter, at) : letter))
  const asides = state.asides.filter((letter) => letter.id !== id)
  const next = { ...state, outbox, asides, gone: false, stageAt: first ? at : state.stageAt }
  return seen === state.head ? quiet(next) : next
}

/** Ever more rarely: the mailroom has it on disk, a copy only mends what was lost behind its back. */
function again(letter: Outgoing, at: number): Outgoing {
  const wait = Math.min(RESEND_MS * 4 ** letter.posts, LONGEST_RESEND_MS)
  return { ...letter, postedAt: at, posts: letter.posts + 1, failures: 0, dueAt: at + wait }
}

/** A mailbox that is gone has seen all that it ever will: for a burn that is the end of it. */
function refused(state: TalkState, id: Hex, gone: boolean, at: number): TalkState {
  if (gone && state.stage === "burned") return { ...state, outbox: [] }
  const later = (letter: Outgoing): Outgoing => {
    if (letter.id !== id) return letter
    const wait = gone ? LONGEST_RESEND_MS : Math.min(RETRY_MS * 2 ** letter.failures, LONGEST_RETRY_MS)
    return { ...letter, failures: letter.failures + 1, dueAt: at + wait }
  }
  return { ...state, gone: gone || state.gone === true, outbox: state.outbox.map(later), asides: state.asides.map(later) }
}

/** After a reconnect what is not seen goes again, but a line that comes and goes must not fill a mailbox with copies. */
function soon(at: number): (letter: Outgoing) => Outgoing {
  return (letter) => {
    const earliest = letter.postedAt === undefined || letter.postedAt > at ? at : letter.postedAt + RESEND_MS * 2 ** (letter.posts - 1)
    return { ...letter, dueAt: Math.min(letter.dueAt, Math.max(at, earliest)) }
  }
}

/** All that waited was opened. `at` is the earlier, `latest` the later of this device's time and the mailroom's: a clock that jumped burns
 * nothing, and what was stamped while it was ahead of both does not live on until then. */
function drained(state: TalkState, at: number, latest: number): TalkState {
  const stamped = ({ diesAt, ...key }: OwnKey): OwnKey => {
    const made = { ...key, madeAt: Math.min(key.madeAt, latest) }
    return diesAt === undefined ? made : { ...made, diesAt: Math.min(diesAt, latest + DAY_MS) }
  }
  return { ...state, stageAt: Math.min(state.stageAt, latest), keys: state.keys.map(stamped).filter((key) => dies(key) > at) }
}

function quiet(state: TalkState): TalkState {
  return { ...state, owedAt: undefined }
}

function staged(state: TalkState, kind: LetterKind, at: number): TalkState {
  return kind === "end" && state.stage === "open" ? { ...state, stage: "ended", stageAt: at } : state
}

/** Keys and words gone; what is left can close the mailbox. */
function wiped(state: TalkState, stage: TalkState["stage"], at: number): TalkState {
  return { ...quiet(state), stage, stageAt: at, keys: [], lines: [], outbox: [], asides: [], early: [], heard: [], unread: [], closing: true }
}

/** Only the officer keeps; the keepsake itself is no part of what was said. */
function lineOf({ role }: TalkState, { kind, text }: Incoming): Pick<StoredLine, "kind" | "text"> {
  if (kind === "keep") return { kind: role === "peer" ? "keep" : "hidden", text: "" }
  return { kind: kind === "words" || kind === "begin" || kind === "end" || kind === "meet" ? kind : "hidden", text }
}
