/** RSABSSA-SHA384-PSS-Deterministic, the client's half (RFC 9474), on BigInt and WebCrypto.
 *
 * Own lines, because nothing maintained offers this without 13 kB and an open advisory; tests hold them against the RFC's
 * vectors and an independent implementation. Blinding hides the message for good, whatever the issuer computes later. BigInt
 * is not constant time: the only secrets here are this pocket's own random numbers, used once. */
import type { Bytes, RsaKey } from "../wire/index.ts"
import { concat, decodeTokenKey, toBase64 } from "../wire/index.ts"
import { SealError } from "./errors.ts"
import type { Random } from "./hash.ts"
import { sha384 } from "./hash.ts"

export type IssuerKey = Readonly<{ modulus: bigint; exponent: bigint; length: number; verifier: CryptoKey }>
/** `blinded` goes to the desk; `inverse` stays, and is stored before anything is sent. */
export type Blinding = Readonly<{ blinded: Bytes; inverse: Bytes }>

const HASH_LENGTH = 48
const SALT_LENGTH = 48

/** Reads an issuer key as the bulletin gives it. Throws LayoutError. */
export async function issuerKey(spki: Bytes): Promise<IssuerKey> {
  return issuerKeyOf(decodeTokenKey(spki))
}

export async function issuerKeyOf({ modulus, exponent }: RsaKey): Promise<IssuerKey> {
  const jwk = { kty: "RSA", n: toBase64(modulus), e: toBase64(exponent) }
  const verifier = await crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, false, ["verify"])
  return { modulus: toNumber(modulus), exponent: toNumber(exponent), length: modulus.length, verifier }
}

/** Blinds one message: whoever signs `blinded` learns nothing about it. */
export async function blind(key: IssuerKey, message: Bytes, random: Random): Promise<Blinding> {
  const encoded = toNumber(await emsaPss(message, bitLength(key.modulus) - 1, random(SALT_LENGTH)))
  const factor = randomFactor(key, random)
  invert(encoded, key.modulus)
  const blinded = (encoded * power(factor, key.exponent, key.modulus)) % key.modulus
  return { blinded: toBytes(blinded, key.length), inverse: toBytes(invert(factor, key.modulus), key.length) }
}

/** Takes the blinding off and checks the signature. Throws SealError("blind-signature"). */
export async function finish(key: IssuerKey, message: Bytes, signed: Bytes, inverse: Bytes): Promise<Bytes> {
  if (signed.length !== key.length) throw new SealError("blind-signature")
  const signature = toBytes((toNumber(signed) * toNumber(inverse)) % key.modulus, key.length)
  const right = await crypto.subtle.verify({ name: "RSA-PSS", saltLength: SALT_LENGTH }, key.verifier, signature, message)
  if (!right) throw new SealError("blind-signature")
  return signature
}

// RFC 8017, 9.1.1, with SHA-384 for hash and mask.
async function emsaPss(message: Bytes, bits: number, salt: Bytes): Promise<Bytes> {
  const length = Math.ceil(bits / 8)
  const hash = await sha384(concat(new Uint8Array(8), await sha384(message), salt))
  const block = concat(new Uint8Array(length - salt.length - HASH_LENGTH - 2), Uint8Array.of(1), salt)
  const mask = await mgf1(hash, block.length)
  const masked = block.map((byte, index) => byte ^ (mask[index] ?? 0))
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits))
  return concat(masked, hash, Uint8Array.of(0xbc))
}

async function mgf1(seed: Bytes, length: number): Promise<Bytes> {
  const counters = Array.from({ length: Math.ceil(length / HASH_LENGTH) }, (_, index) => Uint8Array.of(0, 0, 0, index))
  return concat(...(await Promise.all(counters.map((counter) => sha384(concat(seed, counter)))))).slice(0, length)
}

// Drawn again until it fits: a remainder would not be uniform.
function randomFactor(key: IssuerKey, random: Random): bigint {
  for (;;) {
    const candidate = toNumber(random(key.length))
    if (candidate > 1n && candidate < key.modulus) return candidate
  }
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus
  }
  return result
}

function invert(value: bigint, modulus: bigint): bigint {
  let [rest, divisor, factor, next] = [value % modulus, modulus, 1n, 0n]
  while (divisor !== 0n) {
    const quotient = rest / divisor
    ;[rest, divisor] = [divisor, rest - quotient * divisor]
    ;[factor, next] = [next, factor - quotient * next]
  }
  if (rest !== 1n) throw new SealError("blind-signature")
  return ((factor % modulus) + modulus) % modulus
}

function bitLength(value: bigint): number {
  return value.toString(2).length
}

function toNumber(bytes: Bytes): bigint {
  return bytes.reduce<bigint>((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function toBytes(value: bigint, length: number): Bytes {
  const bytes = new Uint8Array(length)
  for (let index = length - 1, rest = value; index >= 0; index--, rest >>= 8n) bytes[index] = Number(rest & 255n)
  return bytes
}
