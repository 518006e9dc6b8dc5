import type { Buddy, ChannelKind, DutySettings } from "../contract.ts"
import type { SealingKey } from "../seal/index.ts"
import type { Hex, TalkState } from "../talks/state.ts"
import { Shelf } from "../vault/index.ts"
import type { Bytes, Drills, Standing } from "../wire/index.ts"
import type { Identity, Week } from "./keys.ts"
import type { Stage } from "./listing.ts"
import type { Rest } from "./settings.ts"

/** How far this peer has come. Public keys and the invitation, which asks the desk for each epoch's members' key. */
export type Enrolled = Readonly<{
  invitation: Bytes
  stage: Stage
  /** What was sent to the desk, whether or not an answer came back. */
  sent?: Readonly<{ handle: string; signingKey: Bytes; agreementKey: Bytes; words: readonly string[] }> | undefined
  listedIn?: number | undefined
  /** The duty mailbox of the entry in the list to which something was sealed here as a try, and the day on which it opened. */
  opened?: Readonly<{ duty: Hex; day: number }> | undefined
}>

/** A claim under way, from before it is sent until the answer is accepted or refused. Times in ms. */
export type Claim = Readonly<{
  request: Hex
  duty: Hex
  dutyReadKey: Bytes
  opening: string
  talkReadKey: Bytes
  startedAt: number
  /** The very bytes that are posted until the mailroom decides; without `talk` when that is on its shelf already. */
  answer?: Readonly<{ envelope: Bytes; talk: TalkState | undefined }> | undefined
}>

/** A request that was opened here: another body under the same id is refused for 21 days. */
export type Opened = Readonly<{ request: Hex; digest: Bytes; talk: Hex; day: number }>

/** What desk and mailroom have heard of how this peer wants to be rung. `saidMinute`: of the newest word that may have reached the desk. */
export type Told = Readonly<{
  saidMinute: number
  standing?: Omit<Standing, "saidMinute">
  rest: Rest
  wakes: Readonly<{ drills: Drills; endpoints: readonly Hex[]; week: number }>
}>

/** One way to wake this peer: open, for a locked pocket must be able to say them again. What was typed lies sealed. `place`: first come, first used. */
export type Endpoint = Readonly<{
  id: Hex
  kind: ChannelKind
  place: number
  state: "working" | "gone" | "unknown"
  deliveredDay: number
  reachedDay: number
  /** The hash of what the notifier was given: another one of this browser is given anew. */
  given: Hex
}>

/** The one name on a shelf of one. */
export const OWN = "own"
export const ENROLLED = new Shelf<Enrolled>("open", "enrolled")
export const WEEKS = new Shelf<Week>("open", "duty-week")
export const IDENTITY = new Shelf<Identity>("sealed", "identity")
export const SEEDS = new Shelf<SealingKey>("sealed", "duty-seed")
export const CLAIMS = new Shelf<Claim>("sealed", "claim")
export const OPENED = new Shelf<Opened>("sealed", "opened-request")
export const SETTINGS = new Shelf<Partial<DutySettings>>("open", "duty-settings")
export const TOLD = new Shelf<Told>("open", "duty-told")
export const BUDDY = new Shelf<Buddy>("sealed", "buddy")
export const ENDPOINTS = new Shelf<Endpoint>("open", "endpoint")
export const ADDRESSES = new Shelf<string>("sealed", "endpoint-address")
