import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { DAY_MS } from "../clock.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { allKept } from "../kept/records.ts"
import { newIdentity, newWeek } from "../oncall/keys.ts"
import { ENROLLED, IDENTITY, OWN, SEEDS, WEEKS } from "../oncall/records.ts"
import { broughtBack } from "../passes.ts"
import type { SlotKeys } from "../seal/index.ts"
import { newSealingKey, openSlot, random } from "../seal/index.ts"
import { newTalk } from "../talks/index.ts"
import type { Program } from "../trust/cast.fortests.ts"
import { newProgram, signedCharter, TODAY } from "../trust/cast.fortests.ts"
import { memoryStore, Shelf, Vault } from "../vault/index.ts"
import type { Backup, Bytes } from "../wire/index.ts"
import { encodeBackup, toHex, utf8 } from "../wire/index.ts"
import { find } from "./comingback.ts"
import { gathered } from "./contents.ts"
import { deviceWith, keeps, SlotRoom } from "./room.fortests.ts"

const NOON = TODAY * DAY_MS + DAY_MS / 2
const WORDS = "shadow sort pelican chase sheriff pet chaos"

describe("what lies in a copy", () => {
  test("a peer's identity and whom somebody kept, never a word of a talk nor a seed that must die", async () => {
    const program = await newProgram()
    const vault = await Vault.open({ store: memoryStore(), random, keep: false })
    const [identity, returnKey] = [await newIdentity(random), await newSealingKey()]
    const { week, seal } = await newWeek(identity, program.id, TODAY, random)
    const sent = { handle: "Ben", signingKey: identity.signing.publicKey, agreementKey: identity.agreement.publicKey, words: [] }
    const words = "the bridge, that night"
    const mine = { staticSecret: random(32), staticPublic: random(32), readKey: random(32), address: "cc".repeat(16) }
    const theirs = { staticPublic: random(32), address: "bb".repeat(16), key: { public: random(1_216), lastDay: TODAY } }
    const keys = [{ id: "aa".repeat(8), seed: returnKey.seed, public: returnKey.publicKey, madeAt: NOON }]
    const talk = { ...newTalk({ id: "dd".repeat(16), role: "officer", with: "Ben", mine, theirs, keys }, NOON), lines: [{ id: "1", mine: true, kind: "words", text: words }] }
    await vault.write([
      ENROLLED.put(OWN, { invitation: random(16), stage: "vouched", sent }),
      IDENTITY.put(OWN, identity),
      WEEKS.put(week.address, week),
      SEEDS.put(week.address, seal),
      new Shelf("sealed", "talk").put(talk.id, talk),
    ])
    await keeps(vault, "Night shift Ben", TODAY)
    const inner = encodeBackup(await gathered({ vault, copied: () => nothingDrawn(charter), mine: () => ({}) }, TODAY))
    const holds = (bytes: Bytes): boolean => toHex(inner).includes(toHex(bytes))
    expect([identity.signing.seed, identity.agreement.secret, utf8("Night shift Ben")].map(holds)).toEqual([true, true, true])
    const forbidden = [seal.seed, week.readKey, returnKey.seed, mine.staticSecret, mine.readKey, utf8(words)]
    expect(forbidden.filter(holds)).toEqual([])
  })

  test("passes give way before anyone who was kept", async () => {
    const vault = await Vault.open({ store: memoryStore(), random, keep: false })
    for (let day = 0; day < 30; day++) await keeps(vault, "x".repeat(60), day)
    const tokens = Array.from({ length: 20 }, () => ({ epoch: 346, token: random(354) }))
    const reminders = Array.from({ length: 40 }, () => toHex(random(16))).map((id) => new Shelf("sealed", "reminder").put(id, { id, words: "y".repeat(120), keepsake: random(32), day: 1 }))
    await vault.write(reminders)
    const made = await gathered({ vault, copied: () => ({ ...nothingDrawn(charter), tokens }), mine: () => ({}) }, TODAY)
    expect([made.kept.length, made.kept[0]?.day, made.reminders.length]).toEqual([24, 6, 40])
    expect(made.tokens.length).toBeGreaterThan(5)
    expect(made.tokens.at(-1)).toEqual(tokens.at(-1))
  })

  test("the passes of a copy are spent from the other end, and none twice", () => {
    const [one, two, three] = [1, 2, 3].map((n) => ({ epoch: 346, token: Uint8Array.of(n) }))
    if (!one || !two || !three) throw new Error("three")
    const held = { code: undefined, tokens: [two], membersKeys: [], drawn: [] }
    expect(broughtBack(held, { card: undefined, epochs: [], tokens: [one, two, three] }).tokens).toEqual([two, three, one])
  })
})

describe("the copy at the mailroom", () => {
  let clock: FakeClock
  let room: SlotRoom
  let keys: SlotKeys

  beforeEach(() => {
    clock = new FakeClock(NOON)
    room = new SlotRoom(program)
    keys = { readKey: random(32), sealingKey: random(32) }
  })

  const lying = async (): Promise<Backup> => openSlot(room.slots.get(toHex(keys.readKey)) ?? new Uint8Array(), keys, program.id)

  test("is opened with a pass, never with the last one", async () => {
    const poor = await deviceWith(room, program, clock, keys, 1)
    await poor.keeper.goOn()
    expect([room.asked, poor.passes.taken, poor.keeper.view]).toEqual([[], 0, {}])
    poor.passes.tokensLeft = 2
    await poor.keeper.goOn()
    expect([room.asked, poor.passes.taken, poor.keeper.view]).toEqual([["open"], 1, { day: TODAY }])
  })

  test("costs one pass however often the line drops, and nothing counts without the mailroom's receipt", async () => {
    const { keeper, passes } = await deviceWith(room, program, clock, keys, 10)
    room.cutAnswer = true
    await expect(keeper.goOn()).rejects.toEqual(new PocketProblem("unreachable"))
    room.cutAnswer = false
    room.forge = true
    await keeper.goOn()
    expect(keeper.view).toEqual({})
    room.forge = false
    await clock.move(3_600_000)
    await keeper.goOn()
    expect([keeper.view, passes.taken, new Set(room.opened.map(({ body, token }) => toHex(body) + toHex(token))).size]).toEqual([{ day: TODAY }, 1, 1])
  })

  test("is written once a day and not when somebody is kept", async () => {
    const { vault, keeper } = await deviceWith(room, program, clock, keys, 10)
    await keeper.goOn()
    await keeps(vault, "Night shift Ben", TODAY)
    await keeper.goOn()
    await clock.move(11 * 3_600_000)
    await keeper.goOn()
    expect(room.asked).toEqual(["open"])
    await clock.move(2 * DAY_MS)
    await keeper.goOn()
    await keeper.goOn()
    expect(room.asked).toEqual(["open", "write"])
    expect((await lying()).kept.map(({ name }) => name)).toEqual(["Night shift Ben"])
  })

  test("is written again soon after this device's date, which was months ahead, is set right", async () => {
    const { keeper } = await deviceWith(room, program, clock, keys, 10)
    clock.jump(90 * DAY_MS)
    await keeper.goOn()
    clock.jump(-90 * DAY_MS)
    await keeper.goOn()
    expect([room.asked, keeper.view]).toEqual([["open", "write"], { day: TODAY }])
    await keeper.goOn()
    expect(room.asked).toEqual(["open", "write"])
  })

  test("of which the mailroom gives something else is not asked for every minute", async () => {
    const { keeper } = await deviceWith(room, program, clock, keys, 10)
    await keeper.goOn()
    for (const other of [Uint8Array.of(1, ...random(16_383)), Uint8Array.of(2, ...random(16_383))]) {
      room.slots.set(toHex(keys.readKey), other)
      await clock.move(2 * DAY_MS)
      room.asked.length = 0
      await expect(keeper.goOn()).rejects.toEqual(new PocketProblem("not-proven"))
      await keeper.goOn()
      expect(room.asked).toEqual(["write", "fetch"])
    }
  })

  test("of two phones with the same words loses nobody whom either kept", async () => {
    const [one, other] = [await deviceWith(room, program, clock, keys, 10), await deviceWith(room, program, clock, keys, 10)]
    await keeps(one.vault, "by one", TODAY)
    await keeps(other.vault, "by the other", TODAY + 1)
    await one.keeper.goOn()
    await other.keeper.learn({ ...keys, programId: program.id }, { body: room.slots.get(toHex(keys.readKey)) ?? new Uint8Array(), day: TODAY })
    await one.keeper.renew()
    await other.keeper.renew()
    expect(room.asked).toEqual(["open", "write", "write", "fetch", "write"])
    expect((await lying()).kept.map(({ name }) => name)).toEqual(["by one", "by the other"])
    expect((await allKept(other.vault)).peers).toHaveLength(2)
  })

  test("that the mailroom lost is opened anew, and one that was deleted is not", async () => {
    const { keeper, passes } = await deviceWith(room, program, clock, keys, 10)
    await keeper.goOn()
    room.slots.clear()
    await keeper.renew()
    await keeper.goOn()
    expect([room.slots.size, passes.taken]).toEqual([1, 2])
    await keeper.forget()
    await clock.move(5 * DAY_MS)
    await keeper.goOn()
    expect([room.slots.size, keeper.view, passes.taken]).toEqual([0, undefined, 2])
  })
})

// Stretching words takes its second, or several on a busy machine.
describe("words that are typed", { timeout: 60_000 }, () => {
  const looking = (room: SlotRoom, bulletin = () => Promise.resolve(charter)) => ({ mailroom: { bulletin, fetchSlot: room.fetchSlot }, admission: { bulletin: undefined, comeBack: () => Promise.resolve() } })

  test("and are none are said so before anything is sent", async () => {
    const room = new SlotRoom(program)
    const asked = looking(room, () => Promise.reject(new Error("asked")))
    for (const wrong of ["", "shadow sort", WORDS.replace("chaos", "chaoss"), `${WORDS} chaos`]) await expect(find(wrong, asked)).rejects.toEqual(new PocketProblem("words-mistyped"))
    expect(room.asked).toEqual([])
  })

  test("find nothing in one way, whether no copy lies there or one that they do not open", async () => {
    const room = new SlotRoom(program)
    await expect(find(WORDS, looking(room))).rejects.toEqual(new PocketProblem("words-find-nothing"))
    const lying = { ...looking(room), mailroom: { bulletin: () => Promise.resolve(charter), fetchSlot: () => Promise.resolve(Uint8Array.of(1, ...random(16_383))) } }
    await expect(find(WORDS, lying)).rejects.toEqual(new PocketProblem("words-find-nothing"))
  })
})

let program: Program
let charter: Bytes

beforeAll(async () => {
  program = await newProgram()
  charter = await signedCharter(program.key, program.charter)
})

function nothingDrawn(held: Bytes): Pick<Backup, "charter" | "card" | "epochs" | "tokens"> {
  return { charter: held, card: undefined, epochs: [], tokens: [] }
}
