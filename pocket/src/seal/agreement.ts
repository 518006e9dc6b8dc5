import type { Bytes } from "../wire/index.ts"
import { concat, fromBase64, isZero } from "../wire/index.ts"
import { nativeOrNot } from "./native.ts"
import type { Random } from "./hash.ts"
import { SealError } from "./errors.ts"

/** A static X25519 key: 32 secret bytes and the public key that others see as `sender`. */
export type AgreementKey = Readonly<{ secret: Bytes; publicKey: Bytes }>

// PKCS #8 in front of a 32-byte X25519 secret.
const PKCS8 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20)

export async function newAgreementKey(random: Random): Promise<AgreementKey> {
  return agreementKeyFromSecret(random(32))
}

export async function agreementKeyFromSecret(secret: Bytes): Promise<AgreementKey> {
  const publicKey = await nativeOrNot("X25519", {
    native: async () => {
      const { x } = await crypto.subtle.exportKey("jwk", await privateKey(secret, true))
      return fromBase64(x ?? "", "jwk")
    },
    noble: ({ x25519 }) => new Uint8Array(x25519.getPublicKey(secret)),
  })
  return { secret, publicKey }
}

/** The shared secret with another's public key. Throws SealError("agreement") when it is all zero or cannot be. */
export async function agree(own: AgreementKey, other: Bytes): Promise<Bytes> {
  const shared = await nativeOrNot("X25519", {
    native: () => agreeNatively(own.secret, other),
    noble: ({ x25519 }) => orRefuse(() => new Uint8Array(x25519.getSharedSecret(own.secret, other))),
  })
  if (isZero(shared)) throw new SealError("agreement")
  return shared
}

async function agreeNatively(secret: Bytes, other: Bytes): Promise<Bytes> {
  try {
    const key = await crypto.subtle.importKey("raw", other, "X25519", false, [])
    return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: key }, await privateKey(secret, false), 256))
  } catch {
    throw new SealError("agreement") // WebCrypto refuses the all-zero secret by itself
  }
}

function orRefuse(derive: () => Bytes): Bytes {
  try {
    return derive()
  } catch {
    throw new SealError("agreement")
  }
}

function privateKey(secret: Bytes, extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", concat(PKCS8, secret), "X25519", extractable, ["deriveBits"])
}
