import type { AgreementKey, Random, SealingKey, SigningKey } from "../seal/index.ts"
import { mailboxAddress, newAgreementKey, newSealingKey, newSigningKey, sha256, signed, wordsFrom } from "../seal/index.ts"
import type { Hex } from "../talks/state.ts"
import type { Bytes, HandIn, Standing } from "../wire/index.ts"
import { encodeBundle, encodeBundles, encodeHandIn, encodeStanding, enrolmentWordsPreimage, LABELS, messageToSign, toHex } from "../wire/index.ts"

/** What makes this pocket a peer's: sealed in the vault, and never anywhere else. */
export type Identity = Readonly<{ signing: SigningKey; agreement: AgreementKey }>

/** A week's duty mailbox. Its read key lies open: rings reach a locked pocket, and open nothing there. */
export type Week = Readonly<{ firstDay: number; address: Hex; readKey: Bytes; bundle: Bytes; handedIn: boolean }>
export type NewWeek = Readonly<{ week: Week; seal: SealingKey }>

const USABLE_DAYS = 13
const WORDS = 6

export async function newIdentity(random: Random): Promise<Identity> {
  return { signing: await newSigningKey(random), agreement: await newAgreementKey(random) }
}

/** Fresh keys for the week that begins on this Monday, signed by the peer's own key. */
export async function newWeek(identity: Identity, programId: Bytes, firstDay: number, random: Random): Promise<NewWeek> {
  const readKey = random(32)
  const [dutyAddress, seal] = await Promise.all([mailboxAddress(readKey), newSealingKey()])
  const body = encodeBundle({ dutyAddress, sealingKey: seal.publicKey, firstDay, lastDay: firstDay + USABLE_DAYS })
  const bundle = await signed(identity.signing, body, messageToSign(body, LABELS.bundle, programId))
  return { week: { firstDay, address: toHex(dutyAddress), readKey, bundle, handedIn: false }, seal }
}

/** Six words that two people read to each other, to know that these are this peer's keys. */
export async function enrolmentWords(programId: Bytes, { signing, agreement }: Identity): Promise<readonly string[]> {
  return wordsFrom(await sha256(enrolmentWordsPreimage(programId, signing.publicKey, agreement.publicKey)), WORDS)
}

export async function signedHandIn(identity: Identity, programId: Bytes, me: Pick<HandIn, "invitation" | "handle" | "shared" | "bundles">): Promise<Bytes> {
  const body = encodeHandIn({ ...me, signingKey: identity.signing.publicKey, agreementKey: identity.agreement.publicKey })
  return signed(identity.signing, body, messageToSign(body, LABELS.enrolment, programId))
}

export async function signedBundles({ signing }: Identity, programId: Bytes, bundles: readonly Bytes[]): Promise<Bytes> {
  const body = encodeBundles(programId, signing.publicKey, bundles)
  return signed(signing, body, messageToSign(body, LABELS.bundles))
}

export async function signedStanding({ signing }: Identity, programId: Bytes, standing: Standing): Promise<Bytes> {
  const body = encodeStanding(programId, signing.publicKey, standing)
  return signed(signing, body, messageToSign(body, LABELS.standing))
}
