import type { Random } from "../seal/index.ts"
import type { Hex } from "../talks/state.ts"
import type { Change, Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"
import type { Bytes } from "../wire/index.ts"
import { sameBytes, toHex } from "../wire/index.ts"

/** A peer whom this officer kept. `id` is random and of this device alone: records' names lie open, and must match nobody else's. */
export type KeptPeer = Readonly<{
  id: Hex
  /** What the officer calls them; 1 to 60 bytes. */
  name: string
  /** What they called themselves when they were kept. */
  handle: string
  signingKey: Bytes
  agreementKey: Bytes
  keepsake: Bytes
  /** When they were kept. */
  day: number
}>

/** On a peer's device: somebody nameless who may come back, in the peer's own words; empty, or up to 120 bytes. */
export type Reminder = Readonly<{ id: Hex; words: string; keepsake: Bytes; day: number }>

/** Everything kept, oldest first. */
export type KeptRecords = Readonly<{ peers: readonly KeptPeer[]; reminders: readonly Reminder[] }>

export const KEPT_PEERS = new Shelf<KeptPeer>("sealed", "kept-peer")
export const REMINDERS = new Shelf<Reminder>("sealed", "reminder")

/** All that was kept on this device; nothing while the vault is locked. */
export async function allKept(vault: Pick<Vault, "list" | "read">): Promise<KeptRecords> {
  const [peers, reminders] = await Promise.all([KEPT_PEERS.all(vault), REMINDERS.all(vault)])
  return { peers: oldestFirst(peers), reminders: oldestFirst(reminders) }
}

/** How those of `brought` that are not in `held` are put on this device. The keepsake says which are the same; ids are made anew. */
export function takenIn(held: KeptRecords, brought: KeptRecords, random: Random): readonly Change[] {
  const peers = brought.peers.filter((one) => !isAmong(held.peers, one)).map((one) => ({ ...one, id: toHex(random(16)) }))
  const reminders = brought.reminders.filter((one) => !isAmong(held.reminders, one)).map((one) => ({ ...one, id: toHex(random(16)) }))
  return [...peers.map((one) => KEPT_PEERS.put(one.id, one)), ...reminders.map((one) => REMINDERS.put(one.id, one))]
}

function isAmong(held: readonly Readonly<{ keepsake: Bytes }>[], { keepsake }: Readonly<{ keepsake: Bytes }>): boolean {
  return held.some((one) => sameBytes(one.keepsake, keepsake))
}

function oldestFirst<T extends Readonly<{ day: number }>>(records: readonly T[]): readonly T[] {
  return [...records].sort((a, b) => a.day - b.day)
}
