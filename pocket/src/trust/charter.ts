import { programFingerprint } from "../seal/index.ts"
import type { Bytes, Charter } from "../wire/index.ts"
import { decodeCharter, decodeLineage, fingerprintFits, LABELS, sameBytes, splitSigned } from "../wire/index.ts"
import type { Verdict } from "./verdict.ts"
import { layoutHolds, signatureHolds } from "./verdict.ts"

/** A charter that was accepted, with its bytes: those decide whether another is the same. */
export type HeldCharter = Readonly<{ bytes: Bytes; charter: Charter }>

export function heldCharter(bytes: Bytes): HeldCharter {
  return { bytes, charter: decodeCharter(bytes) }
}

/** May this pocket follow this charter?
 *
 * The first is bound to the card by `pinned` (16 bytes, or the 10 of a typed card). From then on only the key that it holds,
 * or the successor that this key named, can speak: the pin is then no longer asked, so a key that was succeeded cannot come back. */
export async function acceptCharter(held: HeldCharter | undefined, bytes: Bytes, pinned: Bytes): Promise<Verdict<HeldCharter>> {
  const charter = layoutHolds(() => decodeCharter(bytes))
  if (charter === undefined || !(await isProgramKey(held, charter, pinned))) return { verdict: "forged" }
  if (!(await signatureHolds(charter.programKey, splitSigned(bytes, LABELS.charter)))) return { verdict: "forged" }
  if (held === undefined || charter.serial > held.charter.serial) return { verdict: "accepted", value: { bytes, charter } }
  if (charter.serial < held.charter.serial) return { verdict: "older" }
  return sameBytes(bytes, held.bytes) ? { verdict: "same", value: held } : { verdict: "forked" }
}

/** The same for a charter whose key may have come down from the one held or pinned through others: each step is one that
 * `acceptCharter` allows, and none of it counts before the last. The lineage is asked for only when it is needed. */
export async function followCharter(held: HeldCharter | undefined, bytes: Bytes, pinned: Bytes, fetchLineage: () => Promise<Bytes>): Promise<Verdict<HeldCharter>> {
  const direct = await acceptCharter(held, bytes, pinned)
  if (direct.verdict !== "forged") return direct
  const lineage = await fetchLineage()
  let link = held
  for (const past of layoutHolds(() => decodeLineage(lineage)) ?? []) {
    const step = await acceptCharter(link, past, pinned)
    if (step.verdict === "forked") return step
    if ("value" in step) link = step.value
  }
  return acceptCharter(link, bytes, pinned)
}

/** Whether a card of this fingerprint belongs to the program that is held: it leads to the same charter, or to the successor that this one names. */
export async function cardFits(held: HeldCharter, fingerprint: Bytes, fetchLineage: () => Promise<Bytes>): Promise<boolean> {
  const { successorKey } = held.charter
  if (successorKey !== undefined && fingerprintFits(await programFingerprint(successorKey), fingerprint)) return true
  return "value" in (await followCharter(undefined, held.bytes, fingerprint, fetchLineage))
}

/** Whether a pocket that forked under the charter it holds may go on under this one: every key that could have signed two histories is retired. */
export function endsFork(held: Charter, next: Charter): boolean {
  return !held.bulletinKeys.some(({ key }) => namesKey(next, key))
}

export function namesKey({ bulletinKeys }: Charter, wanted: Bytes): boolean {
  return bulletinKeys.some(({ key }) => sameBytes(key, wanted))
}

async function isProgramKey(held: HeldCharter | undefined, charter: Charter, pinned: Bytes): Promise<boolean> {
  if (held === undefined) return fingerprintFits(await programFingerprint(charter.programKey), pinned)
  if (!sameBytes(charter.programId, held.charter.programId)) return false
  const { programKey, successorKey } = held.charter
  return sameBytes(charter.programKey, programKey) || (successorKey !== undefined && sameBytes(charter.programKey, successorKey))
}
