/** For tests: a small true program, and the hands of those who would lie with it. */
import type { AgreementKey, SealingKey, SigningKey } from "../seal/index.ts"
import { encrypt, membersKeyHash, newAgreementKey, newSealingKey, newSigningKey, programFingerprint, random, sha256, sign } from "../seal/index.ts"
import type { Bundle, Bytes, Charter, Head, Members, PartSeal, Shift, Vouch } from "../wire/index.ts"
import {
  concat,
  encodeBundle,
  encodeCharter,
  encodeHead,
  encodeMembers,
  encodeVouch,
  LABELS,
  membersAad,
  messageToSign,
  toBase64,
  utf8,
} from "../wire/index.ts"

/** Monday, 23 November 2026. */
export const TODAY = 20_780

export type Program = Readonly<{ key: SigningKey; bulletinKey: SigningKey; receiptKey: SigningKey; id: Bytes; membersKey: Bytes; charter: Charter }>
export type PeerKeys = Readonly<{ signing: SigningKey; agreement: AgreementKey; sealing: SealingKey }>

export async function newProgram(): Promise<Program> {
  const [key, bulletinKey, receiptKey] = await Promise.all([newSigningKey(random), newSigningKey(random), newSigningKey(random)])
  const id = await programFingerprint(key.publicKey)
  const charter: Charter = {
    programId: id,
    serial: 3,
    day: TODAY,
    programKey: key.publicKey,
    bulletinKeys: [{ key: bulletinKey.publicKey, lastDay: TODAY + 60 }],
    receiptKey: receiptKey.publicKey,
    mailroom: "https://mail.example.org",
    issuance: "https://desk.example.org",
    successorKey: undefined,
  }
  return { key, bulletinKey, receiptKey, id, membersKey: random(32), charter }
}

export async function signedCharter(key: SigningKey, charter: Charter): Promise<Bytes> {
  return withSignature(key, encodeCharter(charter), LABELS.charter)
}

export async function signedHead(program: Program, changes: Partial<Head> = {}, key: SigningKey = program.bulletinKey): Promise<Bytes> {
  const nothing = await partSeal(new Uint8Array())
  const head: Head = {
    programId: program.id,
    serial: 12,
    previous: new Uint8Array(32),
    day: TODAY,
    lastDay: TODAY + 2,
    epoch: 4,
    membersKeyHash: await membersKeyHash(program.membersKey),
    public: nothing,
    members: nothing,
    duty: nothing,
    bulletinKey: key.publicKey,
    ...changes,
  }
  return withSignature(key, encodeHead(head), LABELS.head)
}

export async function newPeerKeys(): Promise<PeerKeys> {
  return { signing: await newSigningKey(random), agreement: await newAgreementKey(random), sealing: await newSealingKey() }
}

export async function signedVouch(program: Program, peer: PeerKeys, changes: Partial<Vouch> = {}, key: SigningKey = program.key): Promise<Bytes> {
  const vouch = {
    programId: program.id,
    handle: "Ben",
    signingKey: peer.signing.publicKey,
    agreementKey: peer.agreement.publicKey,
    lastDay: TODAY + 365,
    ...changes,
  }
  return withSignature(key, encodeVouch(vouch), LABELS.vouch)
}

export async function signedBundle(program: Program, peer: PeerKeys, changes: Partial<Bundle> = {}): Promise<Bytes> {
  const bundle = { dutyAddress: random(16), sealingKey: peer.sealing.publicKey, firstDay: TODAY, lastDay: TODAY + 13, ...changes }
  return withSignature(peer.signing, encodeBundle(bundle), LABELS.bundle, program.id)
}

/** A members' part with these vouches and bundles, one bundle each. */
export function membersOf(peers: readonly Readonly<{ vouch: Bytes; bundle: Bytes }>[], rota: readonly Shift[] = []): Members {
  return { members: peers.map(({ vouch, bundle }) => ({ vouch, bundles: [bundle], shared: [], conflicts: [] })), rota }
}

export async function sealedMembers(program: Program, members: Members, serial: number): Promise<Bytes> {
  return encrypt(program.membersKey, encodeMembers(members), membersAad(program.id, serial), random)
}

export async function partSeal(part: Bytes): Promise<PartSeal> {
  return { hash: await sha256(part), length: part.length }
}

async function withSignature(key: SigningKey, body: Bytes, label: string, extra: Bytes = utf8("")): Promise<Bytes> {
  return concat(body, await sign(key, messageToSign(body, label, extra)))
}

/** A public part whose epoch 4 began ten days ago, with epoch 5 ahead of its day. */
export function publicPart(spki: Bytes): Bytes {
  const words = { en: "words" }
  const key = toBase64(spki)
  return utf8(
    JSON.stringify({
      program: { name: "Lean-to", region: "North", agencies: [{ id: "pd", name: "Police", units: ["Patrol"] }] },
      pack: {
        id: "us", version: 1, date: "2026-11-23", place: words, reviewed: null, review_note: words, languages_reviewed: ["en"], who_reads: words,
        who_cannot: words, exceptions: [words], kept: words, not_therapists: words, law: [], written_words: true,
      },
      helplines: [],
      token_keys: [
        { epoch: 4, first_day: TODAY - 10, last_day: TODAY + 79, key },
        { epoch: 5, first_day: TODAY + 50, last_day: TODAY + 139, key },
      ],
      patience: { now: 10, today: 120, whenever: 1440 },
      card_place: words,
    }),
  )
}

/** What the mailroom says of them at `/token-keys`. */
export function tokenKeys(id: Bytes, epoch = 4): Bytes {
  return concat(Uint8Array.of(1, 1, 0, epoch), id)
}
