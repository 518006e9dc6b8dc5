import { describe, expect, test } from "vitest"
import { bytesOf, casesOf, plain, problemOf } from "../cases.fortests.ts"
import type { Case } from "../cases.fortests.ts"
import * as wire from "./index.ts"
import type { Bytes } from "./index.ts"

const STATES = { ringing: 1, taken: 2, answered: 3, "nobody-left": 4 } as const

type Layout = Readonly<{
  file: string
  group: string
  /** Reads and gives the fields as the vectors name them. */
  read: (bytes: Bytes) => object
  /** Reads and writes; a signature is not the encoder's to write. */
  again?: (bytes: Bytes) => Bytes
  signed?: boolean
}>

const layouts: readonly Layout[] = [
  { file: "charter", group: "read", read: wire.decodeCharter, again: (b) => wire.encodeCharter(wire.decodeCharter(b)), signed: true },
  { file: "lineage", group: "read", read: (b) => ({ charters: wire.decodeLineage(b) }) },
  { file: "vouch", group: "read", read: wire.decodeVouch, again: (b) => wire.encodeVouch(wire.decodeVouch(b)), signed: true },
  { file: "bundle", group: "read", read: wire.decodeBundle, again: (b) => wire.encodeBundle(wire.decodeBundle(b)), signed: true },
  { file: "head", group: "read", read: wire.decodeHead, again: (b) => wire.encodeHead(wire.decodeHead(b)), signed: true },
  { file: "members", group: "read", read: (b) => membersFields(wire.decodeMembers(b)), again: (b) => wire.encodeMembers(wire.decodeMembers(b)) },
  { file: "public", group: "read", read: (b) => publicFields(wire.decodePublicOuter(b)) },
  { file: "tokens", group: "key", read: (b) => keyFields(wire.decodeTokenKey(b)) },
  { file: "tokens", group: "token", read: wire.decodeToken, again: (b) => wire.encodeToken(wire.decodeToken(b)) },
  { file: "tokens", group: "draw", read: wire.decodeDrawRequest, again: (b) => wire.encodeDrawRequest(wire.decodeDrawRequest(b)) },
  { file: "tokens", group: "drawn", read: wire.decodeDrawAnswer, again: (b) => wire.encodeDrawAnswer(wire.decodeDrawAnswer(b)) },
  { file: "tokens", group: "token_keys", read: (b) => ({ keys: wire.decodeTokenKeys(b).map(({ epoch, tokenKeyId }) => [epoch, tokenKeyId]) }) },
  { file: "letters", group: "outer", read: wire.decodeOuter, again: (b) => wire.encodeOuter(wire.decodeOuter(b)) },
  { file: "letters", group: "request_body", read: (b) => requestFields(wire.decodeSealedRequest(b)), again: (b) => wire.encodeSealedRequest(wire.decodeSealedRequest(b)) },
  { file: "letters", group: "letter_body", read: (b) => letterFields(wire.decodeLetter(b)), again: (b) => wire.encodeLetter(wire.decodeLetter(b)) },
  { file: "requests", group: "ask", read: (b) => askFields(wire.decodeAsk(b)), again: (b) => wire.encodeAsk(wire.decodeAsk(b)) },
  { file: "requests", group: "asked", read: wire.decodeAskAnswer },
  { file: "requests", group: "sealed", read: wire.decodeSealMoreAnswer },
  { file: "requests", group: "state", read: (b) => ({ state: STATES[wire.decodeStateAnswer(b)] }) },
  { file: "requests", group: "claimed", read: (b) => ({ sealed: wire.decodeClaimAnswer(b) }) },
  { file: "mailboxes", group: "fetched", read: wire.decodeFetched },
  { file: "mailboxes", group: "answer_times", read: (b) => ({ minutes: Object.values(wire.decodeAnswerTimes(b)) }) },
  { file: "mailboxes", group: "from_mailroom", read: (b) => frameFields(wire.decodeFrame(b)) },
  { file: "slots", group: "receipt", read: (b) => ({ receipt: wire.decodeSlotReceipt(b) }) },
  { file: "slots", group: "fetched", read: (b) => ({ body: wire.decodeSlotFetched(b) }) },
  { file: "slots", group: "outer", read: wire.decodeSlotBody, again: (b) => wire.encodeSlotBody(b.slice(1)) },
  { file: "slots", group: "backup", read: wire.decodeBackup, again: (b) => wire.encodeBackup(wire.decodeBackup(b)) },
  { file: "enrolment", group: "state", read: (b) => enrolmentFields(wire.decodeEnrolmentState(b)) },
]

describe.each(layouts)("the law's cases: $file $group", ({ file, group, read, again, signed }) => {
  test.each(casesOf(file, group).filter(({ ok }) => ok))("reads: $name", (one) => {
    const bytes = bytesOf(one, "bytes")
    expect(plain(read(bytes))).toEqual(expectedFields(one, signed))
    if (again) expect(again(bytes)).toEqual(signed ? bytes.slice(0, -64) : bytes)
  })

  test.each(casesOf(file, group).filter(({ ok }) => !ok))("refuses: $name", (one) => {
    expect(refusal(() => read(bytesOf(one, "bytes")))).toBe(one["problem"])
  })
})

describe("what a pocket sends is what the law says", () => {
  const all = (file: string, group: string) => casesOf(file, group).filter(({ ok }) => ok)
  const field = (one: Case, name: string) => bytesOf(one["fields"] as Record<string, string>, name)
  const list = (one: Case, name: string) => (one["fields"] as Record<string, readonly string[]>)[name]?.map((hex) => bytesOf({ hex }, "hex")) ?? []

  test.each([
    ["mailboxes", "post", (one) => wire.encodeDeposit(field(one, "address"), field(one, "envelope"))],
    ["mailboxes", "read_key_body", (one) => wire.encodeReadKey(field(one, "read_key"))],
    ["mailboxes", "forget", (one) => wire.encodeForget(field(one, "read_key"), list(one, "ids"))],
    ["requests", "act", (one) => wire.encodeAct(field(one, "request_id"), field(one, "read_key"), "close")],
    ["requests", "keyed", (one) => wire.encodeRequestKey(field(one, "request_id"), field(one, "read_key"))],
    ["requests", "claim", (one) => wire.encodeClaim(field(one, "request_id"), field(one, "read_key"), field(one, "talk_address"))],
    ["requests", "rest", (one) => wire.encodeRest(field(one, "read_key"), restOf(one))],
    ["requests", "answer", (one) => wire.encodeAnswer(field(one, "request_id"), field(one, "read_key"), field(one, "envelope"))],
    ["slots", "opened", (one) => wire.encodeSlotOpened(field(one, "read_key"), field(one, "body"))],
    ["slots", "written", (one) => wire.encodeSlotWritten(field(one, "read_key"), field(one, "replaced"), field(one, "body"))],
    ["enrolment", "state_asked", (one) => wire.encodeStateQuestion(field(one, "invitation"))],
  ] satisfies [string, string, (one: Case) => Bytes][])("%s %s", (file, group, write) => {
    for (const one of all(file, group)) expect(write(one)).toEqual(bytesOf(one, "bytes"))
  })

  test("requests seal", () => {
    const [one] = all("requests", "seal")
    if (one === undefined) throw new Error("no case")
    const { slots } = wire.decodeAsk(bytesOf(all("requests", "ask")[0] ?? {}, "bytes"))
    expect(wire.encodeSealMore(field(one, "request_id"), field(one, "read_key"), slots)).toEqual(bytesOf(one, "bytes"))
  })

  test("frames", () => {
    const frames = Object.fromEntries(all("mailboxes", "from_pocket").map((one) => [one.name, one]))
    const { listen, forget, leave, heard, drilled } = frames
    if (!listen || !forget || !leave || !heard || !drilled) throw new Error("no case")
    expect(wire.listenFrame(list(listen, "read_keys"))).toEqual(bytesOf(listen, "bytes"))
    expect(wire.forgetFrame(field(forget, "address"), list(forget, "ids"))).toEqual(bytesOf(forget, "bytes"))
    expect(wire.leaveFrame(field(leave, "address"))).toEqual(bytesOf(leave, "bytes"))
    expect(wire.heardFrame(field(heard, "duty_address"), field(heard, "request_id"))).toEqual(bytesOf(heard, "bytes"))
    expect(wire.drilledFrame(field(drilled, "duty_address"), field(drilled, "drill_id"))).toEqual(bytesOf(drilled, "bytes"))
  })

  test("a hand-in and later bundles, before their signature", () => {
    const [[handIn], [bundles]] = [all("enrolment", "hand_in"), all("enrolment", "bundles_body")]
    if (!handIn || !bundles) throw new Error("no case")
    const { handle } = handIn["fields"] as { readonly handle: string }
    const written = wire.encodeHandIn({
      invitation: field(handIn, "invitation"),
      handle,
      signingKey: field(handIn, "signing_key"),
      agreementKey: field(handIn, "agreement_key"),
      bundles: bundlesIn(handIn),
      shared: [{ kind: "years", text: "12" }],
    })
    expect(written).toEqual(bytesOf(handIn, "bytes").slice(0, -64))
    const later = wire.encodeBundles(field(bundles, "program_id"), field(bundles, "signing_key"), bundlesIn(bundles))
    expect(later).toEqual(bytesOf(bundles, "bytes").slice(0, -64))
  })

  test("a standing, before its signature", () => {
    const [said] = all("enrolment", "standing_body")
    if (!said) throw new Error("no case")
    const fields = said["fields"] as Readonly<Record<string, number>> & { readonly reserve_consent: boolean }
    const number = (name: string) => fields[name] ?? -1
    const written = wire.encodeStanding(field(said, "program_id"), field(said, "signing_key"), {
      saidMinute: number("said_minute"),
      reserveConsent: fields.reserve_consent,
      quietFromMinute: number("quiet_from_minute"),
      quietUntilMinute: number("quiet_until_minute"),
      availableUntilMinute: number("available_until_minute"),
      reachedDay: number("reached_day"),
      openedDay: number("opened_day"),
    })
    expect(written).toEqual(bytesOf(said, "bytes").slice(0, -64))
  })
})

function refusal(read: () => unknown): string | undefined {
  try {
    read()
  } catch (error) {
    return problemOf(error)
  }
  return undefined
}

/** What the vectors name besides the layout's own fields: a signature is checked by seal/. */
function expectedFields({ fields, modulus }: Case, signed: boolean | undefined): unknown {
  if (!signed) return fields ?? { modulus }
  return Object.fromEntries(Object.entries(fields as object).filter(([name]) => name !== "signature"))
}

/** The bundles of a case, as the signed bytes that a peer's pocket keeps. */
function bundlesIn({ fields }: Case): Bytes[] {
  const { bundles } = fields as unknown as { readonly bundles: readonly Readonly<Record<string, string | number>>[] }
  return bundles.map((one) => {
    const [dutyAddress, sealingKey] = [bytesOf(one, "duty_address"), bytesOf(one, "sealing_key")]
    const body = wire.encodeBundle({ dutyAddress, sealingKey, firstDay: Number(one["first_day"]), lastDay: Number(one["last_day"]) })
    return wire.concat(body, bytesOf(one, "signature"))
  })
}

function membersFields({ members, rota }: wire.Members): object {
  return {
    members: members.map(memberFields),
    rota: rota.map(({ from, until, ...shift }) => ({ ...shift, fromMinute: from, untilMinute: until })),
  }
}

function memberFields({ vouch, bundles, shared, conflicts }: wire.Member): object {
  return {
    vouch: signedFields(vouch, wire.decodeVouch(vouch)),
    bundles: bundles.map((bundle) => signedFields(bundle, wire.decodeBundle(bundle))),
    shared: shared.map(({ kind, text }) => ({ kind: wire.SHARED_KINDS.indexOf(kind) + 1, text })),
    labels: conflicts.map(({ kind, text }) => ({ kind: wire.CONFLICT_KINDS.indexOf(kind) + 1, text })),
  }
}

function signedFields(bytes: Bytes, fields: object): object {
  return { ...fields, signature: bytes.slice(-64) }
}

function publicFields({ tokenKeys, patienceMinutes, ...part }: wire.PublicOuter): object {
  return { ...part, tokenKeys: tokenKeys.map(({ spki, ...key }) => ({ ...key, key: spki })), patience: patienceMinutes }
}

function keyFields({ modulus }: wire.RsaKey): object {
  return { modulus }
}

function requestFields({ bulletinSerial, headHash, urgency, ...request }: wire.SealedRequest): object {
  return { ...request, serial: bulletinSerial, headHashStart: headHash, urgency: wire.URGENCIES.indexOf(urgency) }
}

function letterFields({ bulletinSerial, headHash, kind, ...letter }: wire.Letter): object {
  return { ...letter, serial: bulletinSerial, headHashStart: headHash, kind: wire.LETTER_KINDS.indexOf(kind) + 1 }
}

function restOf(one: Case): { untilHour: number; keepsPlace: boolean } {
  const { rests_until_hour: untilHour, keeps_place: keepsPlace } = one["fields"] as { rests_until_hour: number; keeps_place: boolean }
  return { untilHour, keepsPlace }
}

function askFields({ chosenFirst, urgency, ...ask }: wire.Ask): object {
  return { ...ask, wish: chosenFirst ? 1 : 0, urgency: wire.URGENCIES.indexOf(urgency) }
}

function enrolmentFields(state: wire.EnrolmentState): object {
  if (state.state !== "vouched") return { state: state.state === "invited" ? 1 : 2, vouched: undefined }
  const { epoch, membersKey, vouch } = state
  return { state: 3, vouched: { epoch, membersKey, vouch: signedFields(vouch, wire.decodeVouch(vouch)) } }
}

function frameFields(frame: wire.Frame): object {
  const fields = Object.fromEntries(Object.entries(frame).filter(([name]) => name !== "kind"))
  if (frame.kind === "hush") return { ...fields, reason: ["answered", "ended", "unlisted"].indexOf(frame.reason) + 1 }
  if (frame.kind === "request") return { ...fields, state: STATES[frame.state] }
  if (frame.kind !== "listening") return fields
  return { today: frame.today, found: frame.mailboxes.map(({ address, what }) => [address, ["unknown", "mailbox", "duty"].indexOf(what)]) }
}
