import { PocketProblem } from "../contract.ts"
import { exchange } from "../exchange.ts"
import type { Random } from "../seal/index.ts"
import { blind, challengeDigest, finish, issuerKey, SealError, sha256 } from "../seal/index.ts"
import { mailroomAgrees } from "../trust/index.ts"
import type { Bytes, DrawAnswer, TokenKey } from "../wire/index.ts"
import { BATCH, concat, decodeDrawAnswer, decodeTokenKeys, encodeDrawRequest, LayoutError, tokenInput } from "../wire/index.ts"

/** Ten tokens in the making. Kept before anything is sent: with the same batch the desk gives the same answer, always. */
export type Batch = Readonly<{ epoch: number; inputs: readonly Bytes[]; inverses: readonly Bytes[]; blinded: readonly Bytes[] }>

/** Ten tokens, ready to spend, and the key of this epoch's members' part. */
export type Drawn = Readonly<{ epoch: number; tokens: readonly Bytes[]; membersKey: Bytes }>

type Draw = Readonly<{
  /** The desk's origin. */
  desk: string
  code: Bytes
  programId: Bytes
  /** The epoch's issuer key as the bulletin has it, and the mailroom's answer to the same question. */
  tokenKey: TokenKey
  tokenKeys: Bytes
  /** A batch that was sent before without an answer. */
  batch: Batch | undefined
  /** Keeps a batch on disk; nothing is sent before it resolves. */
  save: (batch: Batch) => Promise<void>
  random: Random
  fetch: typeof fetch
}>

const DRAW_PATH = "/issuance/draw"
const TIMEOUT_MS = 30_000

/** Draws ten tokens at the desk, which learns only that this card drew.
 *
 * Throws PocketProblem: `not-proven` when bulletin and mailroom name different keys or a signature does not hold, `unreachable`,
 * or the desk's NAME. After any of these the same batch may be tried again. */
export async function drawBatch(draw: Draw): Promise<Drawn> {
  return proven(async () => {
    if (!(await mailroomAgrees(draw.tokenKey, decodeTokenKeys(draw.tokenKeys)))) throw new PocketProblem("not-proven")
    const again = draw.batch?.epoch === draw.tokenKey.epoch ? draw.batch : undefined
    const batch = again ?? (await newBatch(draw))
    await draw.save(batch)
    const { epoch } = batch
    const answer = decodeDrawAnswer(await post(draw, encodeDrawRequest({ code: draw.code, epoch, blinded: batch.blinded })))
    if (answer.epoch !== epoch) throw new LayoutError("value", "draw answer")
    return { epoch, tokens: await finishAll(draw.tokenKey, batch, answer), membersKey: answer.membersKey }
  })
}

async function newBatch({ programId, tokenKey, random }: Draw): Promise<Batch> {
  const [key, digest, tokenKeyId] = await Promise.all([issuerKey(tokenKey.spki), challengeDigest(programId), sha256(tokenKey.spki)])
  const inputs = Array.from({ length: BATCH }, () => tokenInput({ nonce: random(32), challengeDigest: digest, tokenKeyId }))
  const blindings = await Promise.all(inputs.map((input) => blind(key, input, random)))
  return { epoch: tokenKey.epoch, inputs, inverses: blindings.map(({ inverse }) => inverse), blinded: blindings.map(({ blinded }) => blinded) }
}

// All ten or none: a desk that spoils one could recognise the pocket that comes with nine.
async function finishAll(tokenKey: TokenKey, batch: Batch, { signed }: DrawAnswer): Promise<readonly Bytes[]> {
  const key = await issuerKey(tokenKey.spki)
  return Promise.all(
    batch.inputs.map(async (input, index) => {
      const [signature, inverse] = [signed[index], batch.inverses[index]]
      if (signature === undefined || inverse === undefined) throw new SealError("blind-signature")
      return concat(input, await finish(key, input, signature, inverse))
    }),
  )
}

async function proven<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) throw new PocketProblem("not-proven")
    throw error
  }
}

/** The desk sees a card and nothing of who signed in beside it. */
function post({ desk, fetch }: Draw, body: Bytes): Promise<Bytes> {
  return exchange(fetch, { method: "POST", address: desk + DRAW_PATH, body, timeoutMs: TIMEOUT_MS })
}

/** The desk knows this card no more or never did: trying the same again is no use, and the card is not to be kept. */
export function isForGood(error: unknown): boolean {
  return error instanceof PocketProblem && ["card-unknown", "epoch-over", "card-used-up"].includes(error.problem)
}
