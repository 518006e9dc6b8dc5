import { dayOf } from "../clock.ts"
import type { Random, SealingKey } from "../seal/index.ts"
import { envelopeKeyId, newSealingKey, openLetter, sealLetter } from "../seal/index.ts"
import type { Bytes, Letter, LetterKind, SeenBulletin } from "../wire/index.ts"
import { fromHex, letterWords, sameBytes, toHex, utf8 } from "../wire/index.ts"
import type { Piece } from "./step.ts"
import type { FreshKey, Hex, Incoming, Outgoing, OwnKey, TalkState, TheirKey } from "./state.ts"

/** How letters are sealed: seal/ itself, or, where a test writes thousands, something that only looks so. */
export type Seals = Readonly<{
  newSealingKey: typeof newSealingKey
  envelopeKeyId: typeof envelopeKeyId
  sealLetter: typeof sealLetter
  openLetter: typeof openLetter
}>

export const SEALS: Seals = { newSealingKey, envelopeKeyId, sealLetter, openLetter }

/** A return key may be sealed to until and with this many days after it was made. */
const SEALING_DAYS = 14

export async function freshKey(seals: Seals, at: number): Promise<FreshKey> {
  const { seed, publicKey, keyId } = await seals.newSealingKey()
  return { id: toHex(keyId), seed, public: publicKey, lastDay: lastSealingDay(at) }
}

/** The last day on which a return key made at this time may be sealed to. */
export function lastSealingDay(madeAt: number): number {
  return dayOf(madeAt) + SEALING_DAYS
}

export async function newPiece(seals: Seals, random: Random, text: string, at: number): Promise<Piece> {
  return { id: toHex(random(16)), key: await freshKey(seals, at), text }
}

/** The letter as it goes out now: the newest return key of the other side, and what was seen of theirs until now. */
export function sealOutgoing(seals: Seals, talk: TalkState, letter: Outgoing, stamp: SeenBulletin, at: number): Promise<Bytes> {
  const sender = { secret: talk.mine.staticSecret, publicKey: talk.mine.staticPublic }
  const to = { sealingKey: talk.theirs.key.public, recipient: talk.theirs.staticPublic, mailboxAddress: fromHex(talk.theirs.address) }
  return seals.sealLetter(onPaper(talk, letter, stamp, at), sender, to)
}

/** Opens a letter of this talk. Undefined when its key is not (or no longer) here; throws SealError or LayoutError for one that is not true. */
export async function openIncoming(seals: Seals, talk: TalkState, envelope: Bytes): Promise<Readonly<{ letter: Incoming; sealedTo: Hex }> | undefined> {
  const sealedTo = toHex(seals.envelopeKeyId(envelope))
  const key = talk.keys.find(({ id }) => id === sealedTo)
  if (key === undefined) return undefined
  const recipient = { secret: talk.mine.staticSecret, publicKey: talk.mine.staticPublic }
  const opened = await seals.openLetter(envelope, { sealingKey: sealingKey(key), recipient, mailboxAddress: fromHex(talk.mine.address) })
  // The first verified sender is the only one for this talk.
  if (!sameBytes(opened.sender, talk.theirs.staticPublic) || toHex(opened.letter.talkId) !== talk.id) throw new ForeignLetter()
  return { letter: incoming(opened.letter), sealedTo }
}

/** A letter that opens and proves its sender, but belongs to another talk or writer. */
export class ForeignLetter extends Error {
  override readonly name = "ForeignLetter"
}

export function sealingKey(key: Pick<OwnKey, "id" | "seed" | "public">): SealingKey {
  return { seed: key.seed, publicKey: key.public, keyId: fromHex(key.id) }
}

export function incoming(letter: Letter): Incoming {
  return {
    id: toHex(letter.id),
    kind: letter.kind,
    after: toHex(letter.after),
    seen: toHex(letter.seen),
    address: toHex(letter.replyAddress),
    key: { public: letter.returnKey, lastDay: letter.returnLastDay },
    text: isBinary(letter.kind) ? toHex(letter.text) : letterWords(letter),
  }
}

function isBinary(kind: LetterKind): boolean {
  return kind === "unreadable" || kind === "keep" || kind === "moved"
}

function onPaper(talk: TalkState, letter: Outgoing, stamp: SeenBulletin, at: number): Letter {
  const key = keyOnPaper(talk, letter, at)
  return {
    ...stamp,
    talkId: fromHex(talk.id),
    id: fromHex(letter.id),
    kind: letter.kind,
    after: fromHex(letter.after),
    seen: fromHex(talk.head),
    replyAddress: fromHex(talk.mine.address),
    returnKey: key.public,
    returnLastDay: key.lastDay,
    day: dayOf(at),
    text: isBinary(letter.kind) ? fromHex(letter.text) : utf8(letter.text),
  }
}

/** A copy of a letter that waited for weeks names a key that can still be answered to. */
function keyOnPaper({ keys }: TalkState, { key }: Outgoing, at: number): TheirKey {
  const newest = keys.at(-1)
  const isGood = dayOf(at) <= key.lastDay && keys.some((own) => sameBytes(own.public, key.public))
  return isGood || newest === undefined ? key : { public: newest.public, lastDay: lastSealingDay(newest.madeAt) }
}
