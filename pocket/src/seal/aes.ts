import type { Bytes } from "../wire/index.ts"
import { concat } from "../wire/index.ts"
import type { Random } from "./hash.ts"
import { SealError } from "./errors.ts"

const NONCE_LENGTH = 12

/** AES-256-GCM: 12 random bytes, then the ciphertext. For the vault and the members' part. */
export async function encrypt(key: Bytes, plain: Bytes, aad: Bytes, random: Random): Promise<Bytes> {
  const iv = random(NONCE_LENGTH)
  const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: aad }, await aesKey(key), plain)
  return concat(iv, new Uint8Array(ciphertext))
}

/** Opens what `encrypt` made. Throws SealError("opening") for a wrong key, other aad or any changed bit. */
export async function decrypt(key: Bytes, sealed: Bytes, aad: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, NONCE_LENGTH)
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: aad }, await aesKey(key), sealed.slice(NONCE_LENGTH))
    return new Uint8Array(plain)
  } catch {
    throw new SealError("opening")
  }
}

function aesKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"])
}
