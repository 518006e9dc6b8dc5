/** The peer's half of contract.ts: what a peer's screens see of their side, and may ask of it. */
import type { Urgency } from "./contract.ts"

/** `backstop`: nobody who was asked first has answered yet, and this peer agreed to be rung then. */
export type Ring = Readonly<{ request: string; urgency: Urgency; backstop: boolean }>

/** How a peer wants to be rung, and spared. Minutes since 1970, 0 for none; the quiet hours in minutes of the program's day, equal for none. */
export type DutySettings = Readonly<{
  /** "I'm there" outside the rota, until then. */
  availableUntil: number
  /** May be rung outside shifts. */
  reserve: boolean
  quietFrom: number
  quietUntil: number
  drills: "none" | "by-day" | "day-and-night"
  restsUntil: number
  /** Nights rung move this peer to no later place. */
  keepsPlace: boolean
  /** So many open talks are enough; 0 for no limit. */
  mostTalks: number
}>

/** What wakes a peer's phone: this phone's browser, or an address of a kind that the program allows. */
export type ChannelKind = "push" | "email" | "ntfy" | "sms" | "call"
export type Channel = Readonly<{
  id: string
  kind: ChannelKind
  /** As it was typed; absent for a browser, and while the vault is locked. */
  address?: string
  /** `gone`: nothing arrives there any more. `unknown`: nobody could be asked yet. */
  state: "working" | "gone" | "unknown"
  /** In whole days since 1970: when something was last handed on to it, and when it was last seen to arrive. */
  deliveredDay?: number
  reachedDay?: number
}>

/** By what this peer is woken, in the order of use. */
export type Reach = Readonly<{
  channels: readonly Channel[]
  /** What else may be added, `push` only where this browser can; undefined until the program's list was read. */
  offered?: readonly ChannelKind[]
  /** Of this browser: `denied` in its settings, or cannot at all (on an iPhone: not from the home screen). */
  push: "possible" | "denied" | "impossible"
  /** The channel that was tested last, until somebody says whether it came; the one of which somebody said that it did not. */
  tested?: string
  missed?: string
}>

export type Buddy = Readonly<{ name: string; number: string }>

/** This pocket as a peer's: undefined for officers. */
export type PeerSide = Readonly<{
  stage: "invited" | "handed-in" | "vouched" | "stood-down"
  handle?: string
  words: readonly string[]
  /** What officers would seal to this peer does not open on this phone. */
  unopened: boolean
  listening: boolean
  onDuty: boolean
  /** Agreed to be rung when nobody has answered. */
  backstop: boolean
  shifts: readonly Readonly<{ from: number; until: number; tier: number }>[]
  rings: readonly Ring[]
  hushed?: "answered" | "ended" | "unlisted"
  /** A drill rings: nobody asks, and nothing is needed but a tap. */
  drill: boolean
  settings: DutySettings
  /** Holds as many talks as they said are enough, and is not rung for others. */
  full: boolean
  /** Desk or mailroom has not heard yet how this peer wants to be rung. */
  untold: boolean
  reach: Reach
  buddy?: Buddy
}>

/** The peer's side: becoming a peer, and being called. */
export interface Duty {
  enterInvitation(text: string): Promise<void>
  /** Kinds by the names of `PeerCard`, one item each: years work been language faith veteran gender region drawing. */
  handIn(me: { handle: string; about: string; items: readonly { kind: string; text: string }[] }): Promise<void>
  /** "I'm here": `opening` is the first line of the talk. Resolves when this peer has the talk; `request-taken` when somebody was faster. */
  claim(request: string, opening?: string): Promise<void>
  pass(request: string): Promise<void>
  /** These rings stand on a screen that somebody may be looking at. */
  showing(requests: readonly string[]): void
  /** "I'm there", to a drill. */
  drilled(): Promise<void>
  /** Kept here at once, and told to desk and mailroom as soon as they can be reached. */
  change(settings: Partial<DutySettings>): Promise<void>
  /** Whom to call oneself after a hard talk: kept on this device and told to nobody. Rejects with `locked`. */
  setBuddy(buddy: Buddy | undefined): Promise<void>
  readonly reach: Reaching
}

/** How a peer's phone is reached. */
export interface Reaching {
  /** Asks what the program allows, and what became of the channels. */
  look(): Promise<void>
  /** This browser. Rejects with `push-denied`, `push-failed`. */
  addPush(): Promise<void>
  /** Rejects with `address-mistyped`, `channels-full`, `channel-refused`. The topic of an `ntfy` is made here, whatever is typed. */
  addAddress(kind: Exclude<ChannelKind, "push">, address: string): Promise<void>
  remove(id: string): Promise<void>
  /** One place earlier. */
  sooner(id: string): Promise<void>
  /** Wakes it now, as a ring would. Rejects with `unreachable`, `not-listed`, … */
  test(id: string): Promise<void>
  /** Whether the test was seen to arrive. */
  came(id: string, came: boolean): Promise<void>
}
