import type { Admission } from "../admission.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import { allKept, takenIn } from "../kept/index.ts"
import { identityBack } from "../oncall/index.ts"
import type { Random, SlotKeys } from "../seal/index.ts"
import { openSlot, parsePhrase, SealError, slotKeys } from "../seal/index.ts"
import type { Vault } from "../vault/index.ts"
import type { Backup, Bytes } from "../wire/index.ts"
import { decodeCharter, LayoutError } from "../wire/index.ts"
import { keptIn } from "./contents.ts"

export type Looking = Readonly<{
  mailroom: Pick<Mailroom, "bulletin" | "fetchSlot">
  admission: Pick<Admission, "bulletin" | "comeBack">
  startWorker?: (() => Worker) | undefined
}>

export type Found = Readonly<{ words: readonly string[]; keys: SlotKeys & Readonly<{ programId: Bytes }>; body: Bytes; backup: Backup }>

/** The copy that these words find and open, and nobody else's. Which program it is of, its inside says; the words are tried at the program that
 * this pocket follows, or at that of the pocket's own host.
 *
 * Throws PocketProblem: `words-mistyped` before anything is sent, `words-find-nothing` for every other words, `unreachable`, `not-proven`. */
export async function find(typed: string, { mailroom, admission, startWorker }: Looking): Promise<Found> {
  const words = await parsePhrase(typed)
  if (words === undefined) throw new PocketProblem("words-mistyped")
  const programId = admission.bulletin?.charter.programId ?? idIn(await mailroom.bulletin("charter"))
  const keys = { ...(await slotKeys(words, programId, startWorker)), programId }
  const body = await mailroom.fetchSlot(keys.readKey).catch((error: unknown) => {
    throw error instanceof PocketProblem && error.problem === "slot-unknown" ? new PocketProblem("words-find-nothing") : error
  })
  return { words, keys, body, backup: await opened(body, keys) }
}

/** Puts what was found on this device: first whom to trust, then passes, then the kept and, on one's own device, a peer's identity. Again is harmless. */
export async function takeIn({ backup, keys }: Found, given: Looking & Readonly<{ vault: Vault; own: boolean; today: number; random: Random }>): Promise<void> {
  const { admission, vault, own, today, random } = given
  await admission.comeBack(backup)
  const kept = takenIn(await allKept(vault), keptIn(backup), random)
  const identity = own && backup.identity !== undefined ? await identityBack(backup.identity, { vault, programId: keys.programId, today, random }) : []
  await vault.write([...kept, ...identity])
}

// The charter is not trusted here: what the words open says which one is.
function idIn(charter: Bytes): Bytes {
  try {
    return decodeCharter(charter).programId
  } catch (error) {
    if (error instanceof LayoutError) throw new PocketProblem("not-proven")
    throw error
  }
}

/** A mailroom that gives something else for these words proves nothing, and opens nothing. */
async function opened(body: Bytes, keys: Found["keys"]): Promise<Backup> {
  try {
    return await openSlot(body, keys, keys.programId)
  } catch (error) {
    if (error instanceof SealError || error instanceof LayoutError) throw new PocketProblem("words-find-nothing")
    throw error
  }
}
