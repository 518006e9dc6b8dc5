import { dayOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Kept } from "../kept/index.ts"
import type { Random, SealingKey } from "../seal/index.ts"
import { mailboxAddress, openRequest, SealError, sha256 } from "../seal/index.ts"
import { newPiece, sealOutgoing, SEALS } from "../talks/letters.ts"
import { cutWords, tidyWords } from "../talks/pieces.ts"
import type { TalkState } from "../talks/state.ts"
import { newTalk } from "../talks/state.ts"
import { step } from "../talks/step.ts"
import type { Bytes, SealedRequest, SeenBulletin } from "../wire/index.ts"
import { encodeSealedRequest, fromHex, LayoutError, sameBytes, toHex } from "../wire/index.ts"
import type { Identity } from "./keys.ts"
import type { Claim, Opened } from "./records.ts"

type Won = Readonly<{
  claim: Claim
  sealed: Bytes
  identity: Identity
  seed: SealingKey
  /** What was opened here under this request's id before. */
  before: Opened | undefined
  talks: readonly TalkState[]
  kept: Pick<Kept, "recognises">
  at: number
  random: Random
  stamp: SeenBulletin
}>

/** The sealed answer. `talk` begins with it; undefined when the request came back and its talk is here already. */
export type Answer = Readonly<{ opened: Opened; talk: TalkState | undefined; envelope: Bytes }>

/** Opens a request that was won, refuses what is not one or was another one before, and seals the first letter of the talk.
 * Throws PocketProblem("not-proven"). */
export async function answerTo(won: Won): Promise<Answer> {
  const { claim, sealed, identity, seed, at, stamp } = won
  const { sender, request } = await proven(openRequest(sealed, { sealingKey: seed, recipient: identity.agreement, mailboxAddress: fromHex(claim.duty) }))
  const opened = { request: claim.request, digest: await sha256(encodeSealedRequest(request)), talk: toHex(request.talkId), day: dayOf(at) }
  const known = won.talks.find(({ id }) => id === opened.talk)
  check(won, request, opened, known)
  const talk = known ?? (await begun(won, request, sender))
  const letter = talk.outbox.find(({ kind }) => kind === "begin")
  // Its officer has seen the first answer, or the talk is over: there is nothing to answer.
  if (letter === undefined || talk.stage !== "open") throw new PocketProblem("not-proven")
  // An officer's keys may be none that anything can be sealed to.
  const envelope = await proven(sealOutgoing(SEALS, talk, letter, stamp, at))
  return { opened, talk: known === undefined ? talk : undefined, envelope }
}

async function proven<T>(crypto: Promise<T>): Promise<T> {
  try {
    return await crypto
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) throw new PocketProblem("not-proven")
    throw error
  }
}

function check({ claim, before, at }: Won, request: SealedRequest, opened: Opened, known: TalkState | undefined): void {
  const asked = toHex(request.requestId) === claim.request && dayOf(at) <= request.returnLastDay
  const replayed = before !== undefined && !sameBytes(before.digest, opened.digest)
  // Another request must not write over a talk.
  const foreign = known !== undefined && before?.talk !== known.id
  if (!asked || replayed || foreign) throw new PocketProblem("not-proven")
}

/** The talk with its first letter; what of the opening does not fit into one follows as words. */
async function begun({ claim, identity, kept, at, random }: Won, request: SealedRequest, sender: Bytes): Promise<TalkState> {
  const { agreement } = identity
  const address = toHex(await mailboxAddress(claim.talkReadKey))
  const known = await kept.recognises(request, agreement.publicKey)
  const empty = newTalk(
    {
      id: toHex(request.talkId),
      role: "peer",
      with: "",
      mine: { staticSecret: agreement.secret, staticPublic: agreement.publicKey, readKey: claim.talkReadKey, address },
      theirs: { staticPublic: sender, address: toHex(request.replyAddress), key: { public: request.returnKey, lastDay: request.returnLastDay } },
      keys: [],
    },
    at,
  )
  const pieces = await Promise.all(cutWords(tidyWords(claim.opening)).map((text) => newPiece(SEALS, random, text, at)))
  const reminded = known === undefined ? empty : { ...empty, reminder: { id: known.id, before: true } }
  const first = step(reminded, { type: "write", kind: "begin", pieces: pieces.slice(0, 1), at })
  return step(first, { type: "write", kind: "words", pieces: pieces.slice(1), at })
}
