/**
 * What the screens may ask of the pocket: the one door between `ui/` and the folders that hold secrets.
 * Screens read `state` and call these; no key, read key, token or envelope ever passes through here.
 * Every promise that rejects does so with a `PocketProblem`, whose `problem` is a key of the catalogues under `problem.`.
 */
import type { Duty, PeerSide } from "./contractoncall.ts"
import type { ProblemName } from "./wire/index.ts"

export type * from "./contractoncall.ts"

/** The pocket's own refusals; all others bear a NAME of spec/problems.md. */
export type OwnProblem =
  | "card-mistyped"
  | "invitation-mistyped"
  | "other-program" // this pocket belongs to another program already
  | "wrong-address" // the charter names other addresses than this pocket's host does
  | "not-proven" // something signed or sealed did not verify
  | "unreachable" // no answer; nothing was lost
  | "no-card" // nothing to draw passes with
  | "nobody-to-ask" // no peer without a conflict is listed
  | "asking-already"
  | "locked" // the seven words are needed first
  | "words-differ"
  | "words-mistyped" // not seven words of the list
  | "words-find-nothing" // no copy that these words open; nobody says whether there is another
  | "own-device-only"
  | "no-storage" // this browser lets nothing be kept
  | "nothing-written"
  | "talk-over" // ended, burned or gone
  | "ring-over" // not ringing any more
  | "kept-name" // a kept peer's name is empty or too long
  | "kept-gone" // the kept peer cannot be asked
  | "not-listed" // nobody vouches for this peer today
  | "reminder-long"
  | "push-denied" // this browser may show nothing
  | "push-failed" // this browser's own push service gave nothing
  | "address-mistyped"
  | "channels-full" // three are enough
  | "elsewhere" // another window does the work

/** A refusal that a screen can say in words: NAME of spec/problems.md, or one of the pocket's own. */
export class PocketProblem extends Error {
  constructor(readonly problem: OwnProblem | ProblemName) {
    super(problem)
    this.name = "PocketProblem"
  }
}

export type Bilingual = Readonly<{ en: string; es?: string }>
export type Urgency = "now" | "today" | "whenever"
export type Device = "unasked" | "own" | "shared"

/** A line that answers, built in or from the bulletin; shape of src/leanto/data/helplines. */
export type Helpline = Readonly<{
  id: string
  name: string
  call?: string
  text?: Readonly<{ to: string; body?: string }>
  chat?: string
  answers: Bilingual
  for: Bilingual
  hours: Bilingual
  recorded: Bilingual
  police: Bilingual
  owner: string
  source: string
  verified?: string
  verifyBy: string
  status: "seen-in-source" | "to-be-verified"
  builtin: boolean
}>

/** The limits of confidentiality as the bulletin's pack states them; shape of src/leanto/data/packs. */
export type Pack = Readonly<{
  id: string
  version: number
  date: string
  place: Bilingual
  reviewed: Readonly<{ by: string; date: string }> | null
  review_note: Bilingual
  languages_reviewed: readonly string[]
  who_reads: Bilingual
  who_cannot: Bilingual
  exceptions: readonly Bilingual[]
  kept: Bilingual
  not_therapists: Bilingual
  law: readonly Readonly<{ cite: string; text: Bilingual; source: string }>[]
  written_words: boolean
}>

/** A peer as the members' part shows them; conflicts are already absent and the order is shuffled anew on every start. */
export type PeerCard = Readonly<{
  key: string
  handle: string
  about?: string
  /** Of whoever leads others: they are never of the officer's own agency. */
  rank?: string
  years?: string
  work: readonly string[]
  been: readonly string[]
  languages: readonly string[]
  faith?: string
  veteran: boolean
  gender?: string
  region?: string
  drawing?: string
  onDuty: boolean
  /** Shows available now, or is in reserve. */
  shows: boolean
  /** Helps to run the program, and is rung when nobody else answers. */
  coordinates: boolean
  /** Of the agency that the officer named on this device: asked only by who does not want someone from outside. */
  ownAgency: boolean
}>

export type Line = Readonly<{ id: string; mine: boolean; kind: "words" | "begin" | "end" | "meet" | "keep"; text: string; state: "waiting" | "sent" | "seen" }>

export type Talk = Readonly<{
  id: string
  role: "officer" | "peer"
  with: string
  state: "open" | "ended" | "burned"
  /** Nothing can be sent any more unless the other side writes first: too long silent, or their mailbox is gone. */
  asleep: boolean
  /** The officer's: the program's list of today does not name this peer any more. The talk is not cut. */
  left?: true
  lines: readonly Line[]
  /** Minutes since 1970 when the words vanish, once ended. */
  vanishesAt?: number
  /** The officer's: this person helps to run the program. */
  coordinates?: true
  /** The officer's: the peer's key, as cards have it, and the name under which this peer is kept. */
  peer?: string
  kept?: string
  /** The peer's: somebody who kept them, in this talk, or `before` it. */
  reminder?: Readonly<{ id: string; words: string; before: boolean }>
}>

/** A peer whom the officer kept. `reach`, by the program's list of today: can be asked (`on-duty`, `listed`); has no keys for this week (`away`);
 * is in conflict (`apart`); is not on it (`gone`); is not, but somebody of the same handle with other keys is (`changed`, `other`: their card's
 * key); or there is no list that says so (`unknown`). */
export type KeptCard = Readonly<{
  id: string
  name: string
  handle: string
  reach: "on-duty" | "listed" | "away" | "apart" | "gone" | "changed" | "unknown"
  other?: string
}>

/** The officer's open request. `sent` says only what is true: spec/requests.md, three states. */
export type Asking = Readonly<{
  sent: "not-sent" | "received" | "seen"
  urgency: Urgency
  /** The officer says so: who else answers is offered from the first second. */
  urgent: boolean
  chosen?: string
  alone: boolean
  /** How many of those who help to run the program, and have a copy, are rung by now because nobody answered. */
  backstops: number
  /** It is time to offer who else answers. */
  handOver: boolean
  /** The mailroom says that somebody picked up; proven only when it is *seen*. */
  taken: boolean
  late: boolean
  nobodyLeft: boolean
  drawnAtOnce: boolean
  /** The mailroom says that somebody answered; whether it is true can be seen only with the seven words. */
  behindWords: boolean
  draft: string
  /** Why the mailroom takes nothing now: a NAME of the law. Nothing was burned, and it is tried again. */
  refused?: string
  /** Waits in peace, or has left word and comes back another time. */
  stays?: "waits" | "left-word"
  talk?: string
}>

export type Program = Readonly<{
  name: string
  region: string
  agencies: readonly Readonly<{ id: string; name: string; units: readonly string[] }>[]
  /** So few people are served that whoever asks may be guessed. */
  small?: boolean
  fresh: "fresh" | "stale" | "forked"
  ageDays: number
  cardPlace: Bilingual
  patienceMinutes: Readonly<Record<Urgency, number>>
  /** Another key signs for this program now than at its beginning: the one that the key before had named. */
  keyPassedOn?: true
}>

/** The program does not answer yet, or has lost every peer (`nobody`). `on`: the day it means to, in whole days since 1970; absent where nobody said
 * one, or it has come. */
export type OpensLater = Readonly<{ on?: number; nobody?: true }>

export type PocketState = Readonly<{
  /** `elsewhere`: another window of this pocket is open and does the work; this one shows only what every visitor sees. */
  tab: "here" | "elsewhere"
  device: Device
  program?: Program
  /** Absent once the program is open, and for whoever holds a card. Without a program it is unproven, and only a sentence. */
  opensLater?: OpensLater
  pack?: Pack
  lines: readonly Helpline[]
  /** `used-up`: no pass is left and the desk gives this card no more for now. */
  card: "none" | "held" | "used-up"
  vault: "none" | "unconfirmed" | "open" | "locked"
  peers: readonly PeerCard[]
  onDutyNow: number
  /** Within how many minutes 9 of 10 practice rings of this part of day were answered; never from anybody's requests. */
  usuallyMinutes?: number
  mine: Readonly<{ agency?: string; unit?: string }>
  asking?: Asking
  talks: readonly Talk[]
  /** Whom the officer kept, and who kept the peer; none while the vault is locked. */
  kept: readonly KeptCard[]
  reminders: readonly Readonly<{ id: string; words: string }>[]
  peer?: PeerSide
  /** The sealed copy for a new phone, once there are words: `day` of the last one that the mailroom has, in whole days since 1970. */
  copy?: Readonly<{ day?: number }>
  /** The mailroom has not been reached for a while; what is written waits. */
  offline: boolean
  /** This device's date is, or may be, wrong. */
  wrongDate: boolean
}>

/** Keeping a peer, and being kept. */
export interface Keeping {
  /** Keeps the peer of this talk, and lets their pocket know. Rejects with `kept-name`, `not-listed`, `talk-over`, `own-device-only`. */
  keep(talk: string, name: string): Promise<void>
  rename(id: string, name: string): Promise<void>
  forget(id: string): Promise<void>
  /** The peer's own words about somebody who kept them; rejects with `reminder-long`. */
  remind(id: string, words: string): Promise<void>
  forgetReminder(id: string): Promise<void>
}

/** What a copy brought: of which day it was, and what of these was in it. */
export type CameBack = Readonly<{ day: number; card: boolean; kept: boolean; peer: boolean }>

/** A new phone, and the sealed copy that it needs. */
export interface Copying {
  /** The seven words of another phone. Rejects with `words-mistyped`, `words-find-nothing`, `locked`, `other-program`, `unreachable`, … */
  comeBack(words: string): Promise<CameBack>
  /** Writes the copy now, for somebody who is about to change phones. */
  renew(): Promise<void>
  /** No copy any more, here or at the mailroom. Rejects with `locked`. */
  forget(): Promise<void>
}

export interface Pocket {
  readonly state: PocketState
  subscribe(changed: () => void): () => void
  /** The network is back, the page is looked at again, or somebody is about to ask: what is newer is looked for now. */
  resume(): void
  /** Takes the work over from the other window. */
  useHere(): Promise<void>

  chooseDevice(device: "own" | "shared"): Promise<void>
  /** A card's link or its typed form. Pins the program key, verifies, draws; problems: `card-mistyped`, `card-unknown`, … */
  enterCard(text: string): Promise<void>
  setMine(mine: { agency?: string; unit?: string }): Promise<void>

  /** Makes the vault and returns its seven words, this once. */
  makeVault(): Promise<readonly string[]>
  /** The words typed back; rejects with `words-differ`. */
  confirmWords(words: string): Promise<void>
  unlock(words: string): Promise<void>
  /** Forgets the keys at once: state.vault is `locked` when this returns. Without confirmed words nothing could open again, so nothing is locked. */
  lock(): void
  /** Shared device: forget everything now. */
  forgetAll(): Promise<void>

  /** `chosen`: a card's key, rung first. `kept`: a kept peer's id, rung first and told that it is one who comes back; rejects with `kept-gone`.
   * `without`: the key of a peer who is not to be asked. */
  ask(request: { urgency: Urgency; urgent?: boolean; about?: string; outside: boolean; chosen?: string; kept?: string; without?: string; words: string }): Promise<void>
  /** What is written while waiting; kept as a draft until a verified peer is there. */
  writeDraft(words: string): Promise<void>
  ringOthers(): Promise<void>
  /** The officer waits in peace. */
  waitOn(): Promise<void>
  /** The words wait here; it rings on as one that may wait, and the officer comes back another time. */
  leaveWord(): Promise<void>
  cancelAsking(): Promise<void>

  say(talk: string, words: string): Promise<void>
  endTalk(talk: string): Promise<void>
  burn(talk: string): Promise<void>

  readonly keeping: Keeping
  readonly copying: Copying
  readonly duty: Duty
}
