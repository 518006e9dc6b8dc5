/** For tests: two pockets, a mailroom and bad weather. Letters are not sealed here, only kept apart by key; seal/ has its own tests. */
import { dayOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { FakeClock, settled } from "../fakeclock.ts"
import { Kept } from "../kept/index.ts"
import type { SealingKey } from "../seal/index.ts"
import { SealError } from "../seal/index.ts"
import { pack, unpack } from "../vault/pack.ts"
import type { Bytes, Fetched, Letter } from "../wire/index.ts"
import { fromHex, sameBytes, toHex, utf8 } from "../wire/index.ts"
import type { Seals } from "./letters.ts"
import type { TalkState } from "./state.ts"
import { newTalk } from "./state.ts"
import type { TalksOptions } from "./talks.ts"
import { Talks } from "./talks.ts"

export type Side = "ana" | "ben"
/** A number in [0, 1), the same on every run of a schedule. */
export type Dice = () => number

export const START = 1_763_900_000_000
export const TALK = "aa".repeat(16)
const ADDRESS = { ana: "a1".repeat(16), ben: "b1".repeat(16) }
const STATIC = { ana: utf8("ana's key"), ben: utf8("ben's key") }
const FIRST = { id: "00000000000000ff", seed: utf8("seed of the sealed request's return key"), public: fromHex("00000000000000ff") }

export class Storm {
  readonly clock = new FakeClock(START)
  readonly disks = { ana: new Map<string, Bytes>(), ben: new Map<string, Bytes>() }
  readonly mailboxes = new Map([ADDRESS.ana, ADDRESS.ben].map((address) => [address, new Map<string, Bytes>()]))
  pockets: Record<Side, Talks>
  /** The day as the mailroom has it, where that is not this clock's. */
  mailroomDay: number | undefined
  /** The key that each side's newest letter was sealed to. */
  readonly sealedTo = new Map<string, string>()
  /** How likely each thing goes wrong; 0 is fair weather. */
  weather = 0
  #kill: Record<Side, () => void> = { ana: () => undefined, ben: () => undefined }
  readonly #dice: Dice
  readonly #letters = new Map<string, Readonly<{ to: string; sender: Bytes; letter: Letter }>>()
  #made = 0

  constructor(dice: Dice) {
    this.#dice = dice
    this.disks.ana.set(`talk/${TALK}`, pack(this.#talkOf("ana", "ben", { public: FIRST.public, lastDay: -1 })))
    this.disks.ben.set(`talk/${TALK}`, pack(this.#talkOf("ben", "ana", { public: FIRST.public, lastDay: dayOf(START) + 14 })))
    this.pockets = { ana: this.#pocket("ana"), ben: this.#pocket("ben") }
  }

  async start(): Promise<void> {
    await Promise.all([this.restart("ana"), this.restart("ben")])
    await this.pockets.ben.write(TALK, "begin", "I'm here.")
  }

  /** The browser is killed, whatever it was doing, and opened again. */
  async restart(side: Side): Promise<void> {
    this.#kill[side]()
    this.pockets[side].stop()
    this.pockets[side] = this.#pocket(side)
    await this.pockets[side].load()
  }

  /** The line hands one waiting envelope to its owner, any one, perhaps not for the first time. */
  push(side: Side): void {
    const waiting = [...(this.mailboxes.get(ADDRESS[side]) ?? [])]
    const chosen = waiting[Math.floor(this.#dice() * waiting.length)]
    if (chosen !== undefined) void this.#handed(side, ...chosen)
  }

  /** The key of this side that the other one used last. */
  lastUsed(side: Side): string | undefined {
    return this.sealedTo.get(ADDRESS[side])
  }

  stored(side: Side): TalkState | undefined {
    const record = this.disks[side].get(`talk/${TALK}`)
    return record === undefined ? undefined : (unpack(record) as TalkState)
  }

  /** Fair weather, everyone awake, until nothing waits any more. */
  async calm(): Promise<void> {
    this.weather = 0
    for (let round = 0; round < 12; round++) {
      for (const side of ["ana", "ben"] as const) {
        await this.restart(side)
        void this.pockets[side].lineUp()
        await settled()
      }
      await this.clock.move(60_000)
    }
  }

  async #handed(side: Side, id: string, envelope: Bytes): Promise<void> {
    await this.pockets[side].envelope(ADDRESS[side], { id: fromHex(id), envelope })
    if (this.#dice() >= this.weather) this.mailboxes.get(ADDRESS[side])?.delete(id)
  }

  #pocket(side: Side): Talks {
    // A dead pocket's calls never return: what it was about to do stays undone.
    const alive = { now: true }
    this.#kill[side] = () => {
      alive.now = false
    }
    const gate = async (): Promise<void> => {
      if (alive.now && this.#dice() < this.weather / 8) alive.now = false
      if (!alive.now) await new Promise(() => undefined)
    }
    const given = { ...this.#options(side, gate), clock: this.clock, random: (length: number) => this.#unique(length), changed: () => undefined }
    return new Talks({ ...given, kept: new Kept(given), isAnswer: () => Promise.resolve(false) })
  }

  #options(side: Side, gate: () => Promise<void>): Pick<TalksOptions, "vault" | "mailroom" | "seals" | "stamp"> {
    const disk = this.disks[side]
    const boxOf = (address: Bytes): Map<string, Bytes> => {
      const box = this.mailboxes.get(toHex(address))
      if (box === undefined) throw new PocketProblem("mailbox-unknown")
      return box
    }
    return {
      vault: {
        read: (_, name) => Promise.resolve(disk.get(name)),
        list: (_, prefix) => Promise.resolve([...disk].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name, unpack(value)])),
        write: async (changes) => {
          await gate()
          for (const { name, value } of changes) if (value === undefined) disk.delete(name)
            else disk.set(name, pack(value))
          await gate()
        },
      },
      mailroom: {
        deposit: async (address, envelope) => {
          await gate()
          this.#maybeLost()
          const copies = this.#dice() < this.weather ? 2 : 1
          for (let copy = 0; copy < copies; copy++) boxOf(address).set(toHex(this.#unique(16)), envelope)
          await gate()
          this.#maybeLost()
        },
        fetch: async (): Promise<Fetched> => {
          await gate()
          this.#maybeLost()
          const waiting = [...boxOf(fromHex(ADDRESS[side]))].sort(() => this.#dice() - 0.5).slice(0, 16)
          return { today: this.mailroomDay ?? dayOf(this.clock.now()), envelopes: waiting.map(([id, envelope]) => ({ id: fromHex(id), envelope })) }
        },
        forget: async (_, ids) => {
          await gate()
          this.#maybeLost()
          for (const id of ids) this.mailboxes.get(ADDRESS[side])?.delete(toHex(id))
          await gate()
        },
        close: async () => {
          await gate()
          this.#maybeLost()
          this.mailboxes.delete(ADDRESS[side])
        },
      },
      seals: this.#seals(),
      stamp: () => ({ bulletinSerial: 1, headHash: new Uint8Array(8) }),
    }
  }

  #seals(): Seals {
    return {
      newSealingKey: () => {
        const keyId = this.#unique(8)
        return Promise.resolve({ seed: keyId, publicKey: keyId, keyId } satisfies SealingKey)
      },
      envelopeKeyId: (envelope) => fromHex(this.#letters.get(toHex(envelope))?.to ?? ""),
      sealLetter: (letter, sender, to) => {
        const envelope = this.#unique(16)
        this.sealedTo.set(toHex(to.mailboxAddress), toHex(to.sealingKey))
        this.#letters.set(toHex(envelope), { to: toHex(to.sealingKey), sender: sender.publicKey, letter })
        return Promise.resolve(envelope)
      },
      openLetter: (envelope, { sealingKey }) => {
        const sealed = this.#letters.get(toHex(envelope))
        if (sealed === undefined || !sameBytes(fromHex(sealed.to), sealingKey.publicKey)) throw new SealError("opening")
        return Promise.resolve(sealed)
      },
    }
  }

  #maybeLost(): void {
    if (this.#dice() < this.weather) throw new PocketProblem("unreachable")
  }

  #talkOf(side: Side, other: Side, key: TalkState["theirs"]["key"]): TalkState {
    const mine = { staticSecret: STATIC[side], staticPublic: STATIC[side], readKey: STATIC[side], address: ADDRESS[side] }
    const theirs = { staticPublic: STATIC[other], address: ADDRESS[other], key }
    const keys = side === "ana" ? [{ ...FIRST, madeAt: START }] : []
    return newTalk({ id: TALK, role: side === "ana" ? "officer" : "peer", with: other, mine, theirs, keys }, START)
  }

  #unique(length: number): Bytes {
    this.#made += 1
    return fromHex(this.#made.toString(16).padStart(length * 2, "0"))
  }
}
