import { dayOf } from "../clock.ts"
import type { Device, Pocket, PocketState } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mine } from "../rules/index.ts"
import { browserStore, hasBrowserStore, Shelf, Vault } from "../vault/index.ts"
import type { CopyingHere } from "./copying.ts"
import { copyingBy } from "./copying.ts"
import { dutyBy } from "./duty.ts"
import { keepingBy } from "./keeping.ts"
import { Owed } from "./owed.ts"
import { Parts } from "./parts.ts"
import { findRooms } from "./rooms.ts"
import { stateOf } from "./state.ts"
import { OnlyWindow } from "./tab.ts"
import type { World } from "./world.ts"
import { memoryVault, vaultOptions } from "./world.ts"

const SETTINGS = new Shelf<Mine>("open", "settings")
const MINE = "mine"
const DEVICES = new Shelf<Device>("open", "device")
const THIS = "this"

/** The pocket behind the screens: holds the vault and the parts, and says when something changed. */
export class Engine implements Pocket {
  readonly keeping = keepingBy(() => this.#working(), () => this.#device === "own")
  readonly duty = dutyBy(() => this.#working())
  readonly copying: CopyingHere
  readonly #world: World
  readonly #window: OnlyWindow
  readonly #places = new Map<string, number>()
  #listeners = new Set<() => void>()
  #tab: PocketState["tab"] = "elsewhere"
  #device: Device = "unasked"
  #mine: Mine = {}
  readonly #owed: Owed
  #vault: Vault
  #parts: Parts | undefined
  #opening: Promise<Parts> | undefined
  #state: PocketState | undefined

  private constructor(world: World, vault: Vault) {
    this.#world = world
    this.#vault = vault
    this.#owed = new Owed(world)
    this.#window = new OnlyWindow(world.locks, () => {
      this.#goElsewhere()
    })
    this.copying = copyingBy({
      world,
      vault: () => this.#vault,
      device: () => this.#device,
      working: () => this.#working(),
      mine: () => this.#mine,
      setMine: (mine) => this.setMine(mine),
      reopen: () => this.#reopen(),
    })
  }

  static async start(world: World): Promise<Engine> {
    const engine = new Engine(world, await memoryVault(world))
    if (await engine.#window.take(false)) await engine.#wake()
    return engine
  }

  get state(): PocketState {
    this.#state ??= stateOf({
      tab: this.#tab,
      device: this.#device,
      mine: this.#mine,
      vault: this.#vault,
      parts: this.#parts,
      at: this.#world.clock.now(),
      place: (key) => this.#place(key),
    })
    return this.#state
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  resume(): void {
    void this.#owed.run().catch(() => undefined)
    this.#parts?.resume()
  }

  async useHere(): Promise<void> {
    if (this.#tab === "here") return
    await this.#window.take(true)
    await this.#wake()
  }

  async chooseDevice(device: "own" | "shared"): Promise<void> {
    this.#mustBeHere()
    if (device === this.#device) return
    if (this.#device === "own") await this.forgetAll()
    if (device === "own") {
      await this.#vault.keepIn(await browserStore(this.#world.storage))
      await this.#world.persist().catch(() => undefined)
    }
    await this.#vault.write([DEVICES.put(THIS, device)])
    this.#device = device
    this.#changed()
  }

  async enterCard(text: string): Promise<void> {
    const parts = await this.#working()
    try {
      await parts.admission.enterCard(text, dayOf(this.#world.clock.now()))
    } finally {
      await parts.bulletinSeen()
    }
  }

  async setMine(mine: Mine): Promise<void> {
    this.#mustBeHere()
    await this.#vault.write([SETTINGS.put(MINE, mine)])
    this.#mine = mine
    this.#changed()
  }

  async makeVault(): Promise<readonly string[]> {
    this.#mustBeHere()
    const words = await this.#vault.makeWords()
    this.#changed()
    return words
  }

  async confirmWords(words: string): Promise<void> {
    this.#mustBeHere()
    await this.#vault.confirmWords(words)
    // Before anything else: a page closed a moment later must not be one without a copy.
    await this.copying.learn(words)
    this.#changed()
  }

  async unlock(words: string): Promise<void> {
    this.#mustBeHere()
    await this.#vault.unlock(words)
    await this.#reopen()
    void this.copying.learn(words)
  }

  lock(): void {
    if (!this.#vault.lock()) return
    void this.#reopen().catch(() => undefined)
  }

  async forgetAll(): Promise<void> {
    this.#mustBeHere()
    await this.#parts?.endAsking(this.#owed, this.#device === "own").catch(() => undefined)
    this.#stopParts()
    await this.#vault.destroy()
    this.#vault = await memoryVault(this.#world)
    this.#device = "unasked"
    this.#mine = {}
    this.#changed()
  }

  async ask(request: Parameters<Pocket["ask"]>[0]): Promise<void> {
    const parts = await this.#working()
    try {
      await parts.asking.ask(request)
    } catch (error) {
      // Asking looked at the newest list: who is not on it is not offered again.
      await parts.bulletinSeen()
      throw error
    }
  }

  async writeDraft(words: string): Promise<void> {
    await (await this.#working()).asking.writeDraft(words)
  }

  async ringOthers(): Promise<void> {
    await (await this.#working()).asking.ringOthers()
  }

  async waitOn(): Promise<void> {
    await (await this.#working()).asking.waitOn()
  }

  async leaveWord(): Promise<void> {
    await (await this.#working()).asking.leaveWord()
  }

  async cancelAsking(): Promise<void> {
    await (await this.#working()).asking.cancel()
  }

  async say(talk: string, words: string): Promise<void> {
    await (await this.#working()).talks.write(talk, "words", words)
  }

  async endTalk(talk: string): Promise<void> {
    await (await this.#working()).talks.write(talk, "end", "")
  }

  async burn(talk: string): Promise<void> {
    await (await this.#working()).talks.burn(talk)
  }

  /** This window is the one: opens what lies on the device. */
  async #wake(): Promise<void> {
    const { storage } = this.#world
    if (await hasBrowserStore(storage)) {
      const store = await browserStore(storage)
      this.#vault = await Vault.open({ ...vaultOptions(this.#world), store, keep: true })
      this.#device = (await DEVICES.get(this.#vault, THIS)) ?? "unasked"
      this.#mine = (await SETTINGS.get(this.#vault, MINE)) ?? {}
    }
    this.#tab = "here"
    this.#changed()
    void this.#owed.load().catch(() => undefined)
    // Where the rooms are may not be known yet, and without a network not be found: the lines and pages stand all the same.
    await this.#open().catch(() => undefined)
  }

  #goElsewhere(): void {
    this.#stopParts()
    this.#tab = "elsewhere"
    void memoryVault(this.#world).then((vault) => {
      this.#vault = vault
      this.#changed()
    })
  }

  /** The parts, opened now if they could not be before. Throws `elsewhere`, or `unreachable` while nobody knows where the rooms are. */
  async #working(): Promise<Parts> {
    this.#mustBeHere()
    return this.#parts ?? this.#open()
  }

  #open(): Promise<Parts> {
    this.#opening ??= this.#openParts().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #openParts(): Promise<Parts> {
    const vault = this.#vault
    const rooms = await findRooms(vault, this.#world.fetch)
    const changed = (): void => {
      this.#changed()
    }
    const parts = await Parts.open(this.#world, { vault, rooms, mine: () => this.#mine, changed })
    if (vault !== this.#vault || this.#tab === "elsewhere") {
      parts.stop()
      throw new PocketProblem("elsewhere")
    }
    this.#parts = parts
    this.#changed()
    return parts
  }

  /** The keys came or went: nothing that was made with the old ones may go on. */
  async #reopen(): Promise<void> {
    this.#stopParts()
    this.#changed()
    await this.#opening?.catch(() => undefined)
    this.#stopParts()
    await this.#open()
  }

  #stopParts(): void {
    this.#parts?.stop()
    this.#parts = undefined
  }

  #mustBeHere(): void {
    if (this.#tab === "elsewhere") throw new PocketProblem("elsewhere")
  }

  #place(key: string): number {
    const known = this.#places.get(key) ?? new DataView(this.#world.random(4).buffer).getUint32(0)
    this.#places.set(key, known)
    return known
  }

  #changed(): void {
    this.#state = undefined
    for (const changed of this.#listeners) changed()
  }
}
