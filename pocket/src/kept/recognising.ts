import { keepsakeFits } from "../seal/index.ts"
import type { Bytes, SealedRequest } from "../wire/index.ts"

const NO_PROOF = new Uint8Array(32)

/** Which of these keepsakes the asker was given; undefined for everybody else.
 *
 * All are tried, each in constant time, also when there is no proof: how long it takes says nothing about who asks. */
export async function recognised<T extends Readonly<{ keepsake: Bytes }>>(
  { requestId, keepsakeProof }: Pick<SealedRequest, "requestId" | "keepsakeProof">,
  ownAgreementKey: Bytes,
  held: readonly T[],
): Promise<T | undefined> {
  const proof = keepsakeProof ?? NO_PROOF
  const fits = await Promise.all(held.map(({ keepsake }) => keepsakeFits(keepsake, requestId, ownAgreementKey, proof)))
  return keepsakeProof === undefined ? undefined : held[fits.indexOf(true)]
}
