import type { Bytes } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { SIGNATURE_LENGTH } from "./signed.ts"

/** spec/bulletin.md, Charter: who may sign heads, where the rooms are. Days are whole days since 1970. */
export type Charter = Readonly<{
  programId: Bytes
  serial: number
  day: number
  programKey: Bytes
  bulletinKeys: readonly Readonly<{ key: Bytes; lastDay: number }>[]
  receiptKey: Bytes
  mailroom: string
  issuance: string
  successorKey: Bytes | undefined
}>

const WHERE = "charter"
const LONGEST_KEY_DAYS = 90

/** Reads a charter with its signature; who signed it is trust/'s question. */
export function decodeCharter(bytes: Uint8Array): Charter {
  const reader = new Reader(bytes, WHERE)
  reader.version()
  const programId = reader.bytes(16)
  const serial = reader.u32()
  const day = reader.u16()
  const programKey = reader.bytes(32)
  const bulletinKeys = reader.times(readKeyCount(reader), () => ({
    key: reader.bytes(32),
    lastDay: reader.within(reader.u16(), 0, day + LONGEST_KEY_DAYS),
  }))
  const receiptKey = reader.bytes(32)
  const mailroom = origin(reader.text8())
  const issuance = origin(reader.text8())
  const successorKey = reader.flag() ? reader.bytes(32) : undefined
  reader.bytes(SIGNATURE_LENGTH)
  reader.end()
  return { programId, serial, day, programKey, bulletinKeys, receiptKey, mailroom, issuance, successorKey }
}

/** spec/bulletin.md, Lineage: the last charter of each program key that passed on, oldest first, each with its signature. */
export function decodeLineage(bytes: Uint8Array): readonly Bytes[] {
  const reader = new Reader(bytes, "lineage")
  reader.version()
  const charters = reader.times(reader.u8(), () => reader.bytes(reader.u16()))
  reader.end()
  charters.forEach(decodeCharter)
  return charters
}

/** A charter without its signature, as it is signed. */
export function encodeCharter(charter: Charter): Bytes {
  const writer = new Writer(WHERE)
    .version()
    .bytes(charter.programId, 16)
    .u32(charter.serial)
    .u16(charter.day)
    .bytes(charter.programKey, 32)
  writer
    .list8(charter.bulletinKeys, ({ key, lastDay }) => writer.bytes(key, 32).u16(lastDay))
    .bytes(charter.receiptKey, 32)
    .text8(origin(charter.mailroom))
    .text8(origin(charter.issuance))
    .flag(charter.successorKey !== undefined)
  if (charter.successorKey !== undefined) writer.bytes(charter.successorKey, 32)
  return writer.done()
}

function readKeyCount(reader: Reader): number {
  const count = reader.u8()
  if (count < 1 || count > 4) throw new LayoutError("count", WHERE)
  return count
}

/** scheme://host[:port] and nothing after. */
function origin(text: string): string {
  if (!/^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[1-9][0-9]{0,4})?$/.test(text)) throw new LayoutError("value", WHERE)
  return text
}
