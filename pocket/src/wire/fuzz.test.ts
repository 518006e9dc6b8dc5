import fc from "fast-check"
import { describe, expect, test } from "vitest"
import us from "../../../src/leanto/data/helplines/us.json"
import pack from "../../../src/leanto/data/packs/us-federal.json"
import { bytesOf, casesOf } from "../cases.fortests.ts"
import { rounds } from "../rounds.fortests.ts"
import { sha256 } from "../seal/index.ts"
import type { Bytes } from "./index.ts"
import * as wire from "./index.ts"

type Reads<T> = Readonly<{
  /** Cases of the law that it reads. */
  of: readonly Bytes[]
  read: (bytes: Bytes) => T
  /** Writes it again, where a pocket can; without its signature. */
  write?: (value: T) => Bytes
  signed?: boolean
}>

function reads<T>(one: Reads<T>): Reads<unknown> {
  return one as Reads<unknown>
}

// Every reader of bytes by its name. One that is not here fails below.
const READERS: Readonly<Record<string, Reads<unknown>>> = {
  decodeCharter: reads({ of: samples("charter", "read"), read: wire.decodeCharter, write: wire.encodeCharter, signed: true }),
  decodeLineage: reads({ of: samples("lineage", "read"), read: wire.decodeLineage }),
  decodeVouch: reads({ of: samples("vouch", "read"), read: wire.decodeVouch, write: wire.encodeVouch, signed: true }),
  decodeBundle: reads({ of: samples("bundle", "read"), read: wire.decodeBundle, write: wire.encodeBundle, signed: true }),
  decodeHead: reads({ of: samples("head", "read"), read: wire.decodeHead, write: wire.encodeHead, signed: true }),
  decodeMembers: reads({ of: samples("members", "read"), read: wire.decodeMembers, write: wire.encodeMembers }),
  decodePublicOuter: reads({ of: samples("public", "read"), read: wire.decodePublicOuter }),
  decodePublicPart: reads({ of: [wholePublicPart()], read: wire.decodePublicPart }),
  decodeToken: reads({ of: samples("tokens", "token"), read: wire.decodeToken, write: wire.encodeToken }),
  decodeTokenKey: reads({ of: samples("tokens", "key"), read: wire.decodeTokenKey }),
  decodeTokenKeys: reads({ of: samples("tokens", "token_keys"), read: wire.decodeTokenKeys }),
  decodeDrawRequest: reads({ of: samples("tokens", "draw"), read: wire.decodeDrawRequest, write: wire.encodeDrawRequest }),
  decodeDrawAnswer: reads({ of: samples("tokens", "drawn"), read: wire.decodeDrawAnswer, write: wire.encodeDrawAnswer }),
  decodeOuter: reads({ of: samples("letters", "outer"), read: wire.decodeOuter, write: wire.encodeOuter }),
  decodeInner: reads({ of: samples("letters", "letter_body").map((body) => wire.concat(new Uint8Array(64), body)), read: wire.decodeInner, write: wire.encodeInner }),
  decodeSealedRequest: reads({ of: samples("letters", "request_body"), read: wire.decodeSealedRequest, write: wire.encodeSealedRequest }),
  decodeLetter: reads({ of: samples("letters", "letter_body"), read: wire.decodeLetter, write: wire.encodeLetter }),
  decodeAsk: reads({ of: samples("requests", "ask"), read: wire.decodeAsk, write: wire.encodeAsk }),
  decodeAskAnswer: reads({ of: samples("requests", "asked"), read: wire.decodeAskAnswer }),
  decodeSealMoreAnswer: reads({ of: samples("requests", "sealed"), read: wire.decodeSealMoreAnswer }),
  decodeStateAnswer: reads({ of: samples("requests", "state"), read: wire.decodeStateAnswer }),
  decodeClaimAnswer: reads({ of: samples("requests", "claimed"), read: wire.decodeClaimAnswer }),
  decodeFetched: reads({ of: samples("mailboxes", "fetched"), read: wire.decodeFetched }),
  decodeAnswerTimes: reads({ of: samples("mailboxes", "answer_times"), read: wire.decodeAnswerTimes }),
  decodeFrame: reads({ of: samples("mailboxes", "from_mailroom"), read: wire.decodeFrame }),
  decodeSlotReceipt: reads({ of: samples("slots", "receipt"), read: wire.decodeSlotReceipt }),
  decodeSlotFetched: reads({ of: samples("slots", "fetched"), read: wire.decodeSlotFetched }),
  decodeSlotBody: reads({ of: samples("slots", "outer"), read: wire.decodeSlotBody }),
  decodeBackup: reads({ of: samples("slots", "backup"), read: wire.decodeBackup, write: wire.encodeBackup }),
  decodeChannels: reads({ of: samples("notifier", "ways"), read: wire.decodeChannels }),
  decodeEndpointState: reads({ of: samples("notifier", "state"), read: wire.decodeEndpointState }),
  decodePush: reads({ of: samples("notifier", "push"), read: wire.decodePush }),
  decodeEnrolmentState: reads({ of: samples("enrolment", "state"), read: wire.decodeEnrolmentState }),
}

const TEXTS: Readonly<Record<string, (text: string) => unknown>> = {
  parseCard: (text) => wire.parseCard(text, sha256),
  parseInvitation: (text) => wire.parseInvitation(text, sha256),
  parseProblem: wire.parseProblem,
}

test("every reader has its stories told", () => {
  const named = Object.keys(wire).filter((name) => /^(decode|parse)/.test(name))
  expect(named.sort()).toEqual([...Object.keys(READERS), ...Object.keys(TEXTS)].sort())
})

describe.each(Object.entries(READERS))("%s", (name, { of: wholes, read, write, signed }) => {
  const numRuns = rounds({ check: 60, soak: 20_000 })

  test("reads the law's cases", () => {
    expect(wholes.length).toBeGreaterThan(0)
    for (const whole of wholes) read(whole)
  })

  test("refuses every truncation and every byte more", () => {
    for (const whole of wholes) {
      const step = Math.max(1, Math.floor(whole.length / 400))
      for (let length = 0; length < whole.length; length += step) expect(() => read(whole.slice(0, length))).toThrow(wire.LayoutError)
      if (!name.startsWith("decodePublic")) expect(() => read(wire.concat(whole, Uint8Array.of(0)))).toThrow(wire.LayoutError)
    }
  })

  test("refuses any bytes at all, or reads what it would write in the same way", () => {
    const story = fc.property(spoiled(wholes), (bytes) => {
      const value = readOrRefused(() => read(bytes))
      if (value === undefined || write === undefined) return
      expect(write(value)).toEqual(signed ? bytes.slice(0, -64) : bytes)
    })
    fc.assert(story, { numRuns })
  })
})

test.each(Object.entries(TEXTS))("%s refuses any text at all, or reads it, and never breaks otherwise", async (_, parse) => {
  const about = ["#card=", "#invitation=", '{"type":"urn:leanto:problem:', "0O1I-l "].map((text) => fc.constant(text))
  const texts = fc.array(fc.oneof(...about, fc.string({ unit: "binary", maxLength: 60 })), { maxLength: 4 })
  const story = fc.asyncProperty(texts, async (parts) => {
    try {
      await parse(parts.join(""))
    } catch (error) {
      expect(error).toBeInstanceOf(wire.LayoutError)
    }
  })
  await fc.assert(story, { numRuns: rounds({ check: 100, soak: 20_000 }) })
})

/** A case of the law with some bytes changed, cut or added; or noise. */
function spoiled(wholes: readonly Bytes[]): fc.Arbitrary<Bytes> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 })
  const near = fc.tuple(fc.constantFrom(...wholes), changes, fc.nat(3), fc.uint8Array({ maxLength: 3 })).map(([whole, changed, cut, more]) => {
    const bytes = whole.slice()
    for (const [place, byte] of changed) bytes[place % Math.max(1, bytes.length)] = byte
    return wire.concat(bytes.slice(0, bytes.length - (changed.length > 3 ? cut : 0)), changed.length > 4 ? more : new Uint8Array())
  })
  return fc.oneof({ weight: 4, arbitrary: near }, fc.uint8Array({ maxLength: 300 }).map((noise) => wire.concat(noise)))
}

function samples(file: string, group: string): Bytes[] {
  return casesOf(file, group)
    .filter(({ ok }) => ok)
    .map((one) => bytesOf(one, "bytes"))
}

/** The law's case, with a pack and lines as the desk sends them. */
function wholePublicPart(): Bytes {
  const [outer] = samples("public", "read").map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as object)
  return wire.utf8(JSON.stringify({ ...outer, pack, helplines: us.lines }))
}

function readOrRefused(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    expect(error).toBeInstanceOf(wire.LayoutError)
    return undefined
  }
}
