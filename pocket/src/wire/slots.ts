import type { Bytes } from "./bytes.ts"
import { concat, utf8 } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { SIGNATURE_LENGTH } from "./signed.ts"

/** spec/slots.md: every sealed copy has this one length. */
export const SLOT_LENGTH = 16_384
export const SLOTS_PATH = "/slots"
const NONCE_LENGTH = 12

/** SHA-256 of this, its first 16 bytes, is the slot that a read key rules. */
export function slotPreimage(readKey: Uint8Array): Bytes {
  return concat(utf8("leanto/slot/1"), new Writer("slot").bytes(readKey, 32).done())
}

/** Body of `POST /slots`. */
export function encodeSlotOpened(readKey: Uint8Array, body: Uint8Array): Bytes {
  return new Writer("slot").version().bytes(readKey, 32).bytes(body, SLOT_LENGTH).done()
}

/** Answer to `POST /slots`: the receipt. */
export function decodeSlotReceipt(bytes: Uint8Array): Bytes {
  return oneField(bytes, SIGNATURE_LENGTH)
}

/** Answer to `POST /slots/fetch`: the sealed copy. */
export function decodeSlotFetched(bytes: Uint8Array): Bytes {
  return oneField(bytes, SLOT_LENGTH)
}

/** Body of `POST /slots/write`. `replaced`: SHA-256 of the copy that lies there. */
export function encodeSlotWritten(readKey: Uint8Array, replaced: Uint8Array, body: Uint8Array): Bytes {
  return new Writer("slot").version().bytes(readKey, 32).bytes(replaced, 32).bytes(body, SLOT_LENGTH).done()
}

/** The copy as it lies at the mailroom. `sealed`: nonce and ciphertext, one after the other. */
export function encodeSlotBody(sealed: Uint8Array): Bytes {
  return new Writer("slot body").version().bytes(sealed, SLOT_LENGTH - 1).done()
}

export function decodeSlotBody(bytes: Uint8Array): Readonly<{ nonce: Bytes; ciphertext: Bytes }> {
  const reader = new Reader(bytes, "slot body", SLOT_LENGTH)
  reader.version()
  return { nonce: reader.bytes(NONCE_LENGTH), ciphertext: reader.bytes(reader.left) }
}

function oneField(bytes: Uint8Array, length: number): Bytes {
  const reader = new Reader(bytes, "slot", 1 + length)
  reader.version()
  return reader.bytes(length)
}
