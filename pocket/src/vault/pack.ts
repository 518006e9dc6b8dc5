import type { Bytes } from "../wire/index.ts"
import { fromBase64, toBase64, utf8 } from "../wire/index.ts"

/** How bytes stand inside JSON: nothing that people write can look like this. */
const MARK = "\u0000bytes"

/** A record of plain values and bytes, as bytes to be sealed. */
export function pack(value: unknown): Bytes {
  return utf8(JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? { [MARK]: toBase64(one) } : one)))
}

/** The record again. What comes out went in through `pack` under the vault's own seal, so its shape is trusted. */
export function unpack(bytes: Bytes): unknown {
  return JSON.parse(new TextDecoder().decode(bytes), (_, one: unknown) => (isMarked(one) ? fromBase64(one[MARK], "vault") : one))
}

function isMarked(value: unknown): value is { [MARK]: string } {
  return typeof value === "object" && value !== null && MARK in value
}
