import { sha256 } from "../seal/index.ts"
import type { Bytes, Charter, Head, PartSeal } from "../wire/index.ts"
import { decodeHead, LABELS, sameBytes, splitSigned } from "../wire/index.ts"
import { namesKey } from "./charter.ts"
import type { Verdict } from "./verdict.ts"
import { layoutHolds, signatureHolds } from "./verdict.ts"

/** A head that was accepted. `hash` is what letters and the next head name. */
export type HeldHead = Readonly<{ head: Head; hash: Bytes }>
export type Freshness = Readonly<{ state: "fresh" | "stale"; ageDays: number }>

/** May this pocket follow this head? The charter is the one it holds. */
export async function acceptHead(held: HeldHead | undefined, charter: Charter, bytes: Bytes): Promise<Verdict<HeldHead>> {
  const head = layoutHolds(() => decodeHead(bytes))
  if (head === undefined || !maySign(charter, head)) return { verdict: "forged" }
  if (!(await signatureHolds(head.bulletinKey, splitSigned(bytes, LABELS.head)))) return { verdict: "forged" }
  // What a retired key signed binds no more: none of it verifies under this charter.
  const binds = held !== undefined && namesKey(charter, held.head.bulletinKey)
  return compare(binds ? held : undefined, { head, hash: await sha256(bytes) })
}

/** Whether these bytes are the part that the head names, whole. */
export async function partFits(part: Bytes, { hash, length }: PartSeal): Promise<boolean> {
  return part.length === length && sameBytes(await sha256(part), hash)
}

/** How old the bulletin is, and whether its own date has passed. Stale is shown, never a reason to refuse an urgent request. */
export function freshness(head: Head, today: number): Freshness {
  return { state: today <= head.lastDay ? "fresh" : "stale", ageDays: Math.max(0, today - head.day) }
}

function maySign(charter: Charter, head: Head): boolean {
  const key = charter.bulletinKeys.find(({ key }) => sameBytes(key, head.bulletinKey))
  return key !== undefined && key.lastDay >= head.day && sameBytes(charter.programId, head.programId)
}

function compare(held: HeldHead | undefined, next: HeldHead): Verdict<HeldHead> {
  if (held === undefined) return { verdict: "accepted", value: next }
  const steps = next.head.serial - held.head.serial
  if (steps < 0) return { verdict: "older" }
  if (steps === 0) return sameBytes(next.hash, held.hash) ? { verdict: "same", value: held } : { verdict: "forked" }
  // The very next head must name the one held: else there are two histories.
  if (steps === 1 && !sameBytes(next.head.previous, held.hash)) return { verdict: "forked" }
  return { verdict: "accepted", value: next }
}
