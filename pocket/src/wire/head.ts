import type { Bytes } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { SIGNATURE_LENGTH } from "./signed.ts"

export type PartSeal = Readonly<{ hash: Bytes; length: number }>

/** spec/bulletin.md, Head: the one signed page that names everything else of today's bulletin. */
export type Head = Readonly<{
  programId: Bytes
  serial: number
  previous: Bytes
  day: number
  lastDay: number
  epoch: number
  membersKeyHash: Bytes
  public: PartSeal
  members: PartSeal
  duty: PartSeal
  bulletinKey: Bytes
}>

export const HEAD_LENGTH = 295
const WHERE = "head"

export function decodeHead(bytes: Uint8Array): Head {
  const reader = new Reader(bytes, WHERE, HEAD_LENGTH)
  reader.version()
  const part = (): PartSeal => ({ hash: reader.bytes(32), length: reader.u32() })
  const head = {
    programId: reader.bytes(16),
    serial: reader.u32(),
    previous: reader.bytes(32),
    day: reader.u16(),
    lastDay: reader.u16(),
    epoch: reader.u16(),
    membersKeyHash: reader.bytes(32),
    public: part(),
    members: part(),
    duty: part(),
    bulletinKey: reader.bytes(32),
  }
  reader.bytes(SIGNATURE_LENGTH)
  reader.end()
  return head
}

/** A head without its signature, as it is signed. */
export function encodeHead(head: Head): Bytes {
  const writer = new Writer(WHERE)
    .version()
    .bytes(head.programId, 16)
    .u32(head.serial)
    .bytes(head.previous, 32)
    .u16(head.day)
    .u16(head.lastDay)
    .u16(head.epoch)
    .bytes(head.membersKeyHash, 32)
  for (const part of [head.public, head.members, head.duty]) writer.bytes(part.hash, 32).u32(part.length)
  return writer.bytes(head.bulletinKey, 32).done()
}
