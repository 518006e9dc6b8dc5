import { PocketProblem } from "./contract.ts"
import { sha256 } from "./seal/index.ts"
import type { Outcome } from "./trust/index.ts"
import type { Backup, Bytes, Card, TokenKey } from "./wire/index.ts"
import { BACKUP_MOST, MistypedError, parseCard, sameBytes } from "./wire/index.ts"

/** What a device holds of cards and passes, beside what it is drawing. */
export type HeldPasses = Readonly<{
  code: Bytes | undefined
  /** Unspent, in the order in which they are spent. */
  tokens: readonly Readonly<{ epoch: number; token: Bytes }>[]
  membersKeys: readonly Readonly<{ epoch: number; key: Bytes }>[]
  /** Epochs whose first batch is drawn. */
  drawn: readonly number[]
  /** When passes came last, minutes since 1970. */
  drawnAt?: number
}>

const LATELY_MINUTES = 60
/** All passes given for now; or taken back, or past its last day: the desk tells nobody which. */
export const GIVES_NOTHING = ["card-used-up", "card-unknown"]

/** A card's link or its typed form. Throws PocketProblem("card-mistyped"). */
export async function readCard(text: string): Promise<Card> {
  try {
    return await parseCard(text, sha256)
  } catch (error) {
    if (error instanceof MistypedError) throw new PocketProblem("card-mistyped")
    throw error
  }
}

/** What of this a sealed copy holds: the newest of each. */
export function copiedPasses({ code, tokens, membersKeys, drawn }: HeldPasses): Pick<Backup, "card" | "epochs" | "tokens"> {
  const newest = [...membersKeys].sort((a, b) => a.epoch - b.epoch).slice(-BACKUP_MOST.epochs)
  return {
    card: code,
    epochs: newest.map(({ epoch, key }) => ({ epoch, drawn: drawn.includes(epoch), membersKey: key })),
    tokens: tokens.slice(-BACKUP_MOST.tokens),
  }
}

/** The same with what a copy brought. Its passes are spent from the other end: those of the front are the likeliest to be spent since. */
export function broughtBack(held: HeldPasses, { card, epochs, tokens }: Pick<Backup, "card" | "epochs" | "tokens">): HeldPasses {
  const isHeld = ({ token }: Readonly<{ token: Bytes }>): boolean => held.tokens.some((one) => sameBytes(one.token, token))
  const others = epochs.filter(({ epoch }) => held.membersKeys.every((one) => one.epoch !== epoch))
  const drawn = epochs.filter((one) => one.drawn && !held.drawn.includes(one.epoch)).map(({ epoch }) => epoch)
  return {
    code: held.code ?? card,
    tokens: [...held.tokens, ...tokens.toReversed().filter((one) => !isHeld(one))],
    membersKeys: [...held.membersKeys, ...others.map(({ epoch, membersKey }) => ({ epoch, key: membersKey }))],
    drawn: [...held.drawn, ...drawn],
  }
}

/** Whether passes came in the last hour: whoever watches desk and mailroom could tie that to a request of now. */
export function drewLately({ drawnAt }: HeldPasses, nowMinute: number): boolean {
  return drawnAt !== undefined && nowMinute - drawnAt < LATELY_MINUTES
}

/** The first that is good today, and the rest. What is too old today stays while its key is published: a clock that jumped throws nothing away. */
export function firstOf(tokens: HeldPasses["tokens"], keys: readonly TokenKey[], today: number): Readonly<{ taken: Bytes | undefined; tokens: HeldPasses["tokens"] }> {
  const published = tokens.filter(({ epoch }) => keys.some((key) => key.epoch === epoch))
  const first = published.find(({ epoch }) => keys.some((key) => key.epoch === epoch && today <= key.lastDay))
  return { taken: first?.token, tokens: published.filter((one) => one !== first) }
}

/** The keys with this one, in the place of another of its epoch. */
export function withKey({ membersKeys }: HeldPasses, epoch: number, key: Bytes): HeldPasses["membersKeys"] {
  return [...membersKeys.filter((known) => known.epoch !== epoch), { epoch, key }]
}

/** The first bulletin must be accepted; for one that is held, refusing the new is enough. */
export function refuse(outcome: Outcome): void {
  if (outcome !== "accepted" && outcome !== "same") throw new PocketProblem(`bulletin-${outcome}`)
}
