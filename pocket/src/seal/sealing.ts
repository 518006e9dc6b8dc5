import type { CipherSuite } from "hpke"
import type { Bytes } from "../wire/index.ts"
import { SealError } from "./errors.ts"
import { keyIdOf } from "./digests.ts"

/** An MLKEM768-X25519 key pair. The 32-byte seed is the whole secret: burn it and what was sealed to it is gone. */
export type SealingKey = Readonly<{ seed: Bytes; publicKey: Bytes; keyId: Bytes }>
export type Encapsulated = Readonly<{ enc: Bytes; ciphertext: Bytes }>

let suite: Promise<CipherSuite> | undefined

/** A fresh bundle key or return key, from the browser's own randomness. Keep seed and public key together. */
export async function newSealingKey(): Promise<SealingKey> {
  const hpke = await theSuite()
  const pair = await hpke.GenerateKeyPair(true)
  const seed = new Uint8Array(await hpke.SerializePrivateKey(pair.privateKey))
  return sealingKeyFrom(seed, new Uint8Array(await hpke.SerializePublicKey(pair.publicKey)))
}

/** The same key again out of the vault. With a public key that is not the seed's nothing opens. */
export async function sealingKeyFrom(seed: Bytes, publicKey: Bytes): Promise<SealingKey> {
  return { seed, publicKey, keyId: await keyIdOf(publicKey) }
}

/** HPKE base mode. Throws SealError("bad-key") when there is no such public key. */
export async function hpkeSeal(sealingKey: Bytes, info: Bytes, plain: Bytes): Promise<Encapsulated> {
  const hpke = await theSuite()
  try {
    const { encapsulatedSecret, ciphertext } = await hpke.Seal(await hpke.DeserializePublicKey(sealingKey), plain, { info })
    return { enc: new Uint8Array(encapsulatedSecret), ciphertext: new Uint8Array(ciphertext) }
  } catch {
    throw new SealError("bad-key")
  }
}

/** Throws SealError("opening") whatever the reason. */
export async function hpkeOpen(key: SealingKey, info: Bytes, { enc, ciphertext }: Encapsulated): Promise<Bytes> {
  const hpke = await theSuite()
  try {
    return new Uint8Array(await hpke.Open(await hpke.DeserializePrivateKey(key.seed, true), enc, ciphertext, { info }))
  } catch {
    throw new SealError("opening")
  }
}

function theSuite(): Promise<CipherSuite> {
  suite ??= import("./hpke.ts").then(({ openSuite }) => openSuite())
  return suite
}
