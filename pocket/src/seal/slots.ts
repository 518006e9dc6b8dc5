import type { Backup, Bytes } from "../wire/index.ts"
import { concat, decodeBackup, decodeSlotBody, encodeBackup, encodeSlotBody, slotPreimage, utf8 } from "../wire/index.ts"
import { decrypt, encrypt } from "./aes.ts"
import type { Random } from "./hash.ts"
import { hkdfSha256, sha256 } from "./hash.ts"
import { stretchPhrase } from "./stretching.ts"

/** Both come from the seven words alone. The mailroom is shown the first and never the second. */
export type SlotKeys = Readonly<{ readKey: Bytes; sealingKey: Bytes }>

const BODY = utf8("leanto/slot-body/1")

/** About a second, as for every guess: the salt is the program's id, so that words alone are enough to come back. */
export async function slotKeys(words: readonly string[], programId: Bytes, startWorker?: () => Worker): Promise<SlotKeys> {
  const stretched = await stretchPhrase(words, programId, startWorker)
  const [readKey, sealingKey] = await Promise.all([
    hkdfSha256(stretched, utf8("leanto/slot-read-key/1"), 32),
    hkdfSha256(stretched, utf8("leanto/slot-sealing-key/1"), 32),
  ])
  return { readKey, sealingKey }
}

export async function slotAddress(readKey: Bytes): Promise<Bytes> {
  return (await sha256(slotPreimage(readKey))).slice(0, 16)
}

/** 16,384 bytes that only these words open, and only at their place. Throws LayoutError for more than fits. */
export async function sealSlot(backup: Backup, keys: SlotKeys, programId: Bytes, random: Random): Promise<Bytes> {
  return encodeSlotBody(await encrypt(keys.sealingKey, encodeBackup(backup), await bound(keys, programId), random))
}

/** Throws SealError("opening") for other words, another program, another place or any changed bit; LayoutError for what is no slot. */
export async function openSlot(body: Bytes, keys: SlotKeys, programId: Bytes): Promise<Backup> {
  const { nonce, ciphertext } = decodeSlotBody(body)
  return decodeBackup(await decrypt(keys.sealingKey, concat(nonce, ciphertext), await bound(keys, programId)))
}

async function bound({ readKey }: SlotKeys, programId: Bytes): Promise<Bytes> {
  return concat(BODY, programId, await slotAddress(readKey))
}
