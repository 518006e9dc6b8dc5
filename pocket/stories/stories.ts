import type { PocketState } from "../src/contract.ts"
import type { Memory, Place } from "../src/ui/view.ts"
import { ASKED, ASKING, BEN, ENDED, KEEPS_BEN, KEPT, READY, REMINDED, SEVEN, TALK, withKeep } from "./standin.ts"

export type Story = Readonly<{
  place: Place
  state: Partial<PocketState>
  memory?: Partial<Memory>
  problem?: string
  iphone?: boolean
  hidden?: boolean
}>

const HELD = { stage: "show", shown: SEVEN, typed: "" } as const

/** Every screen in every state that a person may meet. */
export const STORIES: Readonly<Record<string, Story>> = {
  landing: { place: "landing", state: {} },
  "landing-busy": { place: "landing", state: { ...READY, asking: ASKING, talks: [TALK], vault: "locked" } },
  "landing-peer": { place: "landing", state: { ...READY, peer: { ...BEN, rings: [{ request: "r", urgency: "now" }] } } },
  worried: { place: "worried", state: {} },
  self: { place: "self", state: {} },
  "self-call": { place: "self-call", state: {} },
  "self-sleep": { place: "self-sleep", state: {} },
  "self-breathe": { place: "self-breathe", state: {} },
  "self-firearms": { place: "self-firearms", state: {} },
  "self-investigation": { place: "self-investigation", state: {} },
  find: { place: "find", state: READY },
  who: { place: "who", state: {} },
  device: { place: "device", state: {} },
  "device-later": { place: "device", state: READY, memory: { confirm: "forget" } },
  shared: { place: "shared", state: { device: "shared" } },
  elsewhere: { place: "elsewhere", state: { ...READY, tab: "elsewhere" } },
  "no-card": { place: "talk", state: { ...READY, card: "none" } },
  card: { place: "card", state: READY },
  "card-mistyped": { place: "card", state: READY, memory: { card: "7K2M 9QRS" }, problem: "card-mistyped" },
  "card-good": { place: "card-good", state: { ...READY, vault: "none" } },
  words: { place: "words", state: { ...READY, vault: "none" } },
  "words-shown": { place: "words", state: { ...READY, vault: "unconfirmed" }, memory: { words: HELD } },
  "words-back": { place: "words", state: { ...READY, vault: "unconfirmed" }, memory: { words: { ...HELD, stage: "back" } }, problem: "words-differ" },
  unlock: { place: "unlock", state: { ...READY, vault: "locked" } },
  mine: { place: "mine", state: READY, memory: { mine: { agency: "marlow", unit: "" } } },
  limits: { place: "limits", state: READY },
  "limits-missing": { place: "limits", state: { device: "own", card: "held" } },
  ask: { place: "ask", state: READY },
  "ask-now-nobody": {
    place: "ask",
    state: { ...READY, onDutyNow: 0 },
    memory: { asking: { words: "It was a kid.", about: "after-a-bad-call", urgency: "now", outside: true, kept: "", without: "" } },
  },
  choose: { place: "choose", state: READY },
  "waiting-not-sent": { place: "waiting", state: { ...READY, offline: true, asking: { ...ASKING, sent: "not-sent" } } },
  waiting: { place: "waiting", state: { ...READY, asking: { ...ASKING, drawnAtOnce: true } } },
  "waiting-alone": { place: "waiting", state: { ...READY, asking: { ...ASKING, alone: true, chosen: "ben" } } },
  "waiting-late": { place: "waiting", state: { ...READY, asking: { ...ASKING, late: true } }, memory: { confirm: "cancel" } },
  "waiting-nobody": { place: "waiting", state: { ...READY, asking: { ...ASKING, late: true, nobodyLeft: true } } },
  "waiting-seen": { place: "waiting", state: { ...READY, asking: { ...ASKING, sent: "seen", talk: "t" }, talks: [TALK] } },
  talks: { place: "talks", state: { ...READY, talks: [TALK, ENDED, { ...ENDED, id: "b", state: "burned" }] } },
  "talks-locked": { place: "talks", state: { ...READY, vault: "locked" } },
  talk: { place: "one-talk", state: { ...READY, talks: [TALK] }, memory: { talk: { open: "t", draft: "I will try", confirm: "" } } },
  "talk-burn": { place: "one-talk", state: { ...READY, talks: [TALK], offline: true }, memory: { talk: { open: "t", draft: "", confirm: "burn" } } },
  "talk-asleep": { place: "one-talk", state: { ...READY, talks: [{ ...TALK, asleep: true }] }, memory: { talk: { open: "t", draft: "", confirm: "" } } },
  "talk-ended": { place: "one-talk", state: { ...READY, talks: [ENDED] }, memory: { talk: { open: "e", draft: "", confirm: "" } } },
  "talk-burned": {
    place: "one-talk",
    state: { ...READY, talks: [{ ...ENDED, state: "burned", lines: [] }] },
    memory: { talk: { open: "e", draft: "", confirm: "" } },
  },
  "talk-keep": { place: "one-talk", state: { ...READY, vault: "none", talks: [TALK] }, memory: { talk: { open: "t", draft: "", confirm: "keep" } } },
  "talk-kept": { place: "one-talk", state: { ...READY, talks: [withKeep(TALK, "sent")] }, memory: { talk: { open: "t", draft: "", confirm: "burn" } } },
  "talk-ended-kept": { place: "one-talk", state: { ...READY, talks: [withKeep(ENDED, "seen")] }, memory: { talk: { open: "e", draft: "", confirm: "" } } },
  "talk-keeps-you": {
    place: "one-talk",
    state: { ...READY, talks: [{ ...KEEPS_BEN, reminder: { id: "r", words: "", before: false } }] },
    memory: { talk: { open: "t", draft: "", confirm: "" }, reminder: { open: "r", words: "someone, about a week", forget: false } },
  },
  "talk-before": {
    place: "one-talk",
    state: { ...READY, talks: [{ ...KEEPS_BEN, lines: KEEPS_BEN.lines.slice(0, 2), reminder: { id: "r", words: "someone, about a week, evening", before: true } }] },
    memory: { talk: { open: "t", draft: "", confirm: "" } },
  },
  kept: { place: "kept", state: { ...READY, kept: KEPT } },
  "kept-landing": { place: "landing", state: { ...READY, kept: KEPT } },
  "kept-none": { place: "kept", state: READY },
  "kept-locked": { place: "kept", state: { ...READY, vault: "locked" } },
  "kept-name": { place: "kept", state: { ...READY, kept: KEPT.slice(0, 1) }, memory: { kept: { open: "ben", name: "", forget: false } }, problem: "kept-name" },
  "kept-forget": { place: "kept", state: { ...READY, vault: "unconfirmed", kept: KEPT.slice(0, 1) }, memory: { kept: { open: "ben", name: "", forget: true } } },
  "ask-kept": { place: "ask", state: { ...READY, kept: KEPT }, memory: { asking: { ...ASKED, kept: "ben" } } },
  "ask-kept-gone": { place: "ask", state: { ...READY, kept: KEPT.slice(2, 3) }, memory: { asking: ASKED }, problem: "kept-gone" },
  "ask-locked": { place: "ask", state: { ...READY, vault: "locked" } },
  "ask-someone-else": { place: "ask", state: { ...READY, kept: KEPT }, memory: { asking: { ...ASKED, without: "ben" } } },
  reminders: { place: "reminders", state: { ...READY, peer: BEN, reminders: REMINDED } },
  "reminders-none": { place: "reminders", state: { ...READY, peer: BEN } },
  "reminders-locked": { place: "reminders", state: { ...READY, vault: "locked", peer: BEN } },
  "reminder-forget": { place: "reminders", state: { ...READY, peer: BEN, reminders: REMINDED }, memory: { reminder: { open: "2", words: "", forget: true } } },
  invitation: { place: "invitation", state: READY },
  "invitation-iphone": { place: "invitation", state: READY, memory: { invitation: "7K2M9QRSTVWX1234567890ABCDEFGH" }, iphone: true },
  "hand-in": { place: "duty", state: { ...READY, peer: { ...BEN, stage: "invited" } } },
  vouch: { place: "duty", state: { ...READY, peer: { ...BEN, stage: "handed-in", words: SEVEN.slice(0, 6) } } },
  duty: { place: "duty", state: { ...READY, peer: BEN, reminders: REMINDED } },
  "duty-hushed": { place: "duty", state: { ...READY, peer: { ...BEN, hushed: "answered", onDuty: false, listening: false, shifts: [] } } },
  ring: { place: "duty", state: { ...READY, peer: { ...BEN, rings: [{ request: "r", urgency: "now" }] } } },
  "stood-down": { place: "duty", state: { ...READY, peer: { ...BEN, stage: "stood-down" } } },
  hidden: { place: "landing", state: READY, hidden: true },
}
