import type { Bytes } from "./bytes.ts"
import { concat, utf8 } from "./bytes.ts"
import { BUNDLE_LENGTH, decodeBundle } from "./bundle.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { decodeVouch } from "./vouch.ts"

export const SHARED_KINDS = ["about", "years", "work", "been", "language", "faith", "veteran", "gender", "region", "drawing", "rank"] as const
export type SharedKind = (typeof SHARED_KINDS)[number]
export type SharedItem = Readonly<{ kind: SharedKind; text: string }>

export const CONFLICT_KINDS = ["agency", "unit", "chain", "leads"] as const
export type ConflictLabel = Readonly<{ kind: (typeof CONFLICT_KINDS)[number]; text: string }>

/** A peer as the members' part lists one. Vouch and bundles are signed bytes in the right layout, not verified yet. */
export type Member = Readonly<{
  vouch: Bytes
  bundles: readonly Bytes[]
  shared: readonly SharedItem[]
  conflicts: readonly ConflictLabel[]
}>

/** Minutes since 1970, `until` excluded; tier 0 on duty, 1 shows available, 2 reserve, 3 backstop. */
export type Shift = Readonly<{ member: number; from: number; until: number; tier: number }>
export type Members = Readonly<{ members: readonly Member[]; rota: readonly Shift[] }>

const WHERE = "members"

/** Reads the opened plain text of the members' part. */
export function decodeMembers(plain: Uint8Array): Members {
  const reader = new Reader(plain, WHERE)
  reader.version()
  const members = reader.times(reader.u16(), () => readMember(reader))
  const rota = reader.times(reader.u16(), () => readShift(reader, members.length))
  reader.end()
  return { members, rota }
}

export function encodeMembers({ members, rota }: Members): Bytes {
  const writer = new Writer(WHERE).version().u16(members.length)
  for (const member of members) writeMember(writer, member)
  writer.u16(rota.length)
  for (const shift of rota) writer.u16(shift.member).u32(shift.from).u32(shift.until).u8(shift.tier)
  return writer.done()
}

/** What the members' part is sealed with besides its key. */
export function membersAad(programId: Uint8Array, serial: number): Bytes {
  return concat(utf8("leanto/members/1"), new Writer(WHERE).bytes(programId, 16).u32(serial).done())
}

/** A list of shared items, as here and in a hand-in. */
export function readShared(reader: Reader): SharedItem[] {
  return reader.times(reader.u8(), () => ({ kind: named(SHARED_KINDS, reader.u8(), reader.where), text: reader.text16() }))
}

export function writeShared(writer: Writer, items: readonly SharedItem[]): void {
  writer.list8(items, ({ kind, text }) => writer.u8(SHARED_KINDS.indexOf(kind) + 1).text16(text))
}

function readMember(reader: Reader): Member {
  const vouch = reader.bytes(reader.u16())
  decodeVouch(vouch)
  const count = reader.u8()
  // Version 1 lists at most one bundle.
  if (count > 1) throw new LayoutError("count", WHERE)
  const bundles = reader.times(count, () => reader.bytes(BUNDLE_LENGTH))
  bundles.forEach(decodeBundle)
  const shared = readShared(reader)
  const conflicts = reader.times(reader.u8(), () => ({ kind: named(CONFLICT_KINDS, reader.u8(), WHERE), text: reader.text8() }))
  return { vouch, bundles, shared, conflicts }
}

function writeMember(writer: Writer, member: Member): void {
  writer.u16(member.vouch.length).bytes(member.vouch, member.vouch.length)
  writer.list8(member.bundles, (bundle) => writer.bytes(bundle, BUNDLE_LENGTH))
  writeShared(writer, member.shared)
  writer.list8(member.conflicts, ({ kind, text }) => writer.u8(CONFLICT_KINDS.indexOf(kind) + 1).text8(text))
}

function readShift(reader: Reader, members: number): Shift {
  const member = reader.within(reader.u16(), 0, members - 1)
  const from = reader.u32()
  const until = reader.within(reader.u32(), from + 1, 2 ** 32)
  return { member, from, until, tier: reader.within(reader.u8(), 0, 3) }
}

function named<T extends string>(names: readonly T[], number: number, where: string): T {
  const name = names[number - 1]
  if (name === undefined) throw new LayoutError("value", where)
  return name
}
