import { RSABSSA } from "@cloudflare/blindrsa-ts"
import { describe, expect, test } from "vitest"
import type { Bytes } from "../wire/index.ts"
import { decodeToken, fromBase64, tokenInput, toHex } from "../wire/index.ts"
import { blind, finish, issuerKey, issuerKeyOf, random, sha256 } from "./index.ts"

type Rfc9474 = Readonly<Record<"name" | "n" | "e" | "input_msg" | "salt" | "sLen" | "inv" | "blinded_msg" | "blind_sig" | "sig", string>>
type Rfc9578 = Readonly<Record<"pkS" | "token_challenge" | "nonce" | "blind" | "salt" | "token_request" | "token_response" | "token", string>>

// The public vectors lie beside the repository where it is built; elsewhere these tests say that they were skipped.
const rfc9474 = Object.values(import.meta.glob<readonly Rfc9474[]>("../../../../shared/vectors/rfc9474.json", { eager: true, import: "default" })).flat()
const rfc9578 = Object.values(import.meta.glob<readonly Rfc9578[]>("../../../../shared/vectors/pub_verif_rfc9578.*.json", { eager: true, import: "default" })).flat()

describe("blind signatures", () => {
  test.skipIf(rfc9474.length === 0)("agree with every RFC 9474 vector that salts with 48 bytes", async () => {
    const salted = rfc9474.filter(({ sLen }) => sLen === "0x30")
    expect(salted.length).toBe(2)
    for (const vector of salted) {
      const key = await issuerKeyOf({ modulus: hex(vector.n), exponent: hex(vector.e) })
      const factor = invert(BigInt(vector.inv), BigInt(vector.n)).toString(16).padStart(key.length * 2, "0")
      const blinding = await blind(key, hex(vector.input_msg), dealt(hex(vector.salt), hex(factor)))
      expect([toHex(blinding.blinded), toHex(blinding.inverse)]).toEqual([bare(vector.blinded_msg), bare(vector.inv)])
      expect(toHex(await finish(key, hex(vector.input_msg), hex(vector.blind_sig), blinding.inverse))).toBe(bare(vector.sig))
    }
  })

  test.skipIf(rfc9578.length === 0)("make the very tokens of two independent RFC 9578 generators", async () => {
    for (const vector of rfc9578) {
      const key = await issuerKey(hex(vector.pkS))
      const [challengeDigest, tokenKeyId] = [await sha256(hex(vector.token_challenge)), await sha256(hex(vector.pkS))]
      const input = tokenInput({ nonce: hex(vector.nonce), challengeDigest, tokenKeyId })
      const { blinded, inverse } = await blind(key, input, dealt(hex(vector.salt), hex(vector.blind)))
      expect(toHex(blinded)).toBe(vector.token_request.slice(6))
      expect(toHex(await finish(key, input, hex(vector.token_response), inverse))).toBe(toHex(decodeToken(hex(vector.token)).authenticator))
    }
  })

  test("are what an independent issuer signs and an independent client finishes", async () => {
    const suite = RSABSSA.SHA384.PSS.Deterministic()
    const pair = await RSABSSA.SHA384.generateKey({ modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) })
    const { n, e } = await crypto.subtle.exportKey("jwk", pair.publicKey)
    const key = await issuerKeyOf({ modulus: fromBase64(n ?? "", "n"), exponent: fromBase64(e ?? "", "e") })
    const message = random(98)

    const ours = await blind(key, message, random)
    const signed = new Uint8Array(await suite.blindSign(pair.privateKey, ours.blinded))
    expect(await suite.verify(pair.publicKey, await finish(key, message, signed, ours.inverse), message)).toBe(true)

    const theirs = await suite.blind(pair.publicKey, message)
    const answer = new Uint8Array(await suite.blindSign(pair.privateKey, theirs.blindedMsg))
    await finish(key, message, answer, new Uint8Array(theirs.inv))

    signed[9] = (signed[9] ?? 0) ^ 1
    await expect(finish(key, message, signed, ours.inverse)).rejects.toMatchObject({ fault: "blind-signature" })
    await expect(finish(key, message, signed.slice(1), ours.inverse)).rejects.toMatchObject({ fault: "blind-signature" })
  })
})

/** Randomness that was written down. */
function dealt(...bytes: readonly Bytes[]): (length: number) => Bytes {
  const left = [...bytes]
  return (length) => {
    const next = left.shift()
    if (next?.length !== length) throw new Error(`no ${length} bytes were dealt`)
    return next
  }
}

function bare(text: string): string {
  return text.replace(/^0x/, "")
}

function hex(text: string): Bytes {
  return Uint8Array.from(bare(text).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function invert(value: bigint, modulus: bigint): bigint {
  let [rest, divisor, factor, next] = [value, modulus, 1n, 0n]
  while (divisor !== 0n) {
    const quotient = rest / divisor
    ;[rest, divisor, factor, next] = [divisor, rest - quotient * divisor, next, factor - quotient * next]
  }
  return ((factor % modulus) + modulus) % modulus
}
