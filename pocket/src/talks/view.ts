import { minuteOf } from "../clock.ts"
import type { Line, Talk } from "../contract.ts"
import { isAsleep, vanishesAt } from "./due.ts"
import { joinPieces } from "./pieces.ts"
import type { StoredLine, TalkState } from "./state.ts"

/** A talk as screens show it. */
export function viewOf(talk: TalkState, at: number): Talk {
  const vanishes = vanishesAt(talk)
  const lines = joinPieces(talk.lines).filter(isShown)
  return {
    id: talk.id,
    role: talk.role,
    with: talk.with,
    state: talk.stage,
    asleep: isAsleep(talk, at),
    lines: lines.map(({ id, mine, kind, text, last }) => ({ id, mine, kind, text, state: lineState(talk, mine, last) })),
    ...(vanishes === undefined ? {} : { vanishesAt: minuteOf(vanishes) }),
  }
}

type Shown = StoredLine & Readonly<{ kind: Line["kind"]; last: string }>

function isShown(line: StoredLine & Readonly<{ last: string }>): line is Shown {
  return line.kind !== "hidden"
}

/** As far as the last piece has come: those before it have come as far at least. */
function lineState(talk: TalkState, mine: boolean, id: string): Line["state"] {
  const waiting = mine ? talk.outbox.find((letter) => letter.id === id) : undefined
  if (waiting === undefined) return "seen"
  return waiting.postedAt === undefined ? "waiting" : "sent"
}
