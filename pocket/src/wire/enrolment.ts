import type { Bytes } from "./bytes.ts"
import { concat, utf8 } from "./bytes.ts"
import { BUNDLE_LENGTH } from "./bundle.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import type { SharedItem } from "./members.ts"
import { writeShared } from "./members.ts"
import { checkedHandle, decodeVouch } from "./vouch.ts"

export type HandIn = Readonly<{
  invitation: Bytes
  handle: string
  signingKey: Bytes
  agreementKey: Bytes
  bundles: readonly Bytes[]
  shared: readonly SharedItem[]
}>

export type EnrolmentState =
  | Readonly<{ state: "invited" | "handed-in" }>
  | Readonly<{ state: "vouched"; epoch: number; membersKey: Bytes; vouch: Bytes }>

/** How a peer wants to be rung. Minutes since 1970, but for the quiet hours: minutes of the program's day. */
export type Standing = Readonly<{
  saidMinute: number
  reserveConsent: boolean
  quietFromMinute: number
  quietUntilMinute: number
  availableUntilMinute: number
  reachedDay: number
  /** When this pocket last opened what it sealed to its own entry in the list; 0: not yet. */
  openedDay: number
}>

/** A hand-in without its signature, as it is signed under `leanto/enrolment/1` ‖ program id. */
export function encodeHandIn(handIn: HandIn): Bytes {
  const writer = new Writer("hand-in")
    .version()
    .bytes(handIn.invitation, 16)
    .text8(checkedHandle(handIn.handle))
    .bytes(handIn.signingKey, 32)
    .bytes(handIn.agreementKey, 32)
  writer.list8(handIn.bundles, (bundle) => writer.bytes(bundle, BUNDLE_LENGTH))
  writeShared(writer, handIn.shared)
  return writer.done()
}

/** Body of `POST /enrolment/state`. */
export function encodeStateQuestion(invitation: Uint8Array): Bytes {
  return new Writer("enrolment state").version().bytes(invitation, 16).done()
}

export function decodeEnrolmentState(bytes: Uint8Array): EnrolmentState {
  const reader = new Reader(bytes, "enrolment state")
  reader.version()
  const state = readState(reader)
  reader.end()
  return state
}

/** Bundles handed in later, without the signature, as signed under `leanto/bundles/1`. */
export function encodeBundles(programId: Uint8Array, signingKey: Uint8Array, bundles: readonly Bytes[]): Bytes {
  const writer = new Writer("bundles").version().bytes(programId, 16).bytes(signingKey, 32)
  return writer.list8(bundles, (bundle) => writer.bytes(bundle, BUNDLE_LENGTH)).done()
}

/** A standing without the signature, as signed under `leanto/standing/1`. */
export function encodeStanding(programId: Uint8Array, signingKey: Uint8Array, standing: Standing): Bytes {
  if (Math.max(standing.quietFromMinute, standing.quietUntilMinute) > 1439) {
    throw new LayoutError("value", "standing")
  }
  return new Writer("standing")
    .version()
    .bytes(programId, 16)
    .bytes(signingKey, 32)
    .u32(standing.saidMinute)
    .flag(standing.reserveConsent)
    .u16(standing.quietFromMinute)
    .u16(standing.quietUntilMinute)
    .u32(standing.availableUntilMinute)
    .u16(standing.reachedDay)
    .u16(standing.openedDay)
    .done()
}

/** SHA-256 of this gives the six words that two people read to each other. */
export function enrolmentWordsPreimage(programId: Uint8Array, signingKey: Uint8Array, agreementKey: Uint8Array): Bytes {
  return concat(utf8("leanto/enrolment-words/1"), programId, signingKey, agreementKey)
}

function readVouch(reader: Reader): Bytes {
  const vouch = reader.bytes(reader.u16())
  decodeVouch(vouch)
  return vouch
}

function readState(reader: Reader): EnrolmentState {
  switch (reader.u8()) {
    case 1:
      return { state: "invited" }
    case 2:
      return { state: "handed-in" }
    case 3:
      return { state: "vouched", epoch: reader.u16(), membersKey: reader.bytes(32), vouch: readVouch(reader) }
    default:
      throw new LayoutError("value", "enrolment state")
  }
}
