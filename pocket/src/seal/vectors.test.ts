import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js"
import { describe, expect, test } from "vitest"
import type { Case } from "../cases.fortests.ts"
import { bytesOf, casesOf, problemOf, textOf } from "../cases.fortests.ts"
import type { Bytes, Head } from "../wire/index.ts"
import { concat, decodeBackup, decodeHead, decodeMembers, decodeToken, encodeLetter, encodeSealedRequest, enrolmentWordsPreimage, tokenInput } from "../wire/index.ts"
import type { SealFault } from "./index.ts"
import * as seal from "./index.ts"

const PROBLEMS: Readonly<Record<SealFault, string>> = {
  "unknown-key": "unknown-key",
  opening: "not-opened",
  sender: "wrong-sender",
  agreement: "wrong-sender",
  "bad-key": "not-opened",
  signature: "bad-signature",
  "members-key": "wrong-hash",
  "blind-signature": "bad-signature",
  chance: "no vector: nothing was made yet",
}

const SIGNED = [
  ["charter", "signature"],
  ["vouch", "signature"],
  ["bundle", "signature"],
  ["head", "signature"],
  ["enrolment", "hand_in_signature"],
  ["enrolment", "bundles_signature"],
  ["enrolment", "standing_signature"],
  ["tokens", "receipt"],
] as const

describe.each(SIGNED)("signatures: %s %s", (file, group) => {
  test.each(casesOf(file, group))("$name", async (one) => {
    const verified = seal.verify(bytesOf(one, "signer"), bytesOf(one, "signed_part"), bytesOf(one, "signature"))
    expect(await outcome(verified)).toBe(one.ok ? "ok" : one["problem"])
  })
})

describe("letters", () => {
  test.each(casesOf("letters", "sealing_key"))("the sealing key $name", async (one) => {
    expect(new Uint8Array(MLKEM768X25519.keygen(bytesOf(one, "seed")).publicKey)).toEqual(bytesOf(one, "public"))
    expect(await seal.keyIdOf(bytesOf(one, "public"))).toEqual(bytesOf(one, "key_id"))
  })

  test.each(casesOf("letters", "agreement_key"))("the agreement key of $name", async (one) => {
    expect((await seal.agreementKeyFromSecret(bytesOf(one, "seed"))).publicKey).toEqual(bytesOf(one, "public"))
  })

  test.each(casesOf("letters", "sealed").filter(({ ok }) => ok))("opens: $name", async (one) => {
    const { sender, body } = await open(one)
    expect([sender, body]).toEqual([bytesOf(one, "sender"), bytesOf(one, "body")])
  })

  test.each(casesOf("letters", "sealed").filter(({ ok }) => !ok))("refuses: $name", async (one) => {
    expect(await outcome(open(one))).toBe(one["problem"])
  })
})

describe("the members' part", () => {
  test.each(casesOf("members", "sealed"))("$name", async (one) => {
    const head: Head = {
      ...decodeHead(bytesOf(casesOf("head", "read")[0] ?? {}, "bytes")),
      programId: bytesOf(one, "program_id"),
      serial: Number(one["serial"]),
      membersKeyHash: bytesOf(one, "members_key_hash"),
    }
    const opened = seal.openMembersPart(head, bytesOf(one, "members_key"), bytesOf(one, "sealed"))
    if (one.ok) expect(await opened).toEqual(decodeMembers(bytesOf(one, "plain")))
    else expect(await outcome(opened)).toBe(one["problem"])
  })
})

describe("a slot", { timeout: 60_000 }, () => {
  test.each(casesOf("slots", "keys"))("the keys of $name", async (one) => {
    const keys = await seal.slotKeys(textOf(one, "words").split(" "), bytesOf(one, "program_id"))
    expect(keys).toEqual({ readKey: bytesOf(one, "read_key"), sealingKey: bytesOf(one, "sealing_key") })
    expect(await seal.slotAddress(keys.readKey)).toEqual(bytesOf(one, "address"))
  })

  test.each(casesOf("slots", "sealed"))("$name", async (one) => {
    const keys = { readKey: bytesOf(one, "read_key"), sealingKey: bytesOf(one, "sealing_key") }
    const opened = seal.openSlot(bytesOf(one, "sealed"), keys, bytesOf(one, "program_id"))
    const meant = casesOf("slots", "backup").find(({ name }) => name === one["backup"])
    if (one.ok) expect(await opened).toEqual(decodeBackup(bytesOf(meant ?? {}, "bytes")))
    else expect(await outcome(opened)).toBe(one["problem"])
  })
})

describe("passes", () => {
  test.each(casesOf("tokens", "blind"))("$name is blinded and finished as written", async (one) => {
    const key = await seal.issuerKey(bytesOf(one, "spki"))
    const dealt = [bytesOf(one, "salt"), bytesOf(one, "blinding")]
    const { blinded, inverse } = await seal.blind(key, bytesOf(one, "message"), () => dealt.shift() ?? new Uint8Array())
    expect(blinded).toEqual(bytesOf(one, "blinded"))
    const signature = await seal.finish(key, bytesOf(one, "message"), bytesOf(one, "signed"), inverse)
    expect(concat(bytesOf(one, "message"), signature)).toEqual(bytesOf(one, "token"))
  })

  // A signature that is already bare: with an inverse of 1 the pocket checks it and changes nothing.
  test.each(casesOf("tokens", "verify"))("$name", async (one) => {
    const token = decodeToken(bytesOf(one, "token"))
    const bare = new Uint8Array(256).with(255, 1)
    const checked = seal.finish(await seal.issuerKey(bytesOf(one, "spki")), tokenInput(token), token.authenticator, bare)
    expect(await outcome(checked)).toBe(one.ok ? "ok" : one["problem"])
  })

  test("digests", async () => {
    for (const one of casesOf("tokens", "challenge")) expect(await seal.challengeDigest(bytesOf(one, "program_id"))).toEqual(bytesOf(one, "digest"))
    for (const one of casesOf("tokens", "key").filter(({ ok }) => ok)) expect(await seal.sha256(bytesOf(one, "bytes"))).toEqual(bytesOf(one, "token_key_id"))
    for (const one of casesOf("tokens", "body_digest")) {
      expect(await seal.bodyDigest(textOf(one, "method"), textOf(one, "path"), bytesOf(one, "body"))).toEqual(bytesOf(one, "digest"))
    }
    for (const one of casesOf("mailboxes", "address")) expect(await seal.mailboxAddress(bytesOf(one, "read_key"))).toEqual(bytesOf(one, "address"))
    for (const one of casesOf("charter", "fingerprint")) {
      expect(await seal.programFingerprint(bytesOf(one, "program_key"))).toEqual(bytesOf(one, "fingerprint"))
    }
  })
})

test("the six words that two people read to each other", async () => {
  for (const one of casesOf("enrolment", "words")) {
    const preimage = enrolmentWordsPreimage(bytesOf(one, "program_id"), bytesOf(one, "signing_key"), bytesOf(one, "agreement_key"))
    expect(await seal.wordsFrom(await seal.sha256(preimage), 6)).toEqual(one["words"])
  }
})

async function open(one: Case): Promise<Readonly<{ sender: Bytes; body: Bytes }>> {
  const seed = bytesOf(one, "seed")
  const opening = {
    sealingKey: await seal.sealingKeyFrom(seed, new Uint8Array(MLKEM768X25519.keygen(seed).publicKey)),
    recipient: await seal.agreementKeyFromSecret(bytesOf(one, "agreement_seed")),
    mailboxAddress: bytesOf(one, "address"),
  }
  if (one["label"] === "leanto/letter/1") {
    const { sender, letter } = await seal.openLetter(bytesOf(one, "sealed"), opening)
    return { sender, body: encodeLetter(letter) }
  }
  const { sender, request } = await seal.openRequest(bytesOf(one, "sealed"), opening)
  return { sender, body: encodeSealedRequest(request) }
}

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return "ok"
  } catch (error) {
    return error instanceof seal.SealError ? PROBLEMS[error.fault] : problemOf(error)
  }
}
