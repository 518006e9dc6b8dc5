import type { Place } from "./view.ts"

const PARENTS: Readonly<Record<Place, Place | undefined>> = {
  landing: undefined,
  talk: "landing",
  worried: "landing",
  self: "landing",
  "self-call": "self",
  "self-sleep": "self",
  "self-breathe": "self",
  "self-firearms": "self",
  "self-investigation": "self",
  find: "landing",
  who: "landing",
  device: "landing",
  shared: "device",
  elsewhere: "landing",
  card: "talk",
  "card-good": "landing",
  words: "talk",
  unlock: "landing",
  mine: "ask",
  limits: "landing",
  ask: "limits",
  choose: "ask",
  waiting: "landing",
  handover: "waiting",
  talks: "landing",
  "one-talk": "talks",
  kept: "landing",
  reminders: "duty",
  invitation: "landing",
  duty: "landing",
  reached: "duty",
  hours: "duty",
  back: "talk",
  "back-good": "landing",
  "back-lost": "back",
}

/** Where Back leads from here; undefined on the landing. */
export function parentOf(place: Place): Place | undefined {
  return PARENTS[place]
}

/** The place a link or an address names; undefined for anything else. */
export function placeNamed(name: string): Place | undefined {
  if (name === "") return "landing"
  return Object.hasOwn(PARENTS, name) ? (name as Place) : undefined
}
