import type { Bytes } from "./bytes.ts"
import { concat, toHex, utf8 } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { LABELS } from "./signed.ts"

export const BATCH = 10
export const TOKEN_LENGTH = 354
const DRAW_REQUEST_LENGTH = 2_573
const DRAW_ANSWER_LENGTH = 2_595
const TOKEN_TYPE = 0x0002
const MODULUS_LENGTH = 256

export type Token = Readonly<{ nonce: Bytes; challengeDigest: Bytes; tokenKeyId: Bytes; authenticator: Bytes }>
export type DrawRequest = Readonly<{ code: Bytes; epoch: number; blinded: readonly Bytes[] }>
export type DrawAnswer = Readonly<{ epoch: number; membersKey: Bytes; signed: readonly Bytes[] }>
export type TokenKeyPrint = Readonly<{ epoch: number; tokenKeyId: Bytes }>

/** The RFC 9577 challenge that every pocket of a program builds for itself; its SHA-256 is in each token. */
export function tokenChallenge(programId: Bytes): Bytes {
  const issuer = utf8(`${toHex(programId)}.issuer.leanto`)
  const origin = utf8(`${toHex(programId)}.mailroom.leanto`)
  const writer = new Writer("challenge").u16(TOKEN_TYPE).u16(issuer.length).bytes(issuer, issuer.length)
  return writer.u8(0).u16(origin.length).bytes(origin, origin.length).done()
}

/** What the issuer signs blindly: a token without its authenticator. */
export function tokenInput(token: Omit<Token, "authenticator">): Bytes {
  return new Writer("token").u16(TOKEN_TYPE).bytes(token.nonce, 32).bytes(token.challengeDigest, 32).bytes(token.tokenKeyId, 32).done()
}

export function encodeToken(token: Token): Bytes {
  return concat(tokenInput(token), new Writer("token").bytes(token.authenticator, MODULUS_LENGTH).done())
}

export function decodeToken(bytes: Uint8Array): Token {
  const reader = new Reader(bytes, "token", TOKEN_LENGTH)
  if (reader.u16() !== TOKEN_TYPE) throw new LayoutError("version", "token")
  const token = {
    nonce: reader.bytes(32),
    challengeDigest: reader.bytes(32),
    tokenKeyId: reader.bytes(32),
    authenticator: reader.bytes(MODULUS_LENGTH),
  }
  reader.end()
  return token
}

export function encodeDrawRequest({ code, epoch, blinded }: DrawRequest): Bytes {
  const writer = new Writer("draw request").version().bytes(code, 10).u16(epoch)
  return tenOf(writer, blinded).done()
}

export function decodeDrawRequest(bytes: Uint8Array): DrawRequest {
  const reader = new Reader(bytes, "draw request", DRAW_REQUEST_LENGTH)
  reader.version()
  const request = { code: reader.bytes(10), epoch: reader.u16(), blinded: reader.times(BATCH, () => reader.bytes(MODULUS_LENGTH)) }
  reader.end()
  return request
}

export function encodeDrawAnswer({ epoch, membersKey, signed }: DrawAnswer): Bytes {
  const writer = new Writer("draw answer").version().u16(epoch).bytes(membersKey, 32)
  return tenOf(writer, signed).done()
}

export function decodeDrawAnswer(bytes: Uint8Array): DrawAnswer {
  const reader = new Reader(bytes, "draw answer", DRAW_ANSWER_LENGTH)
  reader.version()
  const answer = { epoch: reader.u16(), membersKey: reader.bytes(32), signed: reader.times(BATCH, () => reader.bytes(MODULUS_LENGTH)) }
  reader.end()
  return answer
}

/** The mailroom's `/token-keys`: a second place that names the issuer's keys. */
export function decodeTokenKeys(bytes: Uint8Array): TokenKeyPrint[] {
  const reader = new Reader(bytes, "token keys")
  reader.version()
  const keys = reader.times(reader.u8(), () => ({ epoch: reader.u16(), tokenKeyId: reader.bytes(32) }))
  reader.end()
  return keys
}

/** What a token pays for: its SHA-256 is the body digest. */
export function spendMessage(method: string, path: string, body: Uint8Array): Bytes {
  return concat(utf8("leanto/spend/1"), new Writer("spend").text8(method).text8(path).done(), body)
}

/** What a receipt signs, label included. */
export function receiptMessage(path: string, bodyDigest: Uint8Array, status: number): Bytes {
  return concat(utf8(LABELS.receipt), new Writer("receipt").text8(path).bytes(bodyDigest, 32).u16(status).done())
}

function tenOf(writer: Writer, items: readonly Bytes[]): Writer {
  if (items.length !== BATCH) throw new LayoutError("count", writer.where)
  for (const item of items) writer.bytes(item, MODULUS_LENGTH)
  return writer
}
