import type { Bilingual, Helpline, Pack } from "../contract.ts"
import type { Bytes } from "./bytes.ts"
import { fromBase64 } from "./bytes.ts"
import { LayoutError } from "./errors.ts"
import type { Read } from "./json.ts"
import { anything, closedObject, flag, listOf, nullOr, object, oneOf, text, u16 } from "./json.ts"

/** `spki` is the DER SubjectPublicKeyInfo of the epoch's issuer key. */
export type TokenKey = Readonly<{ epoch: number; firstDay: number; lastDay: number; spki: Bytes }>
export type Agency = Readonly<{ id: string; name: string; units: readonly string[] }>

export type PublicPart = Readonly<{
  /** `small`: so few people are served that whoever asks may be guessed. */
  program: Readonly<{ name: string; region: string; agencies: readonly Agency[]; small?: boolean }>
  pack: Pack
  helplines: readonly Helpline[]
  tokenKeys: readonly TokenKey[]
  patienceMinutes: Readonly<{ now: number; today: number; whenever: number }>
  cardPlace: Bilingual
  /** Days since 1970; `OPEN`, or `NO_DATE_YET`. */
  opensDay: number
}>

export const PUBLIC_PART_LIMIT = 262_144
export const OPEN = 0
export const NO_DATE_YET = 65_535
const WHERE = "public"

/** What the law itself says of the public part; pack and helplines have their own schema. */
export type PublicOuter = Omit<PublicPart, "pack" | "helplines"> & Readonly<{ pack: unknown; helplines: readonly unknown[] }>

/** Reads the public part. A missing or strange member is a LayoutError that names its place. */
export function decodePublicPart(bytes: Uint8Array): PublicPart {
  const part = decodePublicOuter(bytes)
  return { ...part, pack: pack(part.pack, "pack"), helplines: listOf(helpline)(part.helplines, "helplines") }
}

export function decodePublicOuter(bytes: Uint8Array): PublicOuter {
  if (bytes.length > PUBLIC_PART_LIMIT) throw new LayoutError("size", WHERE)
  const { token_keys: tokenKeys, patience: patienceMinutes, card_place: cardPlace, opens_day: opensDay = OPEN, ...rest } = outer(parse(bytes), WHERE)
  return { ...rest, tokenKeys, patienceMinutes, cardPlace, opensDay }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), whole)
  } catch {
    throw new LayoutError("text", WHERE)
  }
}

/** Lets no half character and no number without end through. */
function whole(name: string, value: unknown): unknown {
  const half = [name, value].some((one) => typeof one === "string" && !one.isWellFormed())
  if (half || (typeof value === "number" && !Number.isFinite(value))) throw new LayoutError("value", WHERE)
  return value
}

const bilingual: Read<Bilingual> = object<{ en: string }, { es: string }>({ en: text }, { es: text })

const helpline: Read<Helpline> = (value, path) => ({ ...line(value, path), builtin: false })

const line = object<
  Omit<Helpline, "call" | "text" | "chat" | "verified" | "builtin">,
  { call: string; text: Readonly<{ to: string; body?: string }>; chat: string; verified: string }
>(
  {
    id: text,
    name: text,
    answers: bilingual,
    for: bilingual,
    hours: bilingual,
    recorded: bilingual,
    police: bilingual,
    owner: text,
    source: text,
    verifyBy: text,
    status: oneOf("seen-in-source", "to-be-verified"),
  },
  { call: text, text: object<{ to: string }, { body: string }>({ to: text }, { body: text }), chat: text, verified: text },
)

const pack: Read<Pack> = object<Pack>({
  id: text,
  version: u16,
  date: text,
  place: bilingual,
  reviewed: nullOr(object<{ by: string; date: string }>({ by: text, date: text })),
  review_note: bilingual,
  languages_reviewed: listOf(text),
  who_reads: bilingual,
  who_cannot: bilingual,
  exceptions: listOf(bilingual),
  kept: bilingual,
  not_therapists: bilingual,
  law: listOf(object<Pack["law"][number]>({ cite: text, text: bilingual, source: text })),
  written_words: flag,
})

const tokenKey: Read<TokenKey> = (value, path) => {
  const key = closedObject<{ epoch: number; first_day: number; last_day: number; key: string }>({
    epoch: u16,
    first_day: u16,
    last_day: u16,
    key: text,
  })(value, path)
  return { epoch: key.epoch, firstDay: key.first_day, lastDay: key.last_day, spki: fromBase64(key.key, path) }
}

const outer = closedObject<
  Readonly<{
    program: PublicPart["program"]
    pack: unknown
    helplines: readonly unknown[]
    token_keys: readonly TokenKey[]
    patience: PublicPart["patienceMinutes"]
    card_place: Bilingual
  }>,
  { opens_day: number }
>(
  {
    program: object<Omit<PublicPart["program"], "small">, { small: boolean }>(
      {
        name: text,
        region: text,
        agencies: listOf(object<Agency>({ id: text, name: text, units: listOf(text) })),
      },
      { small: flag },
    ),
    pack: anything,
    helplines: listOf(anything),
    token_keys: listOf(tokenKey),
    patience: closedObject<PublicPart["patienceMinutes"]>({ now: u16, today: u16, whenever: u16 }),
    card_place: bilingual,
  },
  { opens_day: u16 },
)
