import type { Bytes, Letter, SealedRequest } from "../wire/index.ts"
import {
  concat,
  decodeInner,
  decodeLetter,
  decodeOuter,
  decodeSealedRequest,
  encodeInner,
  encodeLetter,
  encodeOuter,
  encodeSealedRequest,
  sameBytes,
  utf8,
} from "../wire/index.ts"
import type { AgreementKey } from "./agreement.ts"
import { agree } from "./agreement.ts"
import { SealError } from "./errors.ts"
import { hkdfSha256, hmacFits, hmacSha256, sha256 } from "./hash.ts"
import type { SealingKey } from "./sealing.ts"
import { hpkeOpen, hpkeSeal } from "./sealing.ts"

/** Whom and where something is sealed to: the sealing key of now, the static key behind it, the mailbox. */
export type Destination = Readonly<{ sealingKey: Bytes; recipient: Bytes; mailboxAddress: Bytes }>
/** With what a pocket opens: its own sealing key (found by `envelopeKeyId`), its own static key, the mailbox it lay in. */
export type Opening = Readonly<{ sealingKey: SealingKey; recipient: AgreementKey; mailboxAddress: Bytes }>

const REQUEST = "leanto/sealed-request/1"
const LETTER = "leanto/letter/1"

/** 4,096 bytes that only this peer's bundle key opens, at this duty address. */
export async function sealRequest(request: SealedRequest, sender: AgreementKey, to: Destination): Promise<Bytes> {
  return seal(REQUEST, encodeSealedRequest(request), sender, to)
}

/** Throws SealError, or LayoutError for bytes that are no envelope or no request. */
export async function openRequest(envelope: Bytes, opening: Opening): Promise<Readonly<{ sender: Bytes; request: SealedRequest }>> {
  const { sender, body } = await open(REQUEST, envelope, opening)
  return { sender, request: decodeSealedRequest(body) }
}

/** 4,096 bytes that only this return key opens, at this mailbox. */
export async function sealLetter(letter: Letter, sender: AgreementKey, to: Destination): Promise<Bytes> {
  return seal(LETTER, encodeLetter(letter), sender, to)
}

/** Throws SealError, or LayoutError. Whether `sender` is who this talk is with is the caller's question. */
export async function openLetter(envelope: Bytes, opening: Opening): Promise<Readonly<{ sender: Bytes; letter: Letter }>> {
  const { sender, body } = await open(LETTER, envelope, opening)
  return { sender, letter: decodeLetter(body) }
}

/** Which sealing key an envelope asks for. */
export function envelopeKeyId(envelope: Bytes): Bytes {
  return decodeOuter(envelope).keyId
}

async function seal(label: string, body: Bytes, sender: AgreementKey, to: Destination): Promise<Bytes> {
  const keyHash = await sha256(to.sealingKey)
  const key = await macKey(await agree(sender, to.recipient), sender.publicKey, to.recipient)
  const mac = await hmacSha256(key, proven(label, keyHash, to.mailboxAddress, sender.publicKey, to.recipient, body))
  const inner = encodeInner({ sender: sender.publicKey, mac, body })
  const { enc, ciphertext } = await hpkeSeal(to.sealingKey, context(label, keyHash, to.mailboxAddress), inner)
  return encodeOuter({ keyId: keyHash.slice(0, 8), enc, ciphertext })
}

async function open(label: string, envelope: Bytes, opening: Opening): Promise<Readonly<{ sender: Bytes; body: Bytes }>> {
  const outer = decodeOuter(envelope)
  if (!sameBytes(outer.keyId, opening.sealingKey.keyId)) throw new SealError("unknown-key")
  const keyHash = await sha256(opening.sealingKey.publicKey)
  const inner = decodeInner(await hpkeOpen(opening.sealingKey, context(label, keyHash, opening.mailboxAddress), outer))
  const { publicKey } = opening.recipient
  const key = await macKey(await agree(opening.recipient, inner.sender), inner.sender, publicKey)
  const message = proven(label, keyHash, opening.mailboxAddress, inner.sender, publicKey, inner.body)
  if (!(await hmacFits(key, message, inner.mac))) throw new SealError("sender")
  return { sender: inner.sender, body: inner.body }
}

function context(label: string, keyHash: Bytes, mailboxAddress: Bytes): Bytes {
  return concat(utf8(label), keyHash, mailboxAddress)
}

// Both sides can make this proof, so a seized letter proves to nobody else who wrote it.
function proven(label: string, keyHash: Bytes, mailboxAddress: Bytes, sender: Bytes, recipient: Bytes, body: Bytes): Bytes {
  return concat(Uint8Array.of(1), utf8(label), keyHash, mailboxAddress, sender, recipient, body)
}

function macKey(shared: Bytes, sender: Bytes, recipient: Bytes): Promise<Bytes> {
  return hkdfSha256(shared, concat(utf8("leanto/mac/1"), sender, recipient), 32)
}
