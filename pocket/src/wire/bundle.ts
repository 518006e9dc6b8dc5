import type { Bytes } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { SIGNATURE_LENGTH } from "./signed.ts"

/** spec/bulletin.md, Bundle: where and under which key requests reach a peer, for two weeks from a Monday. */
export type Bundle = Readonly<{ dutyAddress: Bytes; sealingKey: Bytes; firstDay: number; lastDay: number }>

export const BUNDLE_LENGTH = 1_301
export const SEALING_KEY_LENGTH = 1_216
const WHERE = "bundle"
const USABLE_DAYS = 13

export function decodeBundle(bytes: Uint8Array): Bundle {
  const reader = new Reader(bytes, WHERE, BUNDLE_LENGTH)
  reader.version()
  const bundle = {
    dutyAddress: reader.bytes(16),
    sealingKey: reader.bytes(SEALING_KEY_LENGTH),
    firstDay: reader.u16(),
    lastDay: reader.u16(),
  }
  reader.bytes(SIGNATURE_LENGTH)
  reader.end()
  return checkedDays(bundle)
}

/** A bundle without its signature, as it is signed under `leanto/bundle/1` ‖ program id. */
export function encodeBundle(bundle: Bundle): Bytes {
  checkedDays(bundle)
  return new Writer(WHERE)
    .version()
    .bytes(bundle.dutyAddress, 16)
    .bytes(bundle.sealingKey, SEALING_KEY_LENGTH)
    .u16(bundle.firstDay)
    .u16(bundle.lastDay)
    .done()
}

/** 1970-01-01 was a Thursday. */
export function isMonday(day: number): boolean {
  return (day + 3) % 7 === 0
}

function checkedDays(bundle: Bundle): Bundle {
  if (!isMonday(bundle.firstDay) || bundle.lastDay !== bundle.firstDay + USABLE_DAYS) throw new LayoutError("value", WHERE)
  return bundle
}
