import type { Bytes } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import type { RequestState } from "./mailboxes.ts"
import { ENVELOPE_LENGTH, readRequestState } from "./mailboxes.ts"
import type { Plan } from "./plan.ts"
import { readPlan, writePlan } from "./plan.ts"

export const SLOTS = 12
const URGENT = 0x80
export const ASK_LENGTH = 49_451
const ASK_ANSWER_LENGTH = 70
const SEAL_MORE_ANSWER_LENGTH = 6
const STATE_ANSWER_LENGTH = 2
export const ASK_PATH = "/requests"

export const URGENCIES = ["now", "today", "whenever"] as const
export type UrgencyName = (typeof URGENCIES)[number]
export const ACTS = { close: 1, resume: 2, cancel: 3, ringOthers: 4, leaveWord: 5 } as const
export type Act = keyof typeof ACTS

/** A sealed request and where it goes; spare slots are random bytes in both fields. */
export type Slot = Readonly<{ dutyAddress: Bytes; sealed: Bytes }>

export type Ask = Readonly<{
  requestId: Bytes
  replyAddress: Bytes
  /** Slot 0 rings alone for 60 s. */
  chosenFirst: boolean
  urgency: UrgencyName
  /** The officer says that it cannot wait; with urgency now alone. */
  urgent: boolean
  plan: Plan
  slots: readonly Slot[]
}>

export type AskAnswer = Readonly<{ serial: number; kept: number; receipt: Bytes }>

/** Body of `POST /requests`. */
export function encodeAsk(ask: Ask): Bytes {
  const writer = new Writer("ask").version().bytes(ask.requestId, 16).bytes(ask.replyAddress, 16)
  writer.u8((ask.chosenFirst ? 1 : 0) | (ask.urgent ? URGENT : 0)).u8(URGENCIES.indexOf(ask.urgency))
  return writeSlots(writePlan(writer, ask.plan), ask.slots).done()
}

export function decodeAsk(bytes: Uint8Array): Ask {
  const reader = new Reader(bytes, "ask", ASK_LENGTH)
  reader.version()
  const [requestId, replyAddress, marked] = [reader.bytes(16), reader.bytes(16), reader.u8()]
  const urgency = urgencyName(reader.u8())
  const urgent = (marked & URGENT) !== 0
  if (urgent && urgency !== "now") throw new LayoutError("value", "ask")
  const ask = {
    requestId,
    replyAddress,
    chosenFirst: reader.within(marked & ~URGENT, 0, 1) === 1,
    urgency,
    urgent,
    plan: readPlan(reader, SLOTS),
    slots: reader.times(SLOTS, () => ({ dutyAddress: reader.bytes(16), sealed: reader.bytes(ENVELOPE_LENGTH) })),
  }
  reader.end()
  return ask
}

export function decodeAskAnswer(bytes: Uint8Array): AskAnswer {
  const reader = new Reader(bytes, "ask answer", ASK_ANSWER_LENGTH)
  reader.version()
  const answer = { serial: reader.u32(), kept: reader.within(reader.u8(), 0, SLOTS), receipt: reader.bytes(64) }
  reader.end()
  return answer
}

/** Body of `POST /requests/seal`: twelve more slots for an open request. */
export function encodeSealMore(requestId: Uint8Array, readKey: Uint8Array, slots: readonly Slot[]): Bytes {
  return writeSlots(ruled("seal more", requestId, readKey), slots).done()
}

export function decodeSealMoreAnswer(bytes: Uint8Array): Readonly<{ serial: number; kept: number }> {
  const reader = new Reader(bytes, "seal more answer", SEAL_MORE_ANSWER_LENGTH)
  reader.version()
  const answer = { serial: reader.u32(), kept: reader.within(reader.u8(), 0, SLOTS) }
  reader.end()
  return answer
}

/** Body of `POST /requests/act`. */
export function encodeAct(requestId: Uint8Array, readKey: Uint8Array, act: Act): Bytes {
  return ruled("act", requestId, readKey).u8(ACTS[act]).done()
}

/** Body of `POST /requests/state` and of `POST /requests/pass`. */
export function encodeRequestKey(requestId: Uint8Array, readKey: Uint8Array): Bytes {
  return ruled("request key", requestId, readKey).done()
}

export function decodeStateAnswer(bytes: Uint8Array): RequestState {
  const reader = new Reader(bytes, "state answer", STATE_ANSWER_LENGTH)
  reader.version()
  const state = readRequestState(reader)
  reader.end()
  return state
}

/** Body of `POST /requests/claim`. */
export function encodeClaim(requestId: Uint8Array, dutyReadKey: Uint8Array, talkAddress: Uint8Array): Bytes {
  return ruled("claim", requestId, dutyReadKey).bytes(talkAddress, 16).done()
}

/** The sealed request that only the winner is handed. */
export function decodeClaimAnswer(bytes: Uint8Array): Bytes {
  const reader = new Reader(bytes, "claim answer", 1 + ENVELOPE_LENGTH)
  reader.version()
  const sealed = reader.bytes(ENVELOPE_LENGTH)
  reader.end()
  return sealed
}

/** Body of `POST /requests/answer`. */
export function encodeAnswer(requestId: Uint8Array, dutyReadKey: Uint8Array, envelope: Uint8Array): Bytes {
  return ruled("answer", requestId, dutyReadKey).bytes(envelope, ENVELOPE_LENGTH).done()
}

export function urgencyName(urgency: number): UrgencyName {
  const name = URGENCIES[urgency]
  if (name === undefined) throw new LayoutError("value", "urgency")
  return name
}

function ruled(where: string, requestId: Uint8Array, readKey: Uint8Array): Writer {
  return new Writer(where).version().bytes(requestId, 16).bytes(readKey, 32)
}

function writeSlots(writer: Writer, slots: readonly Slot[]): Writer {
  if (slots.length !== SLOTS) throw new LayoutError("count", writer.where)
  for (const slot of slots) writer.bytes(slot.dutyAddress, 16).bytes(slot.sealed, ENVELOPE_LENGTH)
  return writer
}
