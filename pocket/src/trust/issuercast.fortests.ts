/** For tests: a desk's issuer that signs blindly, with a key of its own. */
import { concat, fromBase64, fromHex, toHex } from "../wire/index.ts"
import type { Bytes } from "../wire/index.ts"

export type Issuer = Readonly<{ spki: Bytes; sign: (blinded: Bytes) => Bytes }>

// RFC 9578, 6.5: the SubjectPublicKeyInfo of a 2,048-bit key with the RSASSA-PSS OID, SHA-384, MGF1 and a salt of 48 bytes.
const BEFORE =
  "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108300b0609608648016503040202a2030201300382010f003082010a0282010100"

export async function newIssuer(): Promise<Issuer> {
  const parameters = { name: "RSA-PSS", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-384" }
  const { privateKey } = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"])
  const jwk = await crypto.subtle.exportKey("jwk", privateKey)
  const modulus = fromBase64(jwk.n ?? "", "n")
  return { spki: concat(fromHex(BEFORE), modulus, fromHex("0203010001")), sign: (blinded) => raise(blinded, fromBase64(jwk.d ?? "", "d"), modulus) }
}

/** The raw private operation; good enough for a test, far from good enough for a desk. */
function raise(base: Bytes, exponent: Bytes, modulus: Bytes): Bytes {
  const [b, e, n] = [base, exponent, modulus].map((bytes) => BigInt(`0x${toHex(bytes)}`)) as [bigint, bigint, bigint]
  let result = 1n
  for (let square = b % n, rest = e; rest > 0n; rest >>= 1n, square = (square * square) % n) if (rest & 1n) result = (result * square) % n
  return fromHex(result.toString(16).padStart(512, "0"))
}
