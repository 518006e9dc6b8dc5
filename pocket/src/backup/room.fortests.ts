/** For tests: a mailroom's slots as spec/slots.md has them, and a pocket with something to lose. */
import { PocketProblem } from "../contract.ts"
import type { FakeClock } from "../fakeclock.fortests.ts"
import { KEPT_PEERS } from "../kept/records.ts"
import type { SlotKeys } from "../seal/index.ts"
import { bodyDigest, random, sha256, sign } from "../seal/index.ts"
import type { Program } from "../trust/cast.fortests.ts"
import { signedCharter } from "../trust/cast.fortests.ts"
import { memoryStore, Vault } from "../vault/index.ts"
import type { Bytes } from "../wire/index.ts"
import { receiptMessage, sameBytes, SLOT_LENGTH, SLOTS_PATH, toHex } from "../wire/index.ts"
import { SlotKeeper } from "./slotkeeper.ts"

export class SlotRoom {
  readonly asked: string[] = []
  readonly opened: { body: Bytes; token: Bytes }[] = []
  readonly slots = new Map<string, Bytes>()
  /** Answers get lost on the way back. */
  cutAnswer = false
  forge = false
  readonly #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  openSlot = async (asked: Bytes, token: Bytes): Promise<Bytes> => {
    this.asked.push("open")
    this.opened.push({ body: asked, token })
    this.slots.set(toHex(asked.slice(1, 33)), asked.slice(33))
    if (this.cutAnswer) throw new PocketProblem("unreachable")
    const digest = await bodyDigest("POST", SLOTS_PATH, asked)
    return sign(this.forge ? this.#program.bulletinKey : this.#program.receiptKey, receiptMessage(SLOTS_PATH, digest, 201))
  }
  fetchSlot = (readKey: Bytes): Promise<Bytes> => {
    this.asked.push("fetch")
    return Promise.resolve().then(() => this.#held(readKey))
  }
  writeSlot = async (readKey: Bytes, replaced: Bytes, body: Bytes): Promise<void> => {
    this.asked.push("write")
    if (!sameBytes(await sha256(this.#held(readKey)), replaced)) throw new PocketProblem("slot-changed")
    this.slots.set(toHex(readKey), body)
  }
  forgetSlot = (readKey: Bytes): Promise<void> => {
    this.asked.push("forget")
    this.slots.delete(toHex(readKey))
    return Promise.resolve()
  }

  #held(readKey: Bytes): Bytes {
    const held = this.slots.get(toHex(readKey))
    if (held?.length !== SLOT_LENGTH) throw new PocketProblem("slot-unknown")
    return held
  }
}

export type Device = Readonly<{ vault: Vault; keeper: SlotKeeper; passes: { tokensLeft: number; taken: number; takeToken: () => Promise<Bytes | undefined> } }>

/** A pocket that learned the keys of its words, with so many passes. */
export async function deviceWith(room: SlotRoom, program: Program, clock: FakeClock, keys: SlotKeys, tokens: number): Promise<Device> {
  const vault = await Vault.open({ store: memoryStore(), random, keep: false })
  const charter = await signedCharter(program.key, program.charter)
  const passes = {
    tokensLeft: tokens,
    taken: 0,
    takeToken: (): Promise<Bytes | undefined> => {
      passes.tokensLeft -= 1
      passes.taken += 1
      return Promise.resolve(random(354))
    },
  }
  const copied = () => ({ charter, card: random(10), epochs: [], tokens: [] })
  const options = { vault, mailroom: room, passes, copied, charter: () => program.charter, mine: () => ({}), clock, random, changed: () => undefined }
  const keeper = await SlotKeeper.open(options)
  await keeper.learn({ ...keys, programId: program.id })
  return { vault, keeper, passes }
}

export async function keeps(vault: Vault, name: string, day: number): Promise<void> {
  const id = toHex(random(16))
  await vault.write([KEPT_PEERS.put(id, { id, name, handle: "Ben", signingKey: random(32), agreementKey: random(32), keepsake: random(32), day })])
}
