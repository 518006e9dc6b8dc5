import type { Bytes } from "./bytes.ts"
import { concat, utf8 } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"

export const ENVELOPE_LENGTH = 4_096
export const MOST_LISTENED = 32

export type Delivered = Readonly<{ id: Bytes; envelope: Bytes }>
export type Fetched = Readonly<{ today: number; envelopes: readonly Delivered[] }>

/** What the mailroom says on the listening line. */
export type Frame =
  | Readonly<{ kind: "listening"; today: number; mailboxes: readonly Readonly<{ address: Bytes; what: "unknown" | "mailbox" | "duty" }>[] }>
  | Readonly<{ kind: "envelope"; address: Bytes; id: Bytes; today: number; envelope: Bytes }>
  | Readonly<{ kind: "forgotten"; address: Bytes; ids: readonly Bytes[] }>
  | Readonly<{ kind: "ring"; dutyAddress: Bytes; requestId: Bytes; urgency: number }>
  | Readonly<{ kind: "hush"; dutyAddress: Bytes; requestId: Bytes; reason: "answered" | "ended" | "unlisted" }>
  | Readonly<{ kind: "request"; replyAddress: Bytes; state: RequestState }>
  | Readonly<{ kind: "drill"; dutyAddress: Bytes; drillId: Bytes }>

export type RequestState = "ringing" | "taken" | "answered" | "nobody-left"

const WHAT = ["unknown", "mailbox", "duty"] as const
const REASONS = ["answered", "ended", "unlisted"] as const
const STATES = ["ringing", "taken", "answered", "nobody-left"] as const

/** SHA-256 of this, its first 16 bytes, is the address that a read key rules. */
export function mailboxPreimage(readKey: Uint8Array): Bytes {
  return concat(utf8("leanto/mailbox/1"), new Writer("mailbox").bytes(readKey, 32).done())
}

/** Body of `POST /envelopes`. */
export function encodeDeposit(address: Uint8Array, envelope: Uint8Array): Bytes {
  return new Writer("deposit").version().bytes(address, 16).bytes(envelope, ENVELOPE_LENGTH).done()
}

/** Body of `POST /envelopes/fetch` and of `POST /mailboxes/close`. */
export function encodeReadKey(readKey: Uint8Array): Bytes {
  return new Writer("read key").version().bytes(readKey, 32).done()
}

export function decodeFetched(bytes: Uint8Array): Fetched {
  const reader = new Reader(bytes, "fetched")
  reader.version()
  const today = reader.u16()
  const count = reader.within(reader.u8(), 0, 16)
  const envelopes = reader.times(count, () => ({ id: reader.bytes(16), envelope: reader.bytes(ENVELOPE_LENGTH) }))
  reader.end()
  return { today, envelopes }
}

/** Body of `POST /envelopes/forget`. */
export function encodeForget(readKey: Uint8Array, ids: readonly Uint8Array[]): Bytes {
  const writer = new Writer("forget").version().bytes(readKey, 32)
  return writer.list8(ids, (id) => writer.bytes(id, 16)).done()
}

/** First frame of the line, and again to add mailboxes. */
export function listenFrame(readKeys: readonly Uint8Array[]): Bytes {
  if (readKeys.length > MOST_LISTENED) throw new LayoutError("count", "listen")
  const writer = new Writer("listen").u8(1).version()
  return writer.list8(readKeys, (key) => writer.bytes(key, 32)).done()
}

export function forgetFrame(address: Uint8Array, ids: readonly Uint8Array[]): Bytes {
  const writer = new Writer("forget").u8(2).bytes(address, 16)
  return writer.list8(ids, (id) => writer.bytes(id, 16)).done()
}

export function leaveFrame(address: Uint8Array): Bytes {
  return new Writer("leave").u8(3).bytes(address, 16).done()
}

/** This ring is on a screen that somebody looks at. */
export function heardFrame(dutyAddress: Uint8Array, requestId: Uint8Array): Bytes {
  return new Writer("heard").u8(4).bytes(dutyAddress, 16).bytes(requestId, 16).done()
}

/** Somebody is there, and this was a drill. */
export function drilledFrame(dutyAddress: Uint8Array, drillId: Uint8Array): Bytes {
  return new Writer("drilled").u8(5).bytes(dutyAddress, 16).bytes(drillId, 16).done()
}

/** Reads one frame from the mailroom. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const reader = new Reader(bytes, "frame")
  const frame = readFrame(reader)
  reader.end()
  return frame
}

/** The byte of a request's state, as in frame 6 and in `POST /requests/state`. */
export function readRequestState(reader: Reader): RequestState {
  return chosen(STATES, reader.u8() - 1)
}

function readFrame(reader: Reader): Frame {
  const kind = reader.u8()
  switch (kind) {
    case 1:
      return {
        kind: "listening",
        today: reader.u16(),
        mailboxes: reader.times(reader.u8(), () => ({ address: reader.bytes(16), what: chosen(WHAT, reader.u8()) })),
      }
    case 2:
      return { kind: "envelope", address: reader.bytes(16), id: reader.bytes(16), today: reader.u16(), envelope: reader.bytes(ENVELOPE_LENGTH) }
    case 3:
      return { kind: "forgotten", address: reader.bytes(16), ids: reader.times(reader.u8(), () => reader.bytes(16)) }
    case 4:
      return { kind: "ring", dutyAddress: reader.bytes(16), requestId: reader.bytes(16), urgency: reader.within(reader.u8(), 0, 2) }
    case 5:
      return { kind: "hush", dutyAddress: reader.bytes(16), requestId: reader.bytes(16), reason: chosen(REASONS, reader.u8() - 1) }
    case 6:
      return { kind: "request", replyAddress: reader.bytes(16), state: readRequestState(reader) }
    case 7:
      return { kind: "drill", dutyAddress: reader.bytes(16), drillId: reader.bytes(16) }
    default:
      throw new LayoutError("value", "frame")
  }
}

function chosen<T>(names: readonly T[], index: number): T {
  const name = names[index]
  if (name === undefined) throw new LayoutError("value", "frame")
  return name
}
