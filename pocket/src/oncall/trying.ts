import type { Random, SealingKey } from "../seal/index.ts"
import { newAgreementKey, openRequest, SealError, sealRequest } from "../seal/index.ts"
import type { Peer } from "../trust/index.ts"
import type { SealedRequest } from "../wire/index.ts"
import { encodeSealedRequest, LayoutError, sameBytes } from "../wire/index.ts"
import type { Identity } from "./keys.ts"

type Keys = Readonly<{ identity: Identity; seed: SealingKey; today: number; random: Random }>

/** Whether a request opens here that is sealed as an officer would seal it, to this peer as the list has them. It is made up on this phone, sent to
 * nobody, and forgotten. */
export async function opened({ vouch, bundle }: Peer, { identity, seed, today, random }: Keys): Promise<boolean> {
  const request = madeUp(bundle.sealingKey, today, random)
  const to = { sealingKey: bundle.sealingKey, recipient: vouch.agreementKey, mailboxAddress: bundle.dutyAddress }
  try {
    const sealed = await sealRequest(request, await newAgreementKey(random), to)
    const found = await openRequest(sealed, { sealingKey: seed, recipient: identity.agreement, mailboxAddress: bundle.dutyAddress })
    return sameBytes(encodeSealedRequest(found.request), encodeSealedRequest(request))
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) return false
    throw error
  }
}

function madeUp(returnKey: SealedRequest["returnKey"], today: number, random: Random): SealedRequest {
  return {
    requestId: random(16),
    talkId: random(16),
    replyAddress: random(16),
    returnKey,
    returnLastDay: today,
    urgency: "whenever",
    bulletinSerial: 1,
    headHash: random(8),
    day: today,
    keepsakeProof: undefined,
  }
}
