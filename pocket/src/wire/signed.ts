import type { Bytes } from "./bytes.ts"
import { concat, utf8 } from "./bytes.ts"
import { LayoutError } from "./errors.ts"

export const SIGNATURE_LENGTH = 64

/** What the law's signatures stand under. No label is a prefix of another. */
export const LABELS = {
  charter: "leanto/charter/1",
  vouch: "leanto/vouch/1",
  bundle: "leanto/bundle/1",
  head: "leanto/bulletin/1",
  enrolment: "leanto/enrolment/1",
  bundles: "leanto/bundles/1",
  standing: "leanto/standing/1",
  receipt: "leanto/receipt/1",
} as const

/** A thing with its signature apart: `message` is what was signed, label included. */
export type Signed = Readonly<{ message: Bytes; signature: Bytes }>

/** Splits signed bytes: label ‖ extra ‖ everything before the signature, and the signature. */
export function splitSigned(whole: Uint8Array, label: string, extra: Uint8Array = new Uint8Array()): Signed {
  if (whole.length <= SIGNATURE_LENGTH) throw new LayoutError("length", label)
  const body = whole.slice(0, -SIGNATURE_LENGTH)
  return { message: concat(utf8(label), extra, body), signature: new Uint8Array(whole.slice(-SIGNATURE_LENGTH)) }
}

/** What there is to sign for a body that has no signature yet. */
export function messageToSign(body: Uint8Array, label: string, extra: Uint8Array = new Uint8Array()): Bytes {
  return concat(utf8(label), extra, body)
}
