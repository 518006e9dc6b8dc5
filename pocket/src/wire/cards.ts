import type { Bytes } from "./bytes.ts"
import { concat, sameBytes, utf8 } from "./bytes.ts"
import { base32OfBits, fromBase32, tidyBase32, toBase32 } from "./base32.ts"
import { MistypedError } from "./errors.ts"

/** SHA-256, handed in: this folder depends on nothing. */
export type Sha256 = (bytes: Bytes) => Promise<Bytes>

/** A card as read. `fingerprint` has 16 bytes from a link and its first 10 from the typed form. */
export type Card = Readonly<{ code: Bytes; fingerprint: Bytes }>
export type Invitation = Readonly<{ invitation: Bytes; fingerprint: Bytes }>

const CODE_LENGTH = 10
const FINGERPRINT_LENGTH = 16
const TYPED_FINGERPRINT_LENGTH = 10
const CHECK_CHARACTERS = 4
/** What stands after `#card=`: 26 bytes and the check. */
const LINK_CHARACTERS = 46
const CARD = "leanto/card/1"
const INVITATION = "leanto/invitation/1"

/** Reads a scanned link, its fragment, the letters of either, or what somebody typed. Throws MistypedError before anything is sent. */
export async function parseCard(text: string, sha256: Sha256): Promise<Card> {
  const linked = fragment(text, "card")
  const isLong = linked !== undefined || tidyBase32(text).length === LINK_CHARACTERS
  const length = CODE_LENGTH + (isLong ? FINGERPRINT_LENGTH : TYPED_FINGERPRINT_LENGTH)
  const bytes = await checked(linked ?? text, length, CARD, sha256)
  return { code: bytes.slice(0, CODE_LENGTH), fingerprint: bytes.slice(CODE_LENGTH) }
}

/** What follows the pocket's origin in a card's QR: `/#card=…`. */
export async function cardLink(card: Card, sha256: Sha256): Promise<string> {
  return `/#card=${await withCheck(concat(card.code, card.fingerprint), CARD, sha256)}`
}

/** The typed form, in groups of four. */
export async function cardTyped(card: Card, sha256: Sha256): Promise<string> {
  const bytes = concat(card.code, card.fingerprint.slice(0, TYPED_FINGERPRINT_LENGTH))
  return (await withCheck(bytes, CARD, sha256)).replace(/.{4}(?=.)/g, "$& ")
}

/** Reads a peer's invitation: link, fragment, or the letters alone. Throws MistypedError. */
export async function parseInvitation(text: string, sha256: Sha256): Promise<Invitation> {
  const bytes = await checked(fragment(text, "invitation") ?? text, 16 + FINGERPRINT_LENGTH, INVITATION, sha256)
  return { invitation: bytes.slice(0, 16), fingerprint: bytes.slice(16) }
}

export async function invitationLink(invitation: Invitation, sha256: Sha256): Promise<string> {
  return `/#invitation=${await withCheck(concat(invitation.invitation, invitation.fingerprint), INVITATION, sha256)}`
}

/** Whether a program's whole fingerprint is the one that a card, in either form, names. */
export function fingerprintFits(fingerprint: Uint8Array, named: Uint8Array): boolean {
  return named.length >= TYPED_FINGERPRINT_LENGTH && sameBytes(fingerprint.slice(0, named.length), named)
}

async function withCheck(bytes: Bytes, label: string, sha256: Sha256): Promise<string> {
  return toBase32(bytes) + (await check(bytes, label, sha256))
}

async function check(bytes: Bytes, label: string, sha256: Sha256): Promise<string> {
  return base32OfBits(await sha256(concat(utf8(label), bytes)), CHECK_CHARACTERS)
}

async function checked(text: string, length: number, label: string, sha256: Sha256): Promise<Bytes> {
  const tidy = tidyBase32(text)
  const bytes = fromBase32(tidy.slice(0, -CHECK_CHARACTERS), length, label)
  if (tidy.slice(-CHECK_CHARACTERS) !== (await check(bytes, label, sha256))) throw new MistypedError(label)
  return bytes
}

function fragment(text: string, name: string): string | undefined {
  const start = text.indexOf(`#${name}=`)
  return start < 0 ? undefined : text.slice(start + name.length + 2)
}
