import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import type { Bytes, Letter, SealedRequest } from "../wire/index.ts"
import { concat, toHex, utf8 } from "../wire/index.ts"
import type * as Seal from "./index.ts"

type Room = typeof Seal
const filled = (length: number, byte: number): Bytes => new Uint8Array(length).fill(byte)
const DUTY = filled(16, 7)
const REPLY = filled(16, 8)

/** A browser whose WebCrypto knows neither ML-KEM nor the 25519 curves. */
function forgetNewAlgorithms(): void {
  for (const method of ["generateKey", "importKey"] as const) {
    const real = crypto.subtle[method].bind(crypto.subtle) as (...args: unknown[]) => Promise<unknown>
    const limited = (...args: unknown[]) =>
      /25519|ML-KEM/.test(JSON.stringify(args)) ? Promise.reject(new DOMException("unknown", "NotSupportedError")) : real(...args)
    vi.spyOn(crypto.subtle, method).mockImplementation(limited as never)
  }
}

describe.each(["native", "noble"])("seals by %s", (way) => {
  let seal: Room

  beforeEach(async () => {
    vi.resetModules()
    if (way === "noble") forgetNewAlgorithms()
    seal = await import("./index.ts")
  })
  afterEach(() => vi.restoreAllMocks())

  async function people() {
    const ana = await seal.newAgreementKey(seal.random)
    const ben = await seal.newAgreementKey(seal.random)
    const bundleKey = await seal.newSealingKey()
    const returnKey = await seal.newSealingKey()
    const request: SealedRequest = {
      requestId: filled(16, 1),
      talkId: filled(16, 2),
      replyAddress: REPLY,
      returnKey: returnKey.publicKey,
      returnLastDay: 20_799,
      urgency: "now",
      bulletinSerial: 12,
      headHash: filled(8, 3),
      day: 20_785,
      keepsakeProof: undefined,
    }
    const to = { sealingKey: bundleKey.publicKey, recipient: ben.publicKey, mailboxAddress: DUTY }
    const opening = { sealingKey: bundleKey, recipient: ben, mailboxAddress: DUTY }
    return { ana, ben, bundleKey, returnKey, request, to, opening }
  }

  const words = (text: string, returnKey: Bytes): Letter => ({
    talkId: filled(16, 2),
    id: filled(16, 4),
    kind: "words",
    after: filled(16, 0),
    seen: filled(16, 0),
    replyAddress: REPLY,
    returnKey,
    returnLastDay: 20_799,
    bulletinSerial: 12,
    headHash: filled(8, 3),
    day: 20_785,
    text: utf8(text),
  })

  test("Ben opens what Ana sealed to him, and knows her key", async () => {
    const { ana, request, to, opening } = await people()
    const envelope = await seal.sealRequest(request, ana, to)
    expect(envelope.length).toBe(4_096)
    expect(await seal.openRequest(envelope, opening)).toEqual({ sender: ana.publicKey, request })
  })

  test("the answer comes back through the return key", async () => {
    const { ana, ben, returnKey } = await people()
    const letter = words("I am here.", filled(1_216, 9))
    const envelope = await seal.sealLetter(letter, ben, { sealingKey: returnKey.publicKey, recipient: ana.publicKey, mailboxAddress: REPLY })
    expect(seal.envelopeKeyId(envelope)).toEqual(returnKey.keyId)
    expect(await seal.openLetter(envelope, { sealingKey: returnKey, recipient: ana, mailboxAddress: REPLY })).toEqual({ sender: ben.publicKey, letter })
  })

  test("a key out of the vault opens as before", async () => {
    const { ana, request, to, opening, bundleKey } = await people()
    const kept = await seal.sealingKeyFrom(bundleKey.seed, bundleKey.publicKey)
    expect(kept).toEqual(bundleKey)
    const envelope = await seal.sealRequest(request, ana, to)
    expect((await seal.openRequest(envelope, { ...opening, sealingKey: kept })).request).toEqual(request)
  })

  test("every truncation is refused, and what is too long", async () => {
    const { ana, request, to, opening } = await people()
    const envelope = await seal.sealRequest(request, ana, to)
    for (let length = 0; length < envelope.length; length++) {
      await expect(seal.openRequest(envelope.slice(0, length), opening)).rejects.toMatchObject({ name: "LayoutError", fault: "size" })
    }
    await expect(seal.openRequest(concat(envelope, filled(1, 0)), opening)).rejects.toMatchObject({ fault: "size" })
  })

  test("one changed bit anywhere is refused", async () => {
    const { ana, request, to, opening } = await people()
    const envelope = await seal.sealRequest(request, ana, to)
    const flipped = fc.asyncProperty(fc.nat(4_095), fc.nat(7), async (place, bit) => {
      const changed = envelope.slice()
      changed[place] = (changed[place] ?? 0) ^ (1 << bit)
      await expect(seal.openRequest(changed, opening)).rejects.toThrow()
    })
    await fc.assert(flipped, { numRuns: way === "native" ? 300 : 40 })
  })

  test("another mailbox, another label, another sealing key: refused", async () => {
    const { ana, request, to, opening, returnKey } = await people()
    const envelope = await seal.sealRequest(request, ana, to)
    await expect(seal.openRequest(envelope, { ...opening, mailboxAddress: REPLY })).rejects.toMatchObject({ fault: "opening" })
    await expect(seal.openLetter(envelope, opening)).rejects.toMatchObject({ fault: "opening" })
    await expect(seal.openRequest(envelope, { ...opening, sealingKey: returnKey })).rejects.toMatchObject({ fault: "unknown-key" })
  })

  test("Max cannot write in Ana's name: her public key alone makes no proof", async () => {
    const { ana, request, to, opening } = await people()
    const max = await seal.newAgreementKey(seal.random)
    const envelope = await seal.sealRequest(request, { secret: max.secret, publicKey: ana.publicKey }, to)
    await expect(seal.openRequest(envelope, opening)).rejects.toMatchObject({ fault: "sender" })
  })

  test("the sender's proof says to whom: Ben cannot pass a letter on as if it were sealed to Cleo", async () => {
    const { ana, request, to, opening } = await people()
    const cleo = await seal.newAgreementKey(seal.random)
    const envelope = await seal.sealRequest(request, ana, to)
    await expect(seal.openRequest(envelope, { ...opening, recipient: cleo })).rejects.toMatchObject({ fault: "sender" })
  })

  test("a static key of small order gives no secret to anyone", async () => {
    const { ana, request, to } = await people()
    for (const first of [0, 1]) {
      const small = concat(Uint8Array.of(first), filled(31, 0))
      await expect(seal.agree(ana, small)).rejects.toMatchObject({ fault: "agreement" })
      await expect(seal.sealRequest(request, ana, { ...to, recipient: small })).rejects.toMatchObject({ fault: "agreement" })
    }
  })

  test("RFC 8032 and RFC 7748: keys, a signature and a secret as published", async () => {
    const seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    const key = await seal.signingKeyFromSeed(seed)
    expect(toHex(key.publicKey)).toBe("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    const signature = await seal.sign(key, utf8(""))
    expect(toHex(signature)).toBe(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    )
    const bob = await seal.agreementKeyFromSecret(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
    expect(toHex(bob.publicKey)).toBe("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    const alice = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    expect(toHex(await seal.agree(bob, alice))).toBe("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
  })

  test("a signature over anything else, by a key of small order, or out of range is refused", async () => {
    const key = await seal.newSigningKey(seal.random)
    const message = utf8("leanto/head/1 ‖ …")
    const signature = await seal.sign(key, message)
    await seal.verify(key.publicKey, message, signature)
    await expect(seal.verify(key.publicKey, utf8("other"), signature)).rejects.toMatchObject({ fault: "signature" })
    await expect(seal.verify(key.publicKey, message, signature.slice(1))).rejects.toMatchObject({ fault: "signature" })
    await expect(seal.verify(key.publicKey, message, plusOrder(signature))).rejects.toMatchObject({ fault: "signature" })
    // The neutral element as key and as R, S = 0, fits every message where nobody looks.
    const neutral = concat(Uint8Array.of(1), filled(31, 0))
    await expect(seal.verify(neutral, message, concat(neutral, filled(32, 0)))).rejects.toMatchObject({ fault: "signature" })
    // The same point written another way: y + 2^255 - 19.
    const otherwise = concat(Uint8Array.of(0xee), filled(30, 0xff), Uint8Array.of(0x7f))
    await expect(seal.verify(otherwise, message, concat(neutral, filled(32, 0)))).rejects.toMatchObject({ fault: "signature" })
    await expect(seal.verify(filled(32, 2), message, signature)).rejects.toMatchObject({ fault: "signature" })
  })
})

test("what a browser without the new algorithms seals, one with them opens, and the other way round", async () => {
  const seal = await import("./index.ts")
  vi.resetModules()
  forgetNewAlgorithms()
  const old: Room = await import("./index.ts")
  const ana = await old.newAgreementKey(old.random)
  const oldKey = await old.newSealingKey()
  vi.restoreAllMocks()
  const ben = await seal.newAgreementKey(seal.random)
  const newKey = await seal.newSealingKey()
  const info = utf8("story")
  expect(await seal.hpkeOpen(newKey, info, await old.hpkeSeal(newKey.publicKey, info, utf8("one")))).toEqual(utf8("one"))
  expect(await old.hpkeOpen(oldKey, info, await seal.hpkeSeal(oldKey.publicKey, info, utf8("two")))).toEqual(utf8("two"))
  expect(await seal.hpkeOpen(oldKey, info, await old.hpkeSeal(oldKey.publicKey, info, utf8("three")))).toEqual(utf8("three"))
  expect(await old.agree(ana, ben.publicKey)).toEqual(await seal.agree(ben, ana.publicKey))
})

test("chance that says the same twice, or nothing, makes no key", async () => {
  const { newAgreementKey, random } = await import("./index.ts")
  expect(random(32)).not.toEqual(random(32))
  for (const always of [0, 4]) {
    vi.spyOn(crypto, "getRandomValues").mockImplementation((bytes) => { (bytes as unknown as Bytes).fill(always); return bytes })
    await expect((async () => { random(32); await newAgreementKey(random) })()).rejects.toMatchObject({ fault: "chance" })
    vi.restoreAllMocks()
  }
})

/** The same signature written another way: S + the group's order. */
function plusOrder(signature: Bytes): Bytes {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = signature.slice(32).reduceRight((value, byte) => value * 256n + BigInt(byte), 0n) + order
  return concat(signature.slice(0, 32), Uint8Array.from({ length: 32 }, (_, index) => Number((s >> BigInt(8 * index)) & 255n)))
}

function hex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
