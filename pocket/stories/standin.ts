import type { Asking, KeptCard, Line, PeerCard, PeerSide, Pocket, PocketState, Program, Reach, Ring, Talk } from "../src/contract.ts"
import { BUILT_IN } from "../src/screens/findhelp/helplines.ts"
import federal from "../../src/leanto/data/packs/us-federal.json"

export const TODAY_MINUTE = 29_923_340

/** A pocket that has nothing behind it: shows one state, and does nothing when asked. For looking at screens only. */
export function standIn(parts: Partial<PocketState>): Pocket {
  const done = () => Promise.resolve()
  return {
    state: { ...EMPTY, ...parts },
    subscribe: () => () => undefined,
    resume: () => undefined,
    useHere: done,
    chooseDevice: done,
    enterCard: done,
    setMine: done,
    makeVault: () => Promise.resolve(SEVEN),
    confirmWords: done,
    unlock: done,
    lock: () => undefined,
    forgetAll: done,
    ask: done,
    writeDraft: done,
    ringOthers: done,
    waitOn: done,
    leaveWord: done,
    cancelAsking: done,
    say: done,
    endTalk: done,
    burn: done,
    duty: {
      enterInvitation: done,
      handIn: done,
      claim: done,
      pass: done,
      showing: () => undefined,
      drilled: done,
      change: done,
      setBuddy: done,
      reach: { look: done, addPush: done, addAddress: done, remove: done, sooner: done, test: done, came: done },
    },
    keeping: { keep: done, rename: done, forget: done, remind: done, forgetReminder: done },
    copying: { comeBack: () => Promise.resolve({ day: 20_779, card: true, kept: true, peer: false }), renew: done, forget: done },
  }
}

export const SEVEN = ["lantern", "river", "copper", "meadow", "anchor", "walnut", "harbor"]

const EMPTY: PocketState = {
  tab: "here",
  device: "unasked",
  lines: BUILT_IN,
  card: "none",
  vault: "none",
  peers: [],
  onDutyNow: 0,
  mine: {},
  talks: [],
  kept: [],
  reminders: [],
  offline: false,
  wrongDate: false,
}

const PEERS: readonly PeerCard[] = [
  {
    key: "ben",
    handle: "Ben",
    about: "Nineteen years on patrol, two of them after a shooting. I stopped drinking in 2019. Coffee is on me.",
    years: "19",
    work: ["Patrol", "Field training"],
    been: ["after-a-bad-call", "alcohol", "under-investigation"],
    languages: ["en", "es"],
    veteran: true,
    region: "North county",
    drawing: "ridge",
    onDuty: true,
    shows: false,
    coordinates: false,
    ownAgency: false,
  },
  {
    key: "harbor",
    handle: "Harbor",
    about: "Dispatcher. You hear it all and see nothing. I know what that does.",
    work: ["Dispatch"],
    been: ["grief", "sleep"],
    languages: ["en"],
    veteran: false,
    gender: "Woman",
    drawing: "boat",
    onDuty: false,
    shows: true,
    coordinates: true,
    ownAgency: false,
  },
  {
    key: "m",
    handle: "Marisol",
    years: "11",
    work: ["Corrections"],
    been: ["family", "money"],
    languages: ["es", "en"],
    faith: "Catholic",
    veteran: false,
    onDuty: true,
    shows: false,
    coordinates: false,
    ownAgency: false,
  },
]

const THREE_RIVERS: Program = {
  name: "Three Rivers Peer Support",
  region: "Three Rivers",
  agencies: [
    { id: "marlow", name: "Marlow Police Department", units: ["Day shift", "Night shift"] },
    { id: "lodge", name: "Lodge County Sheriff", units: ["Patrol", "Jail"] },
  ],
  fresh: "fresh",
  ageDays: 0,
  cardPlace: { en: "the break room of the union hall, in the blue box" },
  patienceMinutes: { now: 5, today: 30, whenever: 240 },
}

/** Ana on her own phone, with a card and everything she needs to ask. */
export const READY: Partial<PocketState> = {
  device: "own",
  card: "held",
  vault: "open",
  pack: federal,
  peers: PEERS,
  onDutyNow: 2,
  usuallyMinutes: 10,
  program: THREE_RIVERS,
}

export const ASKING: Asking = {
  sent: "received",
  urgency: "now",
  urgent: false,
  alone: false,
  backstops: 0,
  handOver: false,
  taken: false,
  late: false,
  nobodyLeft: false,
  drawnAtOnce: false,
  behindWords: false,
  draft: "",
}

/** A program so small that who asks may be guessed; one of its peers leads others elsewhere. */
export const FEW_PEOPLE: Partial<PocketState> = { ...READY, program: { ...THREE_RIVERS, small: true }, peers: PEERS.map((peer, at) => (at === 0 ? { ...peer, rank: "Sergeant" } : peer)) }

/** Nobody is on duty tonight, and nobody shows available. */
export const KEY_PASSED_ON: Partial<PocketState> = { ...READY, program: { ...THREE_RIVERS, keyPassedOn: true } }
export const NOBODY: Partial<PocketState> = { ...READY, onDutyNow: 0, peers: PEERS.map((peer) => ({ ...peer, onDuty: false, shows: false })) }

export const TALK: Talk = {
  id: "t",
  role: "officer",
  with: "Ben",
  state: "open",
  asleep: false,
  lines: [
    { id: "1", mine: false, kind: "begin", text: "I'm here. How are you doing?", state: "seen" },
    { id: "2", mine: true, kind: "words", text: "Not great. It was a kid.\nI keep hearing the mother.", state: "seen" },
    { id: "3", mine: false, kind: "words", text: "I'm glad you wrote. I have been at one of those. No hurry, tell me as much or as little as you like.", state: "seen" },
    { id: "4", mine: true, kind: "words", text: "I can't sleep.", state: "sent" },
    { id: "5", mine: true, kind: "words", text: "Are you there tonight?", state: "waiting" },
  ],
}

export const ENDED: Talk = {
  ...TALK,
  id: "e",
  state: "ended",
  vanishesAt: TODAY_MINUTE + 1440,
  lines: [...TALK.lines.slice(0, 3), { id: "6", mine: false, kind: "end", text: "", state: "seen" }],
}

export const BEN: PeerSide = {
  stage: "vouched",
  handle: "Ben",
  words: [],
  unopened: false,
  listening: true,
  onDuty: true,
  backstop: false,
  drill: false,
  settings: { availableUntil: 0, reserve: false, quietFrom: 0, quietUntil: 0, drills: "none", restsUntil: 0, keepsPlace: false, mostTalks: 0 },
  full: false,
  untold: false,
  reach: { channels: [], offered: ["push", "email"], push: "possible" },
  shifts: [
    { from: TODAY_MINUTE - 60, until: TODAY_MINUTE + 420, tier: 0 },
    { from: TODAY_MINUTE + 1440, until: TODAY_MINUTE + 1920, tier: 0 },
  ],
  rings: [],
}

/** Three ways, of which one works, one was never tried, and one is dead. */
export const REACH: Reach = {
  channels: [
    { id: "a", kind: "push", state: "working", reachedDay: 20_779, deliveredDay: 20_780 },
    { id: "b", kind: "email", address: "ben.aldous@mail.example.org", state: "working" },
    { id: "c", kind: "ntfy", address: "https://ntfy.example.org/4f1c2a90b7d35e68aa017c2244de91f05b3c8d10", state: "gone" },
  ],
  offered: ["push", "email", "ntfy", "sms", "call"],
  push: "possible",
  tested: "b",
}

export const RING: Ring = { request: "r", urgency: "now", backstop: false }

export const KEPT: readonly KeptCard[] = [
  { id: "ben", name: "Night shift Ben", handle: "Ben", reach: "on-duty" },
  { id: "harbor", name: "Harbor", handle: "Harbor", reach: "listed" },
  { id: "sam", name: "Sam from spring", handle: "Sam", reach: "gone" },
  { id: "kim", name: "Kim", handle: "Kim", reach: "changed", other: "m" },
  { id: "ray", name: "Ray", handle: "Ray", reach: "away" },
  { id: "lee", name: "Lee", handle: "Lee", reach: "apart" },
  { id: "jo", name: "Jo", handle: "Jo", reach: "unknown" },
]

export const ASKED = { words: "", about: "", urgency: "today", urgent: false, outside: true, kept: "", without: "" } as const

/** Ben's side of the talk, in which he is kept. */
export const KEEPS_BEN: Talk = {
  ...TALK,
  role: "peer",
  with: "",
  lines: [...TALK.lines.map((line): Line => ({ ...line, mine: !line.mine, state: "seen" })), { id: "k", mine: false, kind: "keep", text: "", state: "seen" }],
}

export const REMINDED = [
  { id: "1", words: "someone, about a week, evening" },
  { id: "2", words: "" },
]

/** Ana's side, where she kept him. */
export function withKeep(talk: Talk, state: Line["state"]): Talk {
  return { ...talk, kept: "Night shift Ben", lines: [...talk.lines, { id: "k", mine: true, kind: "keep", text: "", state }] }
}
