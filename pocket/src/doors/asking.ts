import type { Asking as AskingView, Urgency } from "../contract.ts"
import type { Mailbox } from "../delivery/index.ts"
import type { Delivered, Frame } from "../wire/index.ts"

export type AskingOptions = Readonly<Record<string, never>>
type Wishes = Readonly<{ urgency: Urgency; about?: string; outside: boolean; chosen?: string; words: string }>

/** The officer's one open request, from the first tap to a verified peer. Being written now; the shape is what the engine calls. */
export interface Asking {
  /** Undefined when nothing is asked. */
  readonly view: AskingView | undefined
  /** The reply mailbox to listen to now. */
  mailboxes(): readonly Mailbox[]
  ask(wishes: Wishes): Promise<void>
  writeDraft(words: string): Promise<void>
  ringOthers(): Promise<void>
  cancel(): Promise<void>
  /** Only `request` frames mean anything here. */
  frame(frame: Frame): void
  /** True when the envelope lay at this request's reply mailbox and has been dealt with. */
  envelope(address: string, delivered: Delivered): Promise<boolean>
  lineUp(): Promise<void>
  stop(): void
}
