import type { Bytes, Head, Members } from "../wire/index.ts"
import { decodeMembers, membersAad, sameBytes } from "../wire/index.ts"
import { decrypt } from "./aes.ts"
import { membersKeyHash } from "./digests.ts"
import { SealError } from "./errors.ts"

/** Opens the members' part with the epoch's key.
 *
 * The key's hash is checked first, for AES-GCM does not commit to its key: someone who made two keys could show two
 * pockets two different lists in the same bytes. Throws SealError("members-key"), SealError("opening") or LayoutError. */
export async function openMembersPart(head: Head, membersKey: Bytes, part: Bytes): Promise<Members> {
  if (!sameBytes(await membersKeyHash(membersKey), head.membersKeyHash)) throw new SealError("members-key")
  return decodeMembers(await decrypt(membersKey, part, membersAad(head.programId, head.serial)))
}
