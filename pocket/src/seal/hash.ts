import type { Bytes } from "../wire/index.ts"
import { isZero, sameBytes } from "../wire/index.ts"
import { SealError } from "./errors.ts"

/** Where fresh bytes come from; handed in, so that tests can repeat a day. */
export type Random = (length: number) => Bytes

/** So many bytes never come twice by chance. */
const NEVER_TWICE = 16
/** Drawn beside what is handed out, and used for nothing. */
let sample: Bytes = new Uint8Array(NEVER_TWICE)

/** From the browser. Throws SealError("chance") once that says nothing but zeros, or twice the same: no key is made of it. */
export const random: Random = (length) => {
  const next = crypto.getRandomValues(new Uint8Array(NEVER_TWICE))
  if (isZero(next) || sameBytes(next, sample)) throw new SealError("chance")
  sample = next
  return crypto.getRandomValues(new Uint8Array(length))
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
}

export async function sha384(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-384", bytes))
}

export async function hmacSha256(key: Bytes, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await hmacKey(key), message))
}

/** Compares in constant time. */
export async function hmacFits(key: Bytes, message: Bytes, mac: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await hmacKey(key), mac, message)
}

/** HKDF-SHA256 with an empty salt. */
export async function hkdfSha256(ikm: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, key, length * 8))
}

function hmacKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"])
}
