/** For tests: a mailroom in bad weather. It loses, doubles, shuffles, repeats, mixes up and spoils envelopes, and lies about the day. */
import { dayOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Bytes, Delivered, Fetched } from "../wire/index.ts"
import { fromHex, toHex } from "../wire/index.ts"
import type { Hex } from "./state.ts"
import type { TalksOptions } from "./talks.ts"

/** A number in [0, 1), the same on every run of a schedule. */
export type Dice = () => number
export type Stored = Readonly<{ envelope: Bytes; until: number }>

const KEPT_DAYS = 14

export class StormPost {
  readonly boxes: Map<Hex, Map<Hex, Stored>>
  /** Every envelope that was ever left here, and where: what was forgotten can still be repeated. */
  readonly ever: Readonly<{ address: Hex; envelope: Bytes }>[] = []
  /** The day as the mailroom has it, where that is not the true one. */
  day: number | undefined
  /** How likely each thing goes wrong; 0 is fair weather. */
  weather = 0
  readonly #dice: Dice
  readonly #now: () => number
  readonly #unique: (length: number) => Bytes

  constructor(addresses: readonly Hex[], { dice, now, unique }: Readonly<{ dice: Dice; now: () => number; unique: (length: number) => Bytes }>) {
    this.boxes = new Map(addresses.map((address) => [address, new Map<Hex, Stored>()]))
    this.#dice = dice
    this.#now = now
    this.#unique = unique
  }

  /** The mailroom's routes for the pocket that reads at `address`; `gate` lets nothing through any more once that one was killed. */
  routes(address: Hex, gate: () => Promise<void>): TalksOptions["mailroom"] {
    return {
      deposit: async (to, envelope) => {
        await gate()
        this.#maybeUnreachable()
        this.#leave(toHex(to), envelope)
        await gate()
        this.#maybeUnreachable()
      },
      fetch: async () => {
        await gate()
        this.#maybeUnreachable()
        return this.#fetched(address)
      },
      forget: async (_, ids) => {
        await gate()
        this.#maybeUnreachable()
        for (const id of ids) this.boxes.get(address)?.delete(toHex(id))
        await gate()
      },
      close: async () => {
        await gate()
        this.#maybeUnreachable()
        this.boxes.delete(address)
      },
    }
  }

  /** One of the envelopes that wait at this address, any one. */
  waiting(address: Hex): Delivered | undefined {
    const [id, stored] = this.oneOf([...this.#fresh(address)]) ?? []
    return id === undefined || stored === undefined ? undefined : { id: fromHex(id), envelope: stored.envelope }
  }

  /** An envelope of any time and any address, whole or with a bit of it changed. */
  old(address: Hex | undefined, spoiled: boolean): Delivered | undefined {
    const found = this.oneOf(this.ever.filter((one) => address === undefined || one.address === address))
    if (found === undefined) return undefined
    const envelope = Uint8Array.from(found.envelope)
    const at = Math.floor(this.#dice() * envelope.length)
    if (spoiled) envelope[at] = (envelope[at] ?? 0) ^ (1 << Math.floor(this.#dice() * 8))
    return { id: this.#unique(16), envelope }
  }

  forget(address: Hex, id: Bytes): void {
    this.boxes.get(address)?.delete(toHex(id))
  }

  oneOf<T>(things: readonly T[]): T | undefined {
    return things[Math.floor(this.#dice() * things.length)]
  }

  #leave(address: Hex, envelope: Bytes): void {
    const box = this.boxes.get(address)
    if (box === undefined) throw new PocketProblem("mailbox-unknown")
    this.ever.push({ address, envelope })
    const chance = this.#dice()
    const copies = chance < this.weather / 3 ? 0 : chance < this.weather ? 2 : 1
    for (let copy = 0; copy < copies; copy++) box.set(toHex(this.#unique(16)), { envelope, until: dayOf(this.#now()) + KEPT_DAYS })
  }

  #fetched(address: Hex): Fetched {
    const waiting = [...this.#fresh(address)].sort(() => this.#dice() - 0.5).slice(0, 16)
    return { today: this.day ?? dayOf(this.#now()), envelopes: waiting.map(([id, { envelope }]) => ({ id: fromHex(id), envelope })) }
  }

  #fresh(address: Hex): Map<Hex, Stored> {
    const box = this.boxes.get(address) ?? new Map<Hex, Stored>()
    for (const [id, { until }] of box) if (until < dayOf(this.#now())) box.delete(id)
    return box
  }

  #maybeUnreachable(): void {
    if (this.#dice() < this.weather) throw new PocketProblem("unreachable")
  }
}

/** Mulberry32: small, and the same everywhere. */
export function dice(seed: number): Dice {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
