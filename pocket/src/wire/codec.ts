import type { Bytes } from "./bytes.ts"
import { concat } from "./bytes.ts"
import { LayoutError } from "./errors.ts"

/** Reads one layout strictly: whatever does not fit is a LayoutError, nothing is repaired. */
export class Reader {
  readonly where: string
  #bytes: Bytes
  #offset = 0

  /** `size`: the one length that this layout takes, where it has one. */
  constructor(bytes: Uint8Array, where: string, size: number = bytes.length) {
    if (bytes.length !== size) throw new LayoutError("size", where)
    this.#bytes = new Uint8Array(bytes)
    this.where = where
  }

  /** The version byte of 1 that stands in front of everything. */
  version(): void {
    if (this.u8() !== 1) throw new LayoutError("version", this.where)
  }

  u8(): number {
    return this.#number(1)
  }

  u16(): number {
    return this.#number(2)
  }

  u32(): number {
    return this.#number(4)
  }

  bytes(length: number): Bytes {
    const end = this.#offset + length
    if (end > this.#bytes.length) throw new LayoutError("length", this.where)
    const taken = this.#bytes.slice(this.#offset, end)
    this.#offset = end
    return taken
  }

  text8(): string {
    return canonicalText(this.bytes(this.u8()), this.where)
  }

  text16(): string {
    return canonicalText(this.bytes(this.u16()), this.where)
  }

  flag(): boolean {
    const value = this.u8()
    if (value > 1) throw new LayoutError("flag", this.where)
    return value === 1
  }

  /** A number that must lie within bounds, both included. */
  within(value: number, least: number, most: number): number {
    if (value < least || value > most) throw new LayoutError("value", this.where)
    return value
  }

  /** `count` items; the count was read before. */
  times<T>(count: number, item: () => T): T[] {
    return Array.from({ length: count }, item)
  }

  zeros(length: number): void {
    if (this.bytes(length).some((byte) => byte !== 0)) throw new LayoutError("padding", this.where)
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#offset
  }

  end(): void {
    if (this.left > 0) throw new LayoutError("left-over", this.where)
  }

  #number(width: number): number {
    return this.bytes(width).reduce((value, byte) => value * 256 + byte, 0)
  }
}

/** Writes one layout. Sizes and ranges are checked here too: a wrong one is our own mistake and throws. */
export class Writer {
  readonly where: string
  #parts: Uint8Array[] = []

  constructor(where: string) {
    this.where = where
  }

  version(): this {
    return this.u8(1)
  }

  u8(value: number): this {
    return this.#number(value, 1)
  }

  u16(value: number): this {
    return this.#number(value, 2)
  }

  u32(value: number): this {
    return this.#number(value, 4)
  }

  /** Exactly `length` bytes. */
  bytes(value: Uint8Array, length: number): this {
    if (value.length !== length) throw new LayoutError("length", this.where)
    this.#parts.push(value)
    return this
  }

  text8(text: string): this {
    const bytes = textBytes(text, this.where)
    return this.u8(bytes.length).bytes(bytes, bytes.length)
  }

  text16(text: string): this {
    const bytes = textBytes(text, this.where)
    return this.u16(bytes.length).bytes(bytes, bytes.length)
  }

  flag(value: boolean): this {
    return this.u8(value ? 1 : 0)
  }

  /** The count as a u8, then each item. */
  list8<T>(items: readonly T[], write: (item: T) => void): this {
    this.u8(items.length)
    items.forEach(write)
    return this
  }

  zeros(length: number): this {
    return this.bytes(new Uint8Array(Math.max(0, length)), length)
  }

  done(): Bytes {
    return concat(...this.#parts)
  }

  #number(value: number, width: number): this {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** width) throw new LayoutError("value", this.where)
    const bytes = new Uint8Array(width)
    for (let index = width - 1, rest = value; index >= 0; index--, rest = Math.floor(rest / 256)) bytes[index] = rest % 256
    this.#parts.push(bytes)
    return this
  }
}

/** UTF-8 in NFC with no control character but the line feed. Throws LayoutError("text"). */
export function canonicalText(bytes: Uint8Array, where: string): string {
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new LayoutError("text", where)
  }
  textBytes(text, where)
  return text
}

/** The same rule, the other way: what cannot be read back is not written. */
export function textBytes(text: string, where: string): Bytes {
  const low = /[\u0000-\u0009\u000b-\u001f]/.test(text)
  if (low || !text.isWellFormed() || text.normalize("NFC") !== text) throw new LayoutError("text", where)
  return new TextEncoder().encode(text)
}
