import type { Bytes } from "./bytes.ts"
import { concat, fromHex, sameBytes } from "./bytes.ts"
import { LayoutError } from "./errors.ts"

/** An RSA public key as two big-endian numbers, without leading zeros. */
export type RsaKey = Readonly<{ modulus: Bytes; exponent: Bytes }>

// RFC 9578, 6.5: the RSASSA-PSS OID with SHA-384, MGF1 and a salt of 48 bytes, then the key. For 2,048 bits and the
// exponent 65,537 there is exactly one encoding: a modulus between these.
const BEFORE = fromHex(
  "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648016503040202a2030201300382010f003082010a0282010100",
)
const EXPONENT = fromHex("010001")
const AFTER = concat(fromHex("0203"), EXPONENT)
const MODULUS_LENGTH = 256

/** Reads an issuer key as the bulletin gives it. Throws LayoutError for any other kind of key or way of writing it. */
export function decodeTokenKey(spki: Uint8Array): RsaKey {
  const end = BEFORE.length + MODULUS_LENGTH
  const modulus = concat(spki.slice(BEFORE.length, end))
  const rest = concat(spki.slice(0, BEFORE.length), spki.slice(end))
  if (!sameBytes(rest, concat(BEFORE, AFTER)) || (modulus[0] ?? 0) < 128) throw new LayoutError("value", "token key")
  return { modulus, exponent: EXPONENT.slice() }
}
