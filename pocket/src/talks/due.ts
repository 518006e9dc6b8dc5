import { DAY_MS, dayOf } from "../clock.ts"
import type { Outgoing, TalkState } from "./state.ts"
import { dies } from "./step.ts"

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
/** Words vanish this long after the end; a burn is repeated this long. */
const AFTER_MS = DAY_MS

export function due(state: TalkState, at: number): Due {
  if (state.stage === "burned") return burning(state, at)
  if (state.stage === "ended" && state.stageAt + AFTER_MS <= at) return vanishing(state)
  const letters = sealable(state, at) ? [...state.outbox, ...state.asides] : []
  const post = letters.find((letter) => letter.dueAt <= at)
  const say = owed(state, at)
  const deaths = state.keys.map(dies)
  const times = [
    ...letters.map((letter) => letter.dueAt),
    ...deaths,
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

/** When the words of an ended talk vanish, in ms. */
export function vanishesAt(state: TalkState): number | undefined {
  return state.stage === "ended" ? state.stageAt + AFTER_MS : undefined
}

function burning(state: TalkState, at: number): Due {
  const repeat = state.outbox.find(() => sealable(state, at) && at < state.stageAt + AFTER_MS)
  const post = repeat !== undefined && repeat.dueAt <= at ? { post: repeat } : {}
  const next = repeat === undefined ? {} : { next: Math.max(repeat.dueAt, at) }
  return { ...post, close: state.closing, drain: false, vanish: false, over: !state.closing && repeat === undefined, ...next }
}

function vanishing(state: TalkState): Due {
  const gone = state.lines.length === 0 && state.keys.length === 0
  return { close: gone && state.closing, drain: false, vanish: !gone, over: gone && !state.closing }
}

function owed(state: TalkState, at: number): Due["say"] {
  const unread = state.unread.find((one) => one.owed && one.toldAt + TELL_MS <= at)
  if (unread !== undefined) return { kind: "unreadable", text: unread.keyId }
  return state.owedAt !== undefined && state.owedAt <= at ? { kind: "received", text: "" } : undefined
}

/** A letter can be sealed to the other side's newest return key until and with its last day. */
function sealable(state: TalkState, at: number): boolean {
  return dayOf(at) <= state.theirs.key.lastDay
}
