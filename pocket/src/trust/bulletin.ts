import type { Bytes, Charter, PublicPart } from "../wire/index.ts"
import { decodeCharter, decodeHead, decodePublicPart, sameBytes } from "../wire/index.ts"
import { programFingerprint, sha256 } from "../seal/index.ts"
import { endsFork, followCharter, heldCharter } from "./charter.ts"
import type { HeldHead } from "./head.ts"
import { acceptHead, partFits } from "./head.ts"
import { layoutHolds } from "./verdict.ts"

/** The last good bulletin, as it is kept: bytes that were verified before they were stored. */
export type KeptBulletin = Readonly<{ charter: Bytes; head: Bytes; public: Bytes; members: Bytes; forked: boolean }>

/** The same, read. `charter` names the rooms and the keys; `forked` means that newer heads are not looked at under it;
 * `keyPassedOn` that the program key is not the program's first. */
export type Bulletin = Readonly<{ charter: Charter; head: HeldHead; publicPart: PublicPart; members: Bytes; forked: boolean; keyPassedOn: boolean }>

/** How the bytes of a part are fetched; rejects when the mailroom does not answer. */
export type FetchPart = (part: "charter" | "lineage" | "head" | "public" | "members") => Promise<Bytes>

export type Outcome = "accepted" | "same" | "older" | "forged" | "forked"
export type Followed = Readonly<{ outcome: Outcome; kept: KeptBulletin | undefined }>

/** Fetches what is newer, verifies all of it, and says what to keep.
 *
 * Every changed part is fetched whole, so that looking someone up reveals nothing. Charter, head and parts count together:
 * if one is refused, the last good bulletin stays as it was; only a fork leaves its mark on it, and the charter under which it showed.
 * `before`: the charter to go on from, where there is one without a bulletin. */
export async function followBulletin(kept: KeptBulletin | undefined, pinned: Bytes, fetchPart: FetchPart, before = kept?.charter): Promise<Followed> {
  const held = before && heldCharter(before)
  const charter = await followCharter(held, await fetchPart("charter"), pinned, () => fetchPart("lineage"))
  if (held && kept?.forked && !("value" in charter && endsFork(held.charter, charter.value.charter))) return { outcome: "forked", kept }
  if (!("value" in charter)) return refused(kept, charter.verdict)
  const bytes = await fetchPart("head")
  const head = await acceptHead(kept && (await heldHead(kept)), charter.value.charter, bytes)
  if (!("value" in head)) return refused(kept, head.verdict, charter.value.bytes)
  // Vouches change hands with the program key: under the next one the list held names nobody, and nobody could be asked.
  if (held && head.verdict === "same" && !sameBytes(charter.value.charter.programKey, held.charter.programKey)) return { outcome: "same", kept }
  const parts = await fetchParts(kept, head.value, fetchPart)
  if (parts === undefined) return refused(kept, "forged")
  const outcome = charter.verdict === "same" && head.verdict === "same" ? "same" : "accepted"
  return { outcome, kept: { charter: charter.value.bytes, head: bytes, ...parts, forked: false } }
}

/** Reads what was verified when it was kept. */
export async function readBulletin(kept: KeptBulletin): Promise<Bulletin> {
  const charter = decodeCharter(kept.charter)
  return {
    charter,
    head: await heldHead(kept),
    publicPart: decodePublicPart(kept.public),
    members: kept.members,
    forked: kept.forked,
    keyPassedOn: !sameBytes(await programFingerprint(charter.programKey), charter.programId),
  }
}

async function fetchParts(
  kept: KeptBulletin | undefined,
  { head }: HeldHead,
  fetchPart: FetchPart,
): Promise<Readonly<{ public: Bytes; members: Bytes }> | undefined> {
  const old = kept && decodeHead(kept.head)
  const publicPart = kept && old && sameBytes(old.public.hash, head.public.hash) ? kept.public : await fetchPart("public")
  const members = kept && old && sameBytes(old.members.hash, head.members.hash) ? kept.members : await fetchPart("members")
  if (!(await partFits(publicPart, head.public)) || !(await partFits(members, head.members))) return undefined
  return layoutHolds(() => decodePublicPart(publicPart)) && { public: publicPart, members }
}

/** `under`: the charter by which two heads of one number verified, if it was not two charters. */
function refused(kept: KeptBulletin | undefined, outcome: Exclude<Outcome, "accepted" | "same">, under = kept?.charter): Followed {
  const marked = kept && under && { ...kept, charter: under, forked: true }
  return { outcome, kept: outcome === "forked" ? marked : kept }
}

async function heldHead(kept: KeptBulletin): Promise<HeldHead> {
  return { head: decodeHead(kept.head), hash: await sha256(kept.head) }
}
