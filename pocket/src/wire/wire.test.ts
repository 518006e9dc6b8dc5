import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bytesOf, casesOf, textOf } from "../cases.fortests.ts"
import { sha256 } from "../seal/index.ts"
import { fromBase32, tidyBase32, toBase32 } from "./base32.ts"
import * as wire from "./index.ts"

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((taken) => wire.concat(taken))

describe("base32", () => {
  test.each(casesOf("cards", "base32"))("$name", (one) => {
    const text = textOf(one, "text")
    expect(toBase32(bytesOf(one, "bytes"))).toBe(text)
    expect(fromBase32(text, bytesOf(one, "bytes").length, "test")).toEqual(bytesOf(one, "bytes"))
  })
})

test("base32 has one writing for each bytes: spare bits are zero", () => {
  expect(fromBase32("00", 1, "test")).toEqual(Uint8Array.of(0))
  for (const text of ["01", "02", "03"]) expect(() => fromBase32(text, 1, "test")).toThrow(wire.MistypedError)
})

describe("a card", () => {
  test.each(casesOf("cards", "card"))("$name", async (one) => {
    const card = wire.parseCard(textOf(one, "text"), sha256)
    if (!one.ok) await expect(card).rejects.toBeInstanceOf(wire.MistypedError)
    else expect(await card).toEqual({ code: bytesOf(one, "code"), fingerprint: bytesOf(one, "pin") })
  })

  test.each(casesOf("cards", "invitation"))("an invitation: $name", async (one) => {
    const invitation = wire.parseInvitation(textOf(one, "text"), sha256)
    if (!one.ok) await expect(invitation).rejects.toBeInstanceOf(wire.MistypedError)
    else expect(await invitation).toEqual({ invitation: bytesOf(one, "invitation"), fingerprint: bytesOf(one, "fingerprint") })
  })

  test("is read again from its link and from its typed form, however it is typed", async () => {
    const cards = fc.asyncProperty(bytes(10), bytes(16), async (code, fingerprint) => {
      expect(await wire.parseCard(await wire.cardLink({ code, fingerprint }, sha256), sha256)).toEqual({ code, fingerprint })
      const typed = await wire.cardTyped({ code, fingerprint }, sha256)
      const sloppy = ` ${typed.toLowerCase().replaceAll("0", "o").replaceAll("1", "i").replaceAll(" ", "-")}\n`
      const read = await wire.parseCard(sloppy, sha256)
      expect(read).toEqual({ code, fingerprint: fingerprint.slice(0, 10) })
      expect(wire.fingerprintFits(fingerprint, read.fingerprint)).toBe(true)
    })
    await fc.assert(cards, { numRuns: 50 })
  })

  test("with one letter wrong is a typing mistake, except by a chance of one in a million", async () => {
    const typed = tidyBase32(await wire.cardTyped({ code: new Uint8Array(10), fingerprint: new Uint8Array(16).fill(9) }, sha256))
    const wrong = Array.from(typed, (letter, place) => typed.slice(0, place) + (letter === "7" ? "8" : "7") + typed.slice(place + 1))
    for (const text of wrong) await expect(wire.parseCard(text, sha256)).rejects.toBeInstanceOf(wire.MistypedError)
  })
})

describe("words", () => {
  test("longer than a letter are cut between characters and lose nothing", () => {
    const cut = fc.property(fc.string({ unit: "grapheme", maxLength: 3_000 }), (written) => {
      // What the law refuses is cleaned before it comes here.
      const words = written.normalize("NFC").replace(/[\u0000-\u0009\u000b-\u001f]/g, "")
      const parts = wire.cutWords(words)
      expect(parts.every((part) => wire.textBytes(part, "test").length <= wire.TEXT_LENGTH)).toBe(true)
      expect(parts.map(wire.goesOn)).toEqual(parts.map((_, place) => place < parts.length - 1))
      expect(parts.join("")).toBe(words)
    })
    fc.assert(cut, { numRuns: 60 })
  })

  test.each(["\t", "\r", "\0", "e\u0301", "\ud800"])("%j is not canonical and is never written", (text) => {
    expect(() => wire.textBytes(text, "test")).toThrow(wire.LayoutError)
  })
})

describe("a problem", () => {
  test("is known by its name and by nothing else", () => {
    expect(wire.parseProblem('{"type":"urn:leanto:problem:card-unknown","title":"","status":403,"detail":""}')).toBe("card-unknown")
    for (const body of ["", "null", "[]", '{"type":"about:blank"}', '{"type":"urn:leanto:problem:made-up"}', "<html>"]) {
      expect(wire.parseProblem(body)).toBeUndefined()
    }
  })
})
