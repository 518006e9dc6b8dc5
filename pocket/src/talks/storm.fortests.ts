/** For tests: two pockets, their disks, their clocks, and a mailroom in bad weather between them. */
import type { Clock } from "../clock.ts"
import { DAY_MS, dayOf } from "../clock.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { Kept } from "../kept/index.ts"
import { pack, unpack } from "../vault/pack.ts"
import type { Bytes, Delivered } from "../wire/index.ts"
import { fromHex, toHex } from "../wire/index.ts"
import type { Hex, OwnKey, TalkState } from "./state.ts"
import { newTalk } from "./state.ts"
import type { Dice } from "./stormpost.fortests.ts"
import { dice, StormPost } from "./stormpost.fortests.ts"
import type { Statics } from "./stormseals.fortests.ts"
import { StormSeals } from "./stormseals.fortests.ts"
import type { TalksOptions } from "./talks.ts"
import { Talks } from "./talks.ts"
import { viewOf } from "./view.ts"

export type Side = "ana" | "ben"

export const SIDES: readonly Side[] = ["ana", "ben"]
export const START = 1_763_900_000_000
export const TALK = "aa".repeat(16)
export const ADDRESS = { ana: "a1".repeat(16), ben: "b1".repeat(16) }
/** How far a device's clock may be off, in ms. */
export const JUMPS: readonly number[] = [0, 0, 20 * 60_000, -3 * 3_600_000, 400 * DAY_MS, -400 * DAY_MS]
const OTHER: Record<Side, Side> = { ana: "ben", ben: "ana" }
/** Long enough that every letter is sent again, however often it was before. */
const CALM_MS = [60_000, 60_000, 60_000, 9 * 3_600_000, 60_000, 9 * 3_600_000, 60_000, 60_000]

export class Storm {
  readonly seals: StormSeals = new StormSeals(() => this.clock.now())
  readonly clock: FakeClock = new FakeClock(START, () => this.seals.settle())
  readonly disks = { ana: new Map<string, Bytes>(), ben: new Map<string, Bytes>() }
  readonly post: StormPost
  /** How far each device's clock is from the true time, in ms. */
  readonly wrongBy: Record<Side, number> = { ana: 0, ben: 0 }
  pockets: Record<Side, Talks>
  readonly #statics: Statics
  readonly #dice: Dice
  #kill: Record<Side, () => void> = { ana: () => undefined, ben: () => undefined }
  #made = 0

  constructor(dice: Dice, statics: Statics) {
    this.#dice = dice
    this.#statics = statics
    this.post = new StormPost([ADDRESS.ana, ADDRESS.ben], { dice, now: this.clock.now, unique: (length) => this.#unique(length) })
    this.pockets = { ana: this.#pocket("ana"), ben: this.#pocket("ben") }
  }

  /** Ana has asked, Ben has just answered. */
  async start(): Promise<void> {
    const { seed, publicKey, keyId } = await this.seals.newSealingKey()
    const first: OwnKey = { id: toHex(keyId), seed, public: publicKey, madeAt: START }
    this.#put("ana", { public: publicKey, lastDay: -1 }, [first])
    this.#put("ben", { public: publicKey, lastDay: dayOf(START) + 14 }, [])
    await Promise.all(SIDES.map((side) => this.restart(side)))
    await this.pockets.ben.write(TALK, "begin", "I'm here.")
  }

  /** The browser is killed, whatever it was doing, and opened again. */
  async restart(side: Side): Promise<void> {
    this.#kill[side]()
    this.pockets[side].stop()
    this.pockets[side] = this.#pocket(side)
    await this.pockets[side].load()
  }

  /** The line hands over an envelope; stored or not, it may still be there afterwards. */
  push(side: Side, delivered: Delivered | undefined): void {
    if (delivered !== undefined) void this.#handed(side, delivered)
  }

  /** The newest key of this side with which a chained letter was opened. */
  lastUsed(side: Side): Hex {
    return this.seals.opened.get(ADDRESS[side]) ?? ""
  }

  stored(side: Side): TalkState | undefined {
    const record = this.disks[side].get(`talk/${TALK}`)
    return record === undefined ? undefined : (unpack(record) as TalkState)
  }

  /** Right clocks, fair weather, everyone awake, until nothing waits any more. */
  async calm(): Promise<void> {
    this.post.weather = 0
    this.post.day = undefined
    for (const side of SIDES) this.wrongBy[side] = 0
    for (const wait of CALM_MS) {
      await this.look()
      await this.clock.move(wait)
    }
    await this.look()
    await this.clock.move(60_000)
  }

  /** Both open their pockets. */
  async look(): Promise<void> {
    for (const side of SIDES) {
      await this.restart(side)
      void this.pockets[side].lineUp()
      await this.seals.settle()
    }
  }

  async #handed(side: Side, delivered: Delivered): Promise<void> {
    await this.pockets[side].envelope(ADDRESS[side], delivered)
    if (this.#dice() >= this.post.weather) this.post.forget(ADDRESS[side], delivered.id)
  }

  #pocket(side: Side): Talks {
    // A dead pocket's calls never return: what it was about to do stays undone.
    const alive = { now: true }
    this.#kill[side] = () => {
      alive.now = false
    }
    const gate = async (): Promise<void> => {
      if (alive.now && this.#dice() < this.post.weather / 8) alive.now = false
      if (!alive.now) await new Promise(() => undefined)
    }
    const given = { vault: this.#vault(side, gate), clock: this.#clockOf(side), random: (length: number) => this.#unique(length), changed: () => undefined }
    return new Talks({
      ...given,
      kept: new Kept(given),
      mailroom: this.post.routes(ADDRESS[side], gate),
      seals: this.seals,
      stamp: () => ({ bulletinSerial: 1, headHash: new Uint8Array(8) }),
      isAnswer: () => Promise.resolve(false),
    })
  }

  #vault(side: Side, gate: () => Promise<void>): TalksOptions["vault"] {
    const disk = this.disks[side]
    return {
      read: (_, name) => Promise.resolve(disk.get(name)),
      list: (_, prefix) => Promise.resolve([...disk].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name, unpack(value)])),
      write: async (changes) => {
        await gate()
        for (const { name, value } of changes) if (value === undefined) disk.delete(name)
          else disk.set(name, pack(value))
        await gate()
      },
    }
  }

  #clockOf(side: Side): Clock {
    return { now: () => this.clock.now() + this.wrongBy[side], after: this.clock.after }
  }

  #put(side: Side, key: TalkState["theirs"]["key"], keys: readonly OwnKey[]): void {
    const own = this.#statics[side]
    const mine = { staticSecret: own.secret, staticPublic: own.publicKey, readKey: own.secret, address: ADDRESS[side] }
    const theirs = { staticPublic: this.#statics[OTHER[side]].publicKey, address: ADDRESS[OTHER[side]], key }
    const talk = newTalk({ id: TALK, role: side === "ana" ? "officer" : "peer", with: OTHER[side], mine, theirs, keys }, START)
    this.disks[side].set(`talk/${TALK}`, pack(talk))
  }

  #unique(length: number): Bytes {
    this.#made += 1
    return fromHex(this.#made.toString(16).padStart(length * 2, "0"))
  }
}

/** A talk in which Ben has said that he is here, and everything has come. */
export async function quietTalk(statics: Statics): Promise<Storm> {
  const storm = new Storm(dice(1), statics)
  await storm.start()
  await storm.calm()
  return storm
}

export function stored(storm: Storm, side: Side): TalkState {
  const talk = storm.stored(side)
  if (talk === undefined) throw new Error(`${side} has no talk`)
  return talk
}

export function texts(talk: TalkState, mine: boolean): string[] {
  return viewOf(talk, START).lines.filter((line) => line.mine === mine && line.kind !== "end").map((line) => line.text)
}
