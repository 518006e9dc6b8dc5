import type { Random } from "../seal/index.ts"
import { decrypt, encrypt, hpkeOpen, hpkeSeal, newSealingKey, sealingKeyFrom } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { toHex, utf8 } from "../wire/index.ts"

/**
 * A vault key at rest, wrapped in up to three ways: by this device (until locked), by the stretched seven words, and, for a key made
 * while the vault was locked, by sealing it to the vault's own `door`, so that asking needs no words and unlocking finds it again.
 */
export type KeyAtRest = Readonly<{
  id: string
  byDevice?: Bytes | undefined
  byWords?: Readonly<{ salt: Bytes; wrapped: Bytes; confirmed: boolean }>
  door?: Bytes
  throughDoor?: Readonly<{ enc: Bytes; ciphertext: Bytes }>
}>

export type VaultKey = Readonly<{ id: string; key: Bytes }>
/** The two halves of a door: everyone may put a key in, the vault key takes it out. */
export type Door = Readonly<{ seed: Bytes; publicKey: Bytes }>

const WRAP = utf8("leanto/vault-key/1")
const THROUGH = utf8("leanto/vault-door/1")

export function newVaultKey(random: Random): VaultKey {
  return { id: toHex(random(8)), key: random(32) }
}

/** A key that this browser holds and never hands out; deleting it is what locking means. */
export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}

export async function wrapByDevice(device: CryptoKey, { key }: VaultKey, random: Random): Promise<Bytes> {
  const iv = random(12)
  const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: WRAP }, device, key)
  return new Uint8Array([...iv, ...new Uint8Array(wrapped)])
}

export async function unwrapByDevice(device: CryptoKey, wrapped: Bytes): Promise<Bytes> {
  const parameters = { name: "AES-GCM", iv: wrapped.slice(0, 12), additionalData: WRAP }
  return new Uint8Array(await crypto.subtle.decrypt(parameters, device, wrapped.slice(12)))
}

export function wrapByStretched(stretched: Bytes, { key }: VaultKey, random: Random): Promise<Bytes> {
  return encrypt(stretched, key, WRAP, random)
}

/** Throws SealError("opening") for other words. */
export function unwrapByStretched(stretched: Bytes, wrapped: Bytes): Promise<Bytes> {
  return decrypt(stretched, wrapped, WRAP)
}

export async function newDoor(): Promise<Door> {
  const { seed, publicKey } = await newSealingKey()
  return { seed, publicKey }
}

export function putThroughDoor(door: Bytes, { key }: VaultKey): Promise<NonNullable<KeyAtRest["throughDoor"]>> {
  return hpkeSeal(door, THROUGH, key)
}

export async function takeFromDoor(door: Door, put: NonNullable<KeyAtRest["throughDoor"]>): Promise<Bytes> {
  return hpkeOpen(await sealingKeyFrom(door.seed, door.publicKey), THROUGH, put)
}
