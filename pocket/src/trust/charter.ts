import { programFingerprint } from "../seal/index.ts"
import type { Bytes, Charter } from "../wire/index.ts"
import { decodeCharter, fingerprintFits, LABELS, sameBytes, splitSigned } from "../wire/index.ts"
import type { Verdict } from "./verdict.ts"
import { layoutHolds, signatureHolds } from "./verdict.ts"

/** A charter that was accepted, with its bytes: those decide whether another is the same. */
export type HeldCharter = Readonly<{ bytes: Bytes; charter: Charter }>

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

/** Whether a card of this fingerprint belongs to the program that is held, or to its named successor. */
export async function cardFits(held: HeldCharter, fingerprint: Bytes): Promise<boolean> {
  const { programKey, successorKey } = held.charter
  if (fingerprintFits(await programFingerprint(programKey), fingerprint)) return true
  return successorKey !== undefined && fingerprintFits(await programFingerprint(successorKey), fingerprint)
}

async function isProgramKey(held: HeldCharter | undefined, charter: Charter, pinned: Bytes): Promise<boolean> {
  if (held === undefined) return fingerprintFits(await programFingerprint(charter.programKey), pinned)
  if (!sameBytes(charter.programId, held.charter.programId)) return false
  const { programKey, successorKey } = held.charter
  return sameBytes(charter.programKey, programKey) || (successorKey !== undefined && sameBytes(charter.programKey, successorKey))
}
