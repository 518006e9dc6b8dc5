/** The peer's side, complete here; engine.ts only calls it. */
import type { PeerSide } from "../contract.ts"
import type { Mailbox } from "../delivery/index.ts"
import type { Frame } from "../wire/index.ts"

/** What engine.ts may ask of the peer's side; `OnCall.open(options)` makes one. Every promise rejects with PocketProblem. */
export interface PeersSide {
  /** Undefined for officers. */
  readonly view: PeerSide | undefined
  /** The duty mailboxes to listen to now. */
  mailboxes(): readonly Mailbox[]
  enterInvitation(text: string): Promise<void>
  handIn(me: { handle: string; about: string; items: readonly { kind: string; text: string }[] }): Promise<void>
  claim(request: string, opening: string): Promise<void>
  pass(request: string): Promise<void>
  /** Every frame of the line; only `ring`, `hush` and `listening` mean anything here. */
  frame(frame: Frame): void
  lineDown(): void
  /** A bulletin was looked at, newer or not: shifts, being listed, and whether more weeks are needed. */
  bulletinSeen(): Promise<void>
  /** Words opened the vault: what waited for its keys goes on. */
  unlocked(): Promise<void>
  stop(): void
}
