import type { Bytes } from "./bytes.ts"
import { utf8 } from "./bytes.ts"
import { SEALING_KEY_LENGTH } from "./bundle.ts"
import { Reader, Writer, canonicalText } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { ENVELOPE_LENGTH } from "./mailboxes.ts"
import type { UrgencyName } from "./requests.ts"
import { URGENCIES, urgencyName } from "./requests.ts"

export const BODY_LENGTH = 2_887
export const INNER_LENGTH = 2_951
export const TEXT_LENGTH = 1_572
const ENC_LENGTH = 1_120
const CIPHERTEXT_LENGTH = 2_967

export const LETTER_KINDS = ["words", "received", "unreadable", "begin", "end", "burn", "meet", "hand-over", "keep", "moved"] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

const TEXT_LENGTHS: Readonly<Partial<Record<LetterKind, number>>> = { unreadable: 8, keep: 32, moved: 0 }

export type Outer = Readonly<{ keyId: Bytes; enc: Bytes; ciphertext: Bytes }>
export type Inner = Readonly<{ sender: Bytes; mac: Bytes; body: Bytes }>

/** Which bulletin the writer saw last: serial and the first 8 bytes of the head's hash. */
export type SeenBulletin = Readonly<{ bulletinSerial: number; headHash: Bytes }>
export type ReturnKey = Readonly<{ returnKey: Bytes; returnLastDay: number }>

export type SealedRequest = SeenBulletin &
  ReturnKey &
  Readonly<{
    requestId: Bytes
    talkId: Bytes
    replyAddress: Bytes
    urgency: UrgencyName
    day: number
    keepsakeProof: Bytes | undefined
  }>

export type Letter = SeenBulletin &
  ReturnKey &
  Readonly<{
    talkId: Bytes
    id: Bytes
    kind: LetterKind
    after: Bytes
    seen: Bytes
    replyAddress: Bytes
    day: number
    /** At most 1,572 bytes of UTF-8; for `unreadable` a key id, for `keep` a keepsake, for `moved` nothing. */
    text: Bytes
  }>

export function encodeOuter({ keyId, enc, ciphertext }: Outer): Bytes {
  return new Writer("envelope").version().bytes(keyId, 8).bytes(enc, ENC_LENGTH).bytes(ciphertext, CIPHERTEXT_LENGTH).done()
}

export function decodeOuter(envelope: Uint8Array): Outer {
  const reader = new Reader(envelope, "envelope", ENVELOPE_LENGTH)
  reader.version()
  const outer = { keyId: reader.bytes(8), enc: reader.bytes(ENC_LENGTH), ciphertext: reader.bytes(CIPHERTEXT_LENGTH) }
  reader.end()
  return outer
}

export function encodeInner({ sender, mac, body }: Inner): Bytes {
  return new Writer("inner").bytes(sender, 32).bytes(mac, 32).bytes(body, BODY_LENGTH).done()
}

export function decodeInner(bytes: Uint8Array): Inner {
  const reader = new Reader(bytes, "inner", INNER_LENGTH)
  const inner = { sender: reader.bytes(32), mac: reader.bytes(32), body: reader.bytes(BODY_LENGTH) }
  reader.end()
  return inner
}

export function encodeSealedRequest(request: SealedRequest): Bytes {
  const writer = new Writer("sealed request")
    .bytes(request.requestId, 16)
    .bytes(request.talkId, 16)
    .bytes(request.replyAddress, 16)
    .bytes(request.returnKey, SEALING_KEY_LENGTH)
    .u16(request.returnLastDay)
    .u8(URGENCIES.indexOf(request.urgency))
    .u32(request.bulletinSerial)
    .bytes(request.headHash, 8)
    .u16(request.day)
    .flag(request.keepsakeProof !== undefined)
    .bytes(request.keepsakeProof ?? new Uint8Array(32), 32)
  const written = writer.done()
  return writer.zeros(BODY_LENGTH - written.length).done()
}

export function decodeSealedRequest(body: Uint8Array): SealedRequest {
  const reader = new Reader(body, "sealed request", BODY_LENGTH)
  const request = {
    requestId: reader.bytes(16),
    talkId: reader.bytes(16),
    replyAddress: reader.bytes(16),
    returnKey: reader.bytes(SEALING_KEY_LENGTH),
    returnLastDay: reader.u16(),
    urgency: urgencyName(reader.u8()),
    bulletinSerial: reader.u32(),
    headHash: reader.bytes(8),
    day: reader.u16(),
    keepsakeProof: readProof(reader),
  }
  reader.zeros(reader.left)
  return request
}

export function encodeLetter(letter: Letter): Bytes {
  checkText(letter.kind, letter.text)
  return new Writer("letter")
    .bytes(letter.talkId, 16)
    .bytes(letter.id, 16)
    .u8(LETTER_KINDS.indexOf(letter.kind) + 1)
    .bytes(letter.after, 16)
    .bytes(letter.seen, 16)
    .bytes(letter.replyAddress, 16)
    .bytes(letter.returnKey, SEALING_KEY_LENGTH)
    .u16(letter.returnLastDay)
    .u32(letter.bulletinSerial)
    .bytes(letter.headHash, 8)
    .u16(letter.day)
    .u16(letter.text.length)
    .bytes(letter.text, letter.text.length)
    .zeros(TEXT_LENGTH - letter.text.length)
    .done()
}

export function decodeLetter(body: Uint8Array): Letter {
  const reader = new Reader(body, "letter", BODY_LENGTH)
  const letter = {
    talkId: reader.bytes(16),
    id: reader.bytes(16),
    kind: letterKind(reader.u8()),
    after: reader.bytes(16),
    seen: reader.bytes(16),
    replyAddress: reader.bytes(16),
    returnKey: reader.bytes(SEALING_KEY_LENGTH),
    returnLastDay: reader.u16(),
    bulletinSerial: reader.u32(),
    headHash: reader.bytes(8),
    day: reader.u16(),
    text: reader.bytes(reader.within(reader.u16(), 0, TEXT_LENGTH)),
  }
  reader.zeros(reader.left)
  checkText(letter.kind, letter.text)
  return letter
}

/** A letter's text as words. Throws LayoutError("text"). */
export function letterWords(letter: Letter): string {
  return canonicalText(letter.text, "letter")
}

/** Words as the texts of one or more letters: cut between characters, none longer than 1,572 bytes, all but the last of them `goesOn`. */
export function cutWords(words: string): string[] {
  const pieces: string[] = []
  let piece = ""
  let length = 0
  for (const character of words) {
    const more = utf8(character).length
    if (length + more > TEXT_LENGTH) {
      pieces.push(piece)
      piece = ""
      length = 0
    }
    piece += character
    length += more
  }
  // A full last piece would promise another one.
  return goesOn(piece) ? [...pieces, piece, ""] : [...pieces, piece]
}

/** Whether the next letter of kind `words` goes on with this text: no character was small enough to fit any more. */
export function goesOn(text: string): boolean {
  return utf8(text).length > TEXT_LENGTH - 4
}

function readProof(reader: Reader): Bytes | undefined {
  if (reader.flag()) return reader.bytes(32)
  reader.zeros(32)
  return undefined
}

function letterKind(number: number): LetterKind {
  const kind = LETTER_KINDS[number - 1]
  if (kind === undefined) throw new LayoutError("value", "letter")
  return kind
}

function checkText(kind: LetterKind, text: Uint8Array): void {
  const length = TEXT_LENGTHS[kind]
  if (length !== undefined ? text.length !== length : text.length > TEXT_LENGTH) throw new LayoutError("length", "letter")
  if (length === undefined) canonicalText(text, "letter")
}
