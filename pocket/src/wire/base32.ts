import type { Bytes } from "./bytes.ts"
import { MistypedError } from "./errors.ts"

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** Crockford's, upper case, no padding, spare bits zero. */
export function toBase32(bytes: Uint8Array): string {
  return base32OfBits(bytes, Math.ceil((bytes.length * 8) / 5))
}

/** The first `characters` × 5 bits; past the end of the bytes they are zero. */
export function base32OfBits(bytes: Uint8Array, characters: number): string {
  let text = ""
  for (let index = 0; index < characters; index++) {
    const bit = index * 5
    const pair = (bytes[bit >> 3] ?? 0) * 256 + (bytes[(bit >> 3) + 1] ?? 0)
    text += ALPHABET.charAt((pair >> (11 - (bit & 7))) & 31)
  }
  return text
}

/** What a person typed, as a machine writes it: spaces and hyphens gone, O read as 0, I and L as 1. */
export function tidyBase32(text: string): string {
  return text.replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1")
}

/** Reads tidy base32 of exactly `length` bytes. Throws MistypedError. */
export function fromBase32(text: string, length: number, where: string): Bytes {
  const bytes = new Uint8Array(length)
  if (text.length !== Math.ceil((length * 8) / 5)) throw new MistypedError(where)
  for (let index = 0; index < text.length; index++) {
    const value = ALPHABET.indexOf(text.charAt(index))
    if (value < 0) throw new MistypedError(where)
    const shifted = value << (11 - ((index * 5) & 7))
    const place = (index * 5) >> 3
    or(bytes, place, shifted >> 8, where)
    or(bytes, place + 1, shifted & 255, where)
  }
  return bytes
}

function or(bytes: Bytes, place: number, value: number, where: string): void {
  if (place < bytes.length) bytes[place] = (bytes[place] ?? 0) | value
  // Spare bits are zero: another writing of the same card is no card.
  else if (value !== 0) throw new MistypedError(where)
}
