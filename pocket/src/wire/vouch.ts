import type { Bytes } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { SIGNATURE_LENGTH } from "./signed.ts"

/** spec/bulletin.md, Vouch: the program says that these keys are this peer's, until and with `lastDay`. */
export type Vouch = Readonly<{ programId: Bytes; handle: string; signingKey: Bytes; agreementKey: Bytes; lastDay: number }>

const WHERE = "vouch"

export function decodeVouch(bytes: Uint8Array): Vouch {
  const reader = new Reader(bytes, WHERE)
  reader.version()
  const programId = reader.bytes(16)
  const handle = checkedHandle(reader.text8())
  const signingKey = reader.bytes(32)
  const agreementKey = reader.bytes(32)
  const lastDay = reader.u16()
  reader.bytes(SIGNATURE_LENGTH)
  reader.end()
  return { programId, handle, signingKey, agreementKey, lastDay }
}

/** A vouch without its signature, as it is signed. */
export function encodeVouch(vouch: Vouch): Bytes {
  return new Writer(WHERE)
    .version()
    .bytes(vouch.programId, 16)
    .text8(checkedHandle(vouch.handle))
    .bytes(vouch.signingKey, 32)
    .bytes(vouch.agreementKey, 32)
    .u16(vouch.lastDay)
    .done()
}

/** A handle is 1 to 40 bytes. */
export function checkedHandle(handle: string): string {
  const length = new TextEncoder().encode(handle).length
  if (length < 1 || length > 40) throw new LayoutError("value", WHERE)
  return handle
}
