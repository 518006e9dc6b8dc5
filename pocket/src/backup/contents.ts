import type { KeptRecords } from "../kept/index.ts"
import { allKept } from "../kept/index.ts"
import { ENROLLED, IDENTITY, OWN } from "../oncall/records.ts"
import type { Mine } from "../rules/index.ts"
import type { Vault } from "../vault/index.ts"
import type { BackedIdentity, Backup } from "../wire/index.ts"
import { BACKUP_MOST, encodeBackup, LayoutError } from "../wire/index.ts"

export type Sources = Readonly<{
  vault: Pick<Vault, "list" | "read">
  /** Charter, card, epochs' keys and unspent passes. */
  copied: () => Pick<Backup, "charter" | "card" | "epochs" | "tokens">
  mine: () => Mine
}>

/** Everything that a new phone should be given, as of now. Never words of talks, never the seed of a return key or of a week. */
export async function gathered({ vault, copied, mine }: Sources, day: number): Promise<Backup> {
  const { peers, reminders } = await allKept(vault)
  const { agency = "", unit = "" } = mine()
  return fitting({
    ...copied(),
    day,
    agency,
    unit,
    kept: peers.slice(-BACKUP_MOST.kept),
    reminders: reminders.slice(-BACKUP_MOST.reminders),
    identity: await ownIdentity(vault),
  })
}

/** What a copy brought of the kept, as records; ids are this device's own to give. */
export function keptIn({ kept, reminders }: Backup): KeptRecords {
  return { peers: kept.map((one) => ({ ...one, id: "" })), reminders: reminders.map((one) => ({ ...one, id: "" })) }
}

/** A peer's identity, once its keys lie at the desk: before, a new invitation is easier than a copy. */
async function ownIdentity(vault: Sources["vault"]): Promise<BackedIdentity | undefined> {
  const [enrolled, identity] = await Promise.all([ENROLLED.get(vault, OWN), IDENTITY.get(vault, OWN)])
  if (enrolled?.sent === undefined || identity === undefined) return undefined
  if (enrolled.stage !== "handed-in" && enrolled.stage !== "vouched") return undefined
  return { invitation: enrolled.invitation, handle: enrolled.sent.handle, signingSeed: identity.signing.seed, agreementSecret: identity.agreement.secret }
}

/** Passes give way first, for a card draws others. */
function fitting(backup: Backup): Backup {
  try {
    encodeBackup(backup)
    return backup
  } catch (error) {
    if (!(error instanceof LayoutError) || backup.tokens.length === 0) throw error
    return fitting({ ...backup, tokens: backup.tokens.slice(1) })
  }
}
