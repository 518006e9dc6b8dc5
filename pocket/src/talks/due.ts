import { DAY_MS, dayOf } from "../clock.ts"
import type { Outgoing, TalkState } from "./state.ts"
import { dies, LONGEST_KEY_MS, LONGEST_RESEND_MS, QUIET_MS } from "./step.ts"

/** What a talk wants done at a moment, read from its state alone; `next` is when to look again. */
export type Due = Readonly<{
  post?: Outgoing
  /** An unchained letter to be made: its fresh return key must be stored before it goes out. */
  say?: Readonly<{ kind: "received" | "unreadable"; text: string }>
  close: boolean
  /** A seed must die: first everything that waits at the mailroom is opened. */
  drain: boolean
  vanish: boolean
  /** Nothing is left to do: the record can go. */
  over: boolean
  next?: number
}>

const TELL_MS = 30_000
/** Words vanish this long after the end; a burn is repeated this long once the mailroom had it. */
const AFTER_MS = DAY_MS
const LEAST_BURNS = 8
/** Of a talk in which nobody writes a pocket tells a fresh return key this often: half as long as one may be sealed to. */
const FRESH_MS = 7 * DAY_MS

export function due(state: TalkState, at: number): Due {
  if (state.stage === "burned") return burning(state, at)
  if (state.stage === "ended" && state.stageAt + AFTER_MS <= at) return vanishing(state)
  const letters = sealable(state, at) ? [...state.outbox, ...state.asides] : []
  const post = letters.find((letter) => isDue(letter.dueAt, at, LONGEST_RESEND_MS))
  const say = owed(state, at)
  const deaths = state.keys.map(dies)
  const times = [
    ...letters.map((letter) => letter.dueAt),
    ...deaths,
    ...(state.stage === "open" ? [freshBy(state)] : []),
    ...(state.owedAt === undefined ? [] : [state.owedAt]),
    ...state.unread.filter((one) => one.owed).map((one) => one.toldAt + TELL_MS),
    ...(state.stage === "ended" ? [state.stageAt + AFTER_MS] : []),
  ].filter((time) => time > at)
  return {
    ...(post === undefined ? {} : { post }),
    ...(say === undefined ? {} : { say }),
    close: false,
    drain: deaths.some((death) => death <= at),
    vanish: false,
    over: false,
    ...(times.length === 0 ? {} : { next: Math.min(...times) }),
  }
}

/** Nothing can be sent: what the other side told to seal to is too old, or its mailbox is gone. Only they can wake the talk, if anyone. */
export function isAsleep(state: TalkState, at: number): boolean {
  return state.stage === "open" && (state.gone === true || !sealable(state, at))
}

/** When the words of an ended talk vanish, in ms. */
export function vanishesAt(state: TalkState): number | undefined {
  return state.stage === "ended" ? state.stageAt + AFTER_MS : undefined
}

function burning(state: TalkState, at: number): Due {
  const over: Due = { close: state.closing, drain: false, vanish: false, over: !state.closing }
  const [burn] = state.outbox
  if (burn === undefined || !isRepeated(state, burn, at)) return over
  if (!sealable(state, at)) return { ...over, over: false, next: at + LONGEST_RESEND_MS }
  const post = isDue(burn.dueAt, at, LONGEST_RESEND_MS) ? { post: burn } : {}
  return { ...over, over: false, ...post, next: Math.max(burn.dueAt, at) }
}

/** For a day and as often as a day holds. Pressed without a network or while a clock is wrong it waits for its first time. */
function isRepeated(state: TalkState, { posts }: Outgoing, at: number): boolean {
  if (sealable(state, at)) return posts < LEAST_BURNS || at < state.stageAt + AFTER_MS
  return posts < LEAST_BURNS && at < state.stageAt + LONGEST_KEY_MS
}

function vanishing(state: TalkState): Due {
  const gone = state.lines.length === 0 && state.keys.length === 0
  return { close: gone && state.closing, drain: false, vanish: !gone, over: gone && !state.closing }
}

function owed(state: TalkState, at: number): Due["say"] {
  const unread = state.unread.find((one) => one.owed && isDue(one.toldAt + TELL_MS, at, TELL_MS))
  if (unread !== undefined) return { kind: "unreadable", text: unread.keyId }
  const isSilent = state.stage === "open" && sealable(state, at) && isDue(freshBy(state), at, FRESH_MS + DAY_MS)
  const isOwed = state.owedAt !== undefined && isDue(state.owedAt, at, QUIET_MS)
  return isOwed || isSilent ? { kind: "received", text: "" } : undefined
}

/** When a fresh return key is to be told, whatever else happens. */
function freshBy({ keys }: TalkState): number {
  return (keys.at(-1)?.madeAt ?? 0) + FRESH_MS
}

/** Its time has come, or is so far ahead as it never was put off: then the clock has been set back since. */
function isDue(time: number, at: number, longest: number): boolean {
  return time <= at || time > at + longest
}

/** A letter can be sealed to the other side's newest return key until and with its last day. */
function sealable(state: TalkState, at: number): boolean {
  return dayOf(at) <= state.theirs.key.lastDay
}
