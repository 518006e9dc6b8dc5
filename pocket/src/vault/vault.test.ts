import "fake-indexeddb/auto"
import { beforeEach, describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { random } from "../seal/index.ts"
import { toHex } from "../wire/index.ts"
import type { Store } from "./index.ts"
import { browserStore, hasBrowserStore, memoryStore, Shelf, Vault } from "./index.ts"

const TALKS = new Shelf<{ words: string; seed: Uint8Array }>("sealed", "talk")
const CARDS = new Shelf<string>("open", "card")
const SECRET = { words: "the bridge, that night", seed: random(32) }

// Stretching words takes its second, or several on a busy machine.
describe("what a pocket keeps on its device", { timeout: 60_000 }, () => {
  let name = ""
  let store: Store

  beforeEach(async () => {
    name = toHex(random(8))
    store = await browserStore(name)
  })

  const reopen = () => Vault.open({ store, random, keep: true })

  test("a killed browser opens again with everything, and its disk shows no word of it", async () => {
    await (await reopen()).write([TALKS.put("a", SECRET), CARDS.put("mine", "code")])
    const again = await reopen()
    expect(await TALKS.get(again, "a")).toEqual(SECRET)
    expect(await CARDS.get(again, "mine")).toBe("code")
    expect(await onDisk(store)).not.toContain("bridge")
  })

  test("a locked vault gives nothing away, to this page or the next, until the seven words are said", async () => {
    const vault = await reopen()
    await vault.write([TALKS.put("a", SECRET)])
    const words = await vault.makeWords()
    await expect(vault.confirmWords("one two three")).rejects.toEqual(new PocketProblem("words-differ"))
    await vault.confirmWords(words.join(" "))
    expect(vault.status).toBe("open")

    vault.lock()
    expect(vault.status).toBe("locked")
    expect(await TALKS.get(vault, "a")).toBeUndefined()
    await vault.write([])

    const next = await reopen()
    expect(next.status).toBe("locked")
    expect(await TALKS.all(next)).toEqual([])
    await expect(next.unlock([...words].reverse().join(" "))).rejects.toEqual(new PocketProblem("words-differ"))
    await next.unlock(`  ${words.join(" - ").toUpperCase()} `)
    expect(await TALKS.get(next, "a")).toEqual(SECRET)
    expect(await TALKS.get(await reopen(), "a")).toEqual(SECRET)
  })

  test("what is written while the vault is locked needs no words, and is there after them", async () => {
    const vault = await reopen()
    await vault.write([TALKS.put("old", SECRET)])
    const words = await vault.makeWords()
    await vault.confirmWords(words.join(" "))
    vault.lock()

    await vault.write([TALKS.put("new", { ...SECRET, words: "tonight" })])
    const reloaded = await reopen()
    expect((await TALKS.all(reloaded)).map((talk) => talk.words)).toEqual(["tonight"])
    reloaded.lock()
    await reloaded.write([])

    const later = await reopen()
    expect(await TALKS.all(later)).toEqual([])
    await later.unlock(words.join(" "))
    expect((await TALKS.all(await reopen())).map((talk) => talk.words)).toEqual(["tonight", SECRET.words])
  })

  test("without confirmed words nothing is locked, for nothing could open it again", async () => {
    const vault = await reopen()
    await vault.write([TALKS.put("a", SECRET)])
    await vault.makeWords()
    expect(vault.lock()).toBe(false)
    expect(await TALKS.get(await reopen(), "a")).toEqual(SECRET)
  })

  test("a shared device keeps nothing, and one that turns out to be one's own keeps what was there", async () => {
    const elsewhere = toHex(random(8))
    const vault = await Vault.open({ store: memoryStore(), random, keep: false })
    await vault.write([TALKS.put("a", SECRET)])
    await expect(vault.makeWords()).rejects.toEqual(new PocketProblem("own-device-only"))
    expect(await hasBrowserStore(elsewhere)).toBe(false)

    await vault.keepIn(await browserStore(elsewhere))
    const again = await Vault.open({ store: await browserStore(elsewhere), random, keep: true })
    expect(await TALKS.get(again, "a")).toEqual(SECRET)
  })

  test("a record moved to another's place does not open", async () => {
    const vault = await reopen()
    await vault.write([TALKS.put("a", SECRET)])
    const box = await store.read("sealed", "talk/a")
    await store.write([{ area: "sealed", name: "talk/b", value: box }])
    await expect(TALKS.get(vault, "b")).rejects.toThrow("opening")
  })
})

async function onDisk(store: Store): Promise<string> {
  const records = await Promise.all([store.list("open", ""), store.list("sealed", "")])
  const text = (value: unknown): unknown => (value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value)
  return JSON.stringify(records, (_, value: unknown) => text(value))
}
