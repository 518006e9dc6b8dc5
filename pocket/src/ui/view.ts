import type { TemplateResult } from "lit-html"
import type { CameBack, Pocket, PocketState, Urgency } from "../contract.ts"

/** Every screen by name. The name is never written into the address bar: it would say what was opened. */
export type Place =
  | "landing"
  | "talk"
  | "worried"
  | "self"
  | "self-call"
  | "self-sleep"
  | "self-breathe"
  | "self-firearms"
  | "self-investigation"
  | "find"
  | "who"
  | "device"
  | "shared"
  | "elsewhere"
  | "card"
  | "card-good"
  | "words"
  | "unlock"
  | "mine"
  | "limits"
  | "ask"
  | "choose"
  | "waiting"
  | "handover"
  | "talks"
  | "one-talk"
  | "kept"
  | "reminders"
  | "invitation"
  | "duty"
  | "reached"
  | "hours"
  | "back"
  | "back-good"
  | "back-lost"

/** What is typed and ticked on the screens, in memory only; hiding the screen drops it whole. */
export interface Memory {
  card: string
  /** A card that came as a link, until it is used. */
  linkedCard: string
  invitation: string
  unlock: string
  /** The seven words of another phone, and what they brought. */
  back: string
  cameBack: CameBack | undefined
  afterDevice: Place
  words: { shown: readonly string[]; stage: "offer" | "show" | "back"; typed: string }
  /** What is being written while waiting; undefined until touched. */
  draft: string | undefined
  /** `kept`: whom to ring first, by a kept peer's id; `without`: whom not to ask, by a card's key. */
  asking: { words: string; about: string; urgency: Urgency; urgent: boolean; outside: boolean; kept: string; without: string }
  filter: { been: string; work: string; language: string; duty: boolean; veteran: boolean }
  mine: { agency: string; unit: string } | undefined
  talk: { open: string; draft: string; confirm: "" | "end" | "burn" | "keep"; keepAs?: string | undefined }
  /** The kept peer, and the reminder, that is being changed or about to be forgotten. */
  kept: { open: string; name: string; forget: boolean }
  reminder: { open: string; words: string; forget: boolean }
  confirm: "" | "cancel" | "leave" | "forget" | "copy"
  /** The peer's first line of a talk, before it is sent with the claim. */
  opening: string | undefined
  handIn: Record<string, string>
  /** The way to be woken that is being typed, by its kind. */
  reached: { kind: string; address: string }
  /** The talk of which was said that it was not heavy, or that was answered with a rest. */
  heavy: string
  buddy: { name: string; number: string } | undefined
  onWithoutInstall: boolean
}

export interface View {
  /** Absent until the part that holds the keys has loaded. */
  readonly pocket: Pocket | undefined
  readonly state: PocketState | undefined
  readonly place: Place
  readonly memory: Memory
  readonly nowMs: number
  readonly busy: boolean
  readonly problem: string
  readonly device: Readonly<{ iphone: boolean; installed: boolean }>
  go(place: Place): void
  draw(): void
  /** Draws, and moves the focus to the heading as on a new screen. */
  refocus(): void
  /** Draws, and moves the focus to the element of this id. */
  focusOn(id: string): void
  keepDraft(words: string): void
  /** Does the work, shows that it is being done, then `then`; a refusal is said on the screen instead. */
  act(work: (pocket: Pocket) => Promise<void>, then?: () => void): void
  /** Says on the screen what is missing, before anything is sent. */
  refuse(problem: string): void
  hide(): void
  changeLanguage(): void
}

export type Screen = (view: View) => TemplateResult

export function freshMemory(): Memory {
  return {
    card: "",
    linkedCard: "",
    invitation: "",
    unlock: "",
    back: "",
    cameBack: undefined,
    afterDevice: "talk",
    words: { shown: [], stage: "offer", typed: "" },
    draft: undefined,
    asking: { words: "", about: "", urgency: "today", urgent: false, outside: true, kept: "", without: "" },
    filter: { been: "", work: "", language: "", duty: false, veteran: false },
    mine: undefined,
    talk: { open: "", draft: "", confirm: "" },
    kept: { open: "", name: "", forget: false },
    reminder: { open: "", words: "", forget: false },
    confirm: "",
    opening: undefined,
    handIn: {},
    reached: { kind: "", address: "" },
    heavy: "",
    buddy: undefined,
    onWithoutInstall: false,
  }
}
