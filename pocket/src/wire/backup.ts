import type { Bytes } from "./bytes.ts"
import { decodeCharter } from "./charter.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { TOKEN_LENGTH } from "./tokens.ts"
import { checkedHandle } from "./vouch.ts"

/** spec/slots.md: what a new phone is given. Never words of talks, nor a seed that must die. Days are whole days since 1970. */
export type Backup = Readonly<{
  day: number
  /** As it was held, with its signature: it pins the program. */
  charter: Bytes
  card: Bytes | undefined
  epochs: readonly Readonly<{ epoch: number; drawn: boolean; membersKey: Bytes }>[]
  tokens: readonly Readonly<{ epoch: number; token: Bytes }>[]
  agency: string
  unit: string
  kept: readonly BackedPeer[]
  reminders: readonly Readonly<{ words: string; keepsake: Bytes; day: number }>[]
  identity: BackedIdentity | undefined
}>

export type BackedPeer = Readonly<{ name: string; handle: string; signingKey: Bytes; agreementKey: Bytes; keepsake: Bytes; day: number }>
export type BackedIdentity = Readonly<{ invitation: Bytes; handle: string; signingSeed: Bytes; agreementSecret: Bytes }>

/** How many of each the law allows. */
export const BACKUP_MOST = { epochs: 4, tokens: 20, kept: 24, reminders: 40 } as const

const WHERE = "backup"
const LENGTH = 16_355
const LONGEST_CHARTER = 1_024
const CODE_LENGTH = 10
export const KEPT_NAME_BYTES = 60
export const REMINDER_BYTES = 120

export function decodeBackup(bytes: Uint8Array): Backup {
  const reader = new Reader(bytes, WHERE, LENGTH)
  reader.version()
  const day = reader.u16()
  const charter = reader.bytes(reader.within(reader.u16(), 1, LONGEST_CHARTER))
  decodeCharter(charter)
  const hasCard = reader.flag()
  const code = hasCard ? reader.bytes(CODE_LENGTH) : undefined
  if (!hasCard) reader.zeros(CODE_LENGTH)
  const backup: Backup = {
    day,
    charter,
    card: code,
    epochs: few(reader, BACKUP_MOST.epochs, () => ({ epoch: reader.u16(), drawn: reader.flag(), membersKey: reader.bytes(32) })),
    tokens: few(reader, BACKUP_MOST.tokens, () => ({ epoch: reader.u16(), token: reader.bytes(TOKEN_LENGTH) })),
    agency: reader.text8(),
    unit: reader.text8(),
    kept: few(reader, BACKUP_MOST.kept, () => readKept(reader)),
    reminders: few(reader, BACKUP_MOST.reminders, () => ({ words: sized(reader.text8(), 0, REMINDER_BYTES), keepsake: reader.bytes(32), day: reader.u16() })),
    identity: reader.flag() ? readIdentity(reader) : undefined,
  }
  reader.zeros(reader.left)
  return backup
}

/** Throws LayoutError("length") for more than fits. */
export function encodeBackup({ day, charter, card, epochs, tokens, agency, unit, kept, reminders, identity }: Backup): Bytes {
  const writer = new Writer(WHERE).version().u16(day)
  writer.u16(writable(charter.length, 1, LONGEST_CHARTER)).bytes(charter, charter.length)
  writer.flag(card !== undefined).bytes(card ?? new Uint8Array(CODE_LENGTH), CODE_LENGTH)
  writer.list8(atMost(epochs, BACKUP_MOST.epochs), ({ epoch, drawn, membersKey }) => writer.u16(epoch).flag(drawn).bytes(membersKey, 32))
  writer.list8(atMost(tokens, BACKUP_MOST.tokens), ({ epoch, token }) => writer.u16(epoch).bytes(token, TOKEN_LENGTH))
  writer.text8(agency).text8(unit)
  writer.list8(atMost(kept, BACKUP_MOST.kept), (peer) => { writeKept(writer, peer) })
  writer.list8(atMost(reminders, BACKUP_MOST.reminders), (one) => writer.text8(sized(one.words, 0, REMINDER_BYTES)).bytes(one.keepsake, 32).u16(one.day))
  writer.flag(identity !== undefined)
  if (identity !== undefined) {
    const { invitation, handle, signingSeed, agreementSecret } = identity
    writer.bytes(invitation, 16).text8(checkedHandle(handle)).bytes(signingSeed, 32).bytes(agreementSecret, 32)
  }
  const written = writer.done()
  return writer.zeros(LENGTH - written.length).done()
}

function readKept(reader: Reader): BackedPeer {
  return {
    name: sized(reader.text8(), 1, KEPT_NAME_BYTES),
    handle: checkedHandle(reader.text8()),
    signingKey: reader.bytes(32),
    agreementKey: reader.bytes(32),
    keepsake: reader.bytes(32),
    day: reader.u16(),
  }
}

function writeKept(writer: Writer, { name, handle, signingKey, agreementKey, keepsake, day }: BackedPeer): void {
  writer.text8(sized(name, 1, KEPT_NAME_BYTES)).text8(checkedHandle(handle))
  writer.bytes(signingKey, 32).bytes(agreementKey, 32).bytes(keepsake, 32).u16(day)
}

function readIdentity(reader: Reader): BackedIdentity {
  return { invitation: reader.bytes(16), handle: checkedHandle(reader.text8()), signingSeed: reader.bytes(32), agreementSecret: reader.bytes(32) }
}

function few<T>(reader: Reader, most: number, item: () => T): T[] {
  return reader.times(reader.within(reader.u8(), 0, most), item)
}

function atMost<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length > most) throw new LayoutError("count", WHERE)
  return items
}

function writable(length: number, least: number, most: number): number {
  if (length < least || length > most) throw new LayoutError("length", WHERE)
  return length
}

function sized(text: string, least: number, most: number): string {
  const { length } = new TextEncoder().encode(text)
  if (length < least || length > most) throw new LayoutError("value", WHERE)
  return text
}
