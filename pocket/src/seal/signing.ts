import type { Bytes } from "../wire/index.ts"
import { concat, fromBase64, toHex } from "../wire/index.ts"
import { nativeOrNot } from "./native.ts"
import type { Random } from "./hash.ts"
import { SealError } from "./errors.ts"

/** Ed25519. The 32-byte seed is the whole secret; it lives in the vault. */
export type SigningKey = Readonly<{ seed: Bytes; publicKey: Bytes }>

// PKCS #8 in front of a 32-byte Ed25519 seed: WebCrypto takes a private key in no shorter form.
const PKCS8 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20)

// Every point of small order, sign bit cleared: such a key would fit signatures that nobody made.
const SMALL_ORDER = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
])

export async function newSigningKey(random: Random): Promise<SigningKey> {
  return signingKeyFromSeed(random(32))
}

export async function signingKeyFromSeed(seed: Bytes): Promise<SigningKey> {
  const publicKey = await nativeOrNot("Ed25519", {
    native: async () => {
      const { x } = await crypto.subtle.exportKey("jwk", await privateKey(seed, true))
      return fromBase64(x ?? "", "jwk")
    },
    noble: ({ ed25519 }) => new Uint8Array(ed25519.getPublicKey(seed)),
  })
  return { seed, publicKey }
}

/** Signs a message that already stands under its label. */
export async function sign(key: SigningKey, message: Bytes): Promise<Bytes> {
  return nativeOrNot("Ed25519", {
    native: async () => new Uint8Array(await crypto.subtle.sign("Ed25519", await privateKey(key.seed, false), message)),
    noble: ({ ed25519 }) => new Uint8Array(ed25519.sign(message, key.seed)),
  })
}

/** Returns if the signature is right; throws SealError("signature") for any other reason to doubt it. */
export async function verify(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<void> {
  if (isWorthless(publicKey) || signature.length !== 64) throw new SealError("signature")
  const right = await nativeOrNot("Ed25519", {
    native: () => verifyNatively(publicKey, message, signature),
    noble: ({ ed25519 }) => verifyOrRefuse(() => ed25519.verify(signature, message, publicKey, { zip215: false })),
  })
  if (!right) throw new SealError("signature")
}

/** A body with its signature after it. */
export async function signed(key: SigningKey, body: Bytes, message: Bytes): Promise<Bytes> {
  return concat(body, await sign(key, message))
}

async function verifyNatively(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"])
    return await crypto.subtle.verify("Ed25519", key, signature, message)
  } catch {
    return false // no point on the curve
  }
}

function verifyOrRefuse(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    return false // no point on the curve
  }
}

// Of small order, or not in its one encoding: y is not below the field's prime, 2^255 - 19. Libraries differ about both.
function isWorthless(publicKey: Bytes): boolean {
  const cleared = publicKey.slice()
  cleared[31] = (cleared[31] ?? 0) & 0x7f
  const atTheEnd = (cleared[0] ?? 0) >= 0xed && cleared[31] === 0x7f && cleared.slice(1, 31).every((byte) => byte === 0xff)
  return atTheEnd || SMALL_ORDER.has(toHex(cleared))
}

function privateKey(seed: Bytes, extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", concat(PKCS8, seed), "Ed25519", extractable, ["sign"])
}
