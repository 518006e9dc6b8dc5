import type { Bytes } from "../wire/index.ts"
import { concat, mailboxPreimage, spendMessage, tokenChallenge, utf8 } from "../wire/index.ts"
import { hmacFits, hmacSha256, sha256 } from "./hash.ts"

/** H("leanto/program/1" ‖ key)[:16]: what a card pins. */
export async function programFingerprint(programKey: Bytes): Promise<Bytes> {
  return labelled("leanto/program/1", programKey, 16)
}

/** The address that this read key rules. */
export async function mailboxAddress(readKey: Bytes): Promise<Bytes> {
  return (await sha256(mailboxPreimage(readKey))).slice(0, 16)
}

/** The 8 bytes that name a sealing key on an envelope. */
export async function keyIdOf(sealingKey: Bytes): Promise<Bytes> {
  return (await sha256(sealingKey)).slice(0, 8)
}

export async function membersKeyHash(membersKey: Bytes): Promise<Bytes> {
  return labelled("leanto/members-key/1", membersKey, 32)
}

/** What a token of this program must carry. */
export async function challengeDigest(programId: Bytes): Promise<Bytes> {
  return sha256(tokenChallenge(programId))
}

/** What a token pays for: method, path and body. */
export async function bodyDigest(method: string, path: string, body: Bytes): Promise<Bytes> {
  return sha256(spendMessage(method, path, body))
}

/** Proves to a kept peer that an old acquaintance asks, without saying who. */
export async function keepsakeProof(keepsake: Bytes, requestId: Bytes, peerAgreementKey: Bytes): Promise<Bytes> {
  return hmacSha256(keepsake, concat(requestId, peerAgreementKey))
}

/** Whether this proof was made with this keepsake; compares in constant time. */
export async function keepsakeFits(keepsake: Bytes, requestId: Bytes, peerAgreementKey: Bytes, proof: Bytes): Promise<boolean> {
  return hmacFits(keepsake, concat(requestId, peerAgreementKey), proof)
}

async function labelled(label: string, bytes: Bytes, length: number): Promise<Bytes> {
  return (await sha256(concat(utf8(label), bytes))).slice(0, length)
}
