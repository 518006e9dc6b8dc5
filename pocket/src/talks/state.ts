import type { Bytes, LetterKind } from "../wire/index.ts"

/** A 16-byte id or address, or an 8-byte key id, as lower-case hex: what maps and comparisons want. */
export type Hex = string

export const NONE: Hex = "00".repeat(16)

/** One of this side's return keys. `diesAt` stands once a letter sealed to a newer one has come without a gap. Times in ms. */
export type OwnKey = Readonly<{ id: Hex; seed: Bytes; public: Bytes; madeAt: number; diesAt?: number }>

/** A return key just made, not yet told to anyone. */
export type FreshKey = Readonly<{ id: Hex; seed: Bytes; public: Bytes; lastDay: number }>

export type TheirKey = Readonly<{ public: Bytes; lastDay: number }>

export type LineKind = "words" | "begin" | "end" | "meet" | "keep"

/** Something said; `hidden` for chained kinds that show nothing. A text of several letters stands here as several lines. */
export type StoredLine = Readonly<{ id: Hex; mine: boolean; kind: LineKind | "hidden"; text: string }>

/** A letter of this side that still has to go out, or to be seen. `text` is words, or hex: a key id for `unreadable`, a keepsake for `keep`. */
export type Outgoing = Readonly<{
  id: Hex
  kind: LetterKind
  after: Hex
  text: string
  key: TheirKey
  /** When the mailroom had it on disk last, how often it did, how often in a row it could not be reached. */
  postedAt?: number
  posts: number
  failures: number
  dueAt: number
}>

/** A letter of the other side, opened and verified. */
export type Incoming = Readonly<{
  id: Hex
  kind: LetterKind
  after: Hex
  seen: Hex
  address: Hex
  key: TheirKey
  text: string
}>

/** Everything this device knows of one talk: one record, replaced whole in one transaction. */
export type TalkState = Readonly<{
  id: Hex
  role: "officer" | "peer"
  with: string
  stage: "open" | "ended" | "burned"
  stageAt: number
  mine: Readonly<{ staticSecret: Bytes; staticPublic: Bytes; readKey: Bytes; address: Hex }>
  theirs: Readonly<{ staticPublic: Bytes; address: Hex; key: TheirKey }>
  /** Oldest first. */
  keys: readonly OwnKey[]
  lines: readonly StoredLine[]
  /** Chained letters of this side that `seen` does not cover yet, oldest first. */
  outbox: readonly Outgoing[]
  /** `received` and `unreadable`: sent once. */
  asides: readonly Outgoing[]
  /** This side's last chained letter; the other side's last one without a gap before it. */
  last: Hex
  head: Hex
  /** The other side's letters behind a gap, with the key each was sealed to. */
  early: readonly Readonly<{ letter: Incoming; sealedTo: Hex }>[]
  /** Ids of unchained letters since `head`: a repeated one must not bring an old return key back. */
  heard: readonly Hex[]
  /** When `received` is to be said if nothing else goes out before. */
  owedAt?: number | undefined
  /** Key ids of letters that could not be opened: whether that is still to be said, how often and when it was. */
  unread: readonly Readonly<{ keyId: Hex; owed: boolean; told: number; toldAt: number }>[]
  /** The mailroom knew nothing of the other side's mailbox when a letter was to go there. */
  gone?: boolean
  /** A keepsake that a letter brought, in hex: put away in the very transaction that stores the letter, so no stored talk has one. */
  keepsake?: Hex
  /** The peer's: who is reminded of the other side, and whether since before this talk. */
  reminder?: Readonly<{ id: Hex; before: boolean }>
  /** The mailbox is to be closed; nothing is read from it any more. */
  closing: boolean
}>

type Parties = Pick<TalkState, "id" | "role" | "with" | "mine" | "theirs"> & Readonly<{ keys: readonly OwnKey[] }>

/** A talk before its first letter. */
export function newTalk(parties: Parties, at: number): TalkState {
  return {
    ...parties,
    stage: "open",
    stageAt: at,
    lines: [],
    outbox: [],
    asides: [],
    last: NONE,
    head: NONE,
    early: [],
    heard: [],
    unread: [],
    closing: false,
  }
}
