import type { Random } from "../seal/index.ts"
import { SealError } from "../seal/index.ts"
import type { Seals } from "../talks/letters.ts"
import { incoming, newPiece, sealingKey } from "../talks/letters.ts"
import { cutWords, tidyWords } from "../talks/pieces.ts"
import type { TalkState } from "../talks/state.ts"
import { newTalk } from "../talks/state.ts"
import { step } from "../talks/step.ts"
import type { Bytes } from "../wire/index.ts"
import { fromHex, LayoutError, toHex } from "../wire/index.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"

/** The talk that a true answer begins, or undefined for anything else that lay in the reply mailbox.
 *
 * True: opens with this request's return key, is a beginning of this very talk, and its sender is the vouched key of a peer to
 * whom this pocket sealed a copy. */
export async function talkFromAnswer(
  seals: Seals,
  { replyKey, replyAddress }: OpenRequest,
  secrets: RequestSecrets,
  envelope: Bytes,
  at: number,
): Promise<TalkState | undefined> {
  const address = fromHex(replyAddress)
  const recipient = { secret: secrets.staticSecret, publicKey: secrets.staticPublic }
  const opened = await openedOrNot(() => seals.openLetter(envelope, { sealingKey: sealingKey(secrets.returnKey), recipient, mailboxAddress: address }))
  if (opened === undefined) return undefined
  const { sender, letter } = opened
  const peer = secrets.asked.find(({ key }) => key === toHex(sender))
  if (peer === undefined || letter.kind !== "begin" || toHex(letter.talkId) !== secrets.talk) return undefined
  const first = incoming(letter)
  const talk = newTalk(
    {
      id: secrets.talk,
      role: "officer",
      with: peer.handle,
      mine: { staticSecret: secrets.staticSecret, staticPublic: secrets.staticPublic, readKey: replyKey, address: replyAddress },
      theirs: { staticPublic: sender, address: first.address, key: first.key },
      keys: [secrets.returnKey],
    },
    at,
  )
  return step(talk, { type: "arrived", letter: first, sealedTo: secrets.returnKey.id, at })
}

/** The words that waited, as the officer's first letters of this talk. */
export async function withWords(seals: Seals, random: Random, talk: TalkState, words: string, at: number): Promise<TalkState> {
  const tidy = tidyWords(words)
  if (tidy === "") return talk
  const pieces = await Promise.all(cutWords(tidy).map((text) => newPiece(seals, random, text, at)))
  return step(talk, { type: "write", kind: "words", pieces, at })
}

/** What waits for the next peer: after one who was silent also all that was written to that one, its topic with it. */
export function withAllSaid(secrets: RequestSecrets, silent: TalkState | undefined): RequestSecrets {
  if (silent === undefined) return secrets
  const said = silent.lines.filter(({ mine, kind }) => mine && kind === "words").map(({ text }) => text)
  return { ...secrets, about: "", draft: [...said, secrets.draft].filter((text) => text !== "").join("\n\n") }
}

async function openedOrNot<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) return undefined
    throw error
  }
}
