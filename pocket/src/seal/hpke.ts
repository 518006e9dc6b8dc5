/** The one suite of the law, loaded when a room opens and not before. */
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from "hpke"

/** With WebCrypto's ML-KEM and X25519 where the browser has both, else with noble's. */
export async function openSuite(): Promise<CipherSuite> {
  const native = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
  if (await works(native)) return native
  const noble = await import("./noblekem.ts")
  return new CipherSuite(noble.KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
}

async function works(suite: CipherSuite): Promise<boolean> {
  try {
    await suite.GenerateKeyPair(false)
    return true
  } catch {
    return false
  }
}
