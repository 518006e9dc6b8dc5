import { agreementKeyFromSecret, signingKeyFromSeed } from "../seal/index.ts"
import type { Random } from "../seal/index.ts"
import type { Change, Vault } from "../vault/index.ts"
import type { BackedIdentity, Bytes } from "../wire/index.ts"
import { enrolmentWords, newWeek } from "./keys.ts"
import { ENROLLED, IDENTITY, OWN, SEEDS, WEEKS } from "./records.ts"
import { mondayOf, WEEK } from "./weeks.ts"

type Given = Readonly<{ vault: Pick<Vault, "list" | "read">; programId: Bytes; today: number; random: Random }>

/** How a peer's identity is put on a new phone. Its weeks are new: seeds are never copied, and the old phone's end with the hand-in.
 *
 * Last week's is among them, for requests still reach it: left alone, the old phone could go on claiming those. Nothing where a peer
 * is at home already. */
export async function identityBack(identity: BackedIdentity, { vault, programId, today, random }: Given): Promise<readonly Change[]> {
  if ((await ENROLLED.get(vault, OWN)) !== undefined) return []
  const [signing, agreement] = await Promise.all([signingKeyFromSeed(identity.signingSeed), agreementKeyFromSecret(identity.agreementSecret)])
  const own = { signing, agreement }
  const words = await enrolmentWords(programId, own)
  const sent = { handle: identity.handle, signingKey: signing.publicKey, agreementKey: agreement.publicKey, words }
  const { week, seal } = await newWeek(own, programId, mondayOf(today) - WEEK, random)
  return [
    // Handed in, as far as this phone knows: the desk says whether the vouch is still in force.
    ENROLLED.put(OWN, { invitation: identity.invitation, stage: "handed-in", sent }),
    IDENTITY.put(OWN, own),
    WEEKS.put(week.address, week),
    SEEDS.put(week.address, seal),
  ]
}
