import type { Bytes } from "./bytes.ts"
import { sameBytes } from "./bytes.ts"
import { LayoutError } from "./errors.ts"

/** An RSA public key as two big-endian numbers, without leading zeros. */
export type RsaKey = Readonly<{ modulus: Bytes; exponent: Bytes }>

const SEQUENCE = 0x30
const INTEGER = 0x02
const BIT_STRING = 0x03
const RSASSA_PSS = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a)

/** Reads a SubjectPublicKeyInfo with the RSASSA-PSS OID (RFC 9578), 2,048 bits. Throws LayoutError. */
export function decodeTokenKey(spki: Uint8Array): RsaKey {
  const outer = new Der(new Der(spki).only(SEQUENCE))
  const algorithm = outer.take(SEQUENCE)
  if (!sameBytes(algorithm.slice(0, RSASSA_PSS.length), RSASSA_PSS)) throw new LayoutError("value", "token key")
  const key = new Der(new Der(outer.only(BIT_STRING).slice(1)).only(SEQUENCE))
  const modulus = positive(key.take(INTEGER))
  const exponent = positive(key.only(INTEGER))
  if (modulus.length !== 256 || (modulus[0] ?? 0) < 128 || exponent.length > 4) throw new LayoutError("value", "token key")
  return { modulus, exponent }
}

function positive(integer: Bytes): Bytes {
  return integer[0] === 0 ? integer.slice(1) : integer
}

/** Just enough DER to walk one key; definite lengths only. */
class Der {
  #bytes: Bytes
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = new Uint8Array(bytes)
  }

  take(tag: number): Bytes {
    if (this.#next() !== tag) throw new LayoutError("value", "token key")
    const length = this.#length()
    const end = this.#offset + length
    if (end > this.#bytes.length) throw new LayoutError("length", "token key")
    const value = this.#bytes.slice(this.#offset, end)
    this.#offset = end
    return value
  }

  /** The last value: nothing may follow. */
  only(tag: number): Bytes {
    const value = this.take(tag)
    if (this.#offset !== this.#bytes.length) throw new LayoutError("left-over", "token key")
    return value
  }

  #length(): number {
    const first = this.#next()
    if (first < 0x80) return first
    if (first !== 0x81 && first !== 0x82) throw new LayoutError("length", "token key")
    return first === 0x81 ? this.#next() : this.#next() * 256 + this.#next()
  }

  #next(): number {
    const byte = this.#bytes[this.#offset++]
    if (byte === undefined) throw new LayoutError("length", "token key")
    return byte
  }
}
