import { PocketProblem } from "../contract.ts"
import type { Random } from "../seal/index.ts"
import { decrypt, encrypt, newPhrase, parsePhrase, SALT_LENGTH, SealError, stretchPhrase } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { utf8 } from "../wire/index.ts"
import type { Door, KeyAtRest, VaultKey } from "./keyring.ts"
import {
  newDeviceKey,
  newDoor,
  newVaultKey,
  putThroughDoor,
  takeFromDoor,
  unwrapByDevice,
  unwrapByStretched,
  wrapByDevice,
  wrapByStretched,
} from "./keyring.ts"
import { pack, unpack } from "./pack.ts"
import type { Change, Store } from "./store.ts"
import { moveStore } from "./store.ts"

type Box = Readonly<{ key: string; box: Bytes }>
type Options = Readonly<{ store: Store; random: Random; startWorker?: () => Worker; keep: boolean }>

const KEYS = "vault/keys"
const DEVICE = "vault/device"
const DOOR = "vault/door"

/** The pocket's memory on this device: open records, and sealed ones that only the vault key opens. */
export class Vault {
  #store: Store
  #keep: boolean
  readonly #random: Random
  readonly #startWorker: (() => Worker) | undefined
  #atRest: readonly KeyAtRest[] = []
  /** All keys that open something, and the one that new records are sealed with. */
  #held = new Map<string, VaultKey>()
  #writesWith: VaultKey | undefined
  #turns: Promise<unknown> = Promise.resolve()

  private constructor({ store, random, startWorker, keep }: Options) {
    this.#store = store
    this.#random = random
    this.#startWorker = startWorker
    this.#keep = keep
  }

  /** Opens what lies on this device; with `keep` false the store is memory and no key is wrapped. */
  static async open(options: Options): Promise<Vault> {
    const vault = new Vault(options)
    vault.#atRest = ((await options.store.read("open", KEYS)) as readonly KeyAtRest[] | undefined) ?? []
    const device = (await options.store.read("keys", DEVICE)) as CryptoKey | undefined
    for (const { id, byDevice } of vault.#atRest) {
      if (device !== undefined && byDevice !== undefined) vault.#hold({ id, key: await unwrapByDevice(device, byDevice) })
    }
    return vault
  }

  /** `none`: no words yet; `unconfirmed`: words made, not typed back. */
  get status(): "none" | "unconfirmed" | "open" | "locked" {
    const first = this.#atRest[0]
    if (first?.byWords === undefined) return "none"
    if (!first.byWords.confirmed) return "unconfirmed"
    return this.#held.has(first.id) ? "open" : "locked"
  }

  /** A record, or undefined where there is none or its key is locked away. */
  async read(area: "open" | "sealed", name: string): Promise<unknown> {
    const found = await this.#store.read(area, name)
    return area === "open" || found === undefined ? found : this.#unboxed(name, found as Box)
  }

  async list(area: "open" | "sealed", prefix: string): Promise<readonly (readonly [string, unknown])[]> {
    const found = await this.#store.list(area, prefix)
    if (area === "open") return found
    const opened = await Promise.all(found.map(async ([name, box]) => [name, await this.#unboxed(name, box as Box)] as const))
    return opened.filter(([, value]) => value !== undefined)
  }

  /** One transaction: all of it on disk, or none. Writes happen in the order of their calls. */
  write(changes: readonly Change[]): Promise<void> {
    // The key is taken now: a lock a moment later must not tear this write apart.
    const key = this.#writesWith
    return this.#inTurn(() => this.#write(changes, key))
  }

  /** Seven new words for the vault; they are shown once and not kept. Asked again before they are confirmed: other words. */
  async makeWords(): Promise<readonly string[]> {
    if (!this.#keep) throw new PocketProblem("own-device-only")
    if (this.status === "open" || this.status === "locked") throw new PocketProblem("locked")
    const words = await newPhrase(this.#random)
    await this.#lockWith(words, false)
    return words
  }

  /** The words that opened a copy, typed right once already: they lock this device too, unless it has words of its own. */
  async adoptWords(words: readonly string[]): Promise<void> {
    if (!this.#keep) throw new PocketProblem("own-device-only")
    if (this.status === "none" || this.status === "unconfirmed") await this.#lockWith(words, true)
  }

  async #lockWith(words: readonly string[], confirmed: boolean): Promise<void> {
    const door = ((await this.read("sealed", DOOR)) as Door | undefined) ?? (await newDoor())
    await this.write([{ area: "sealed", name: DOOR, value: door }])
    const salt = this.#random(SALT_LENGTH)
    const stretched = await stretchPhrase(words, salt, this.#startWorker)
    await this.#inTurn(async () => {
      const [first, ...others] = this.#atRest
      const key = this.#writesWith
      if (first === undefined || key === undefined) throw new PocketProblem("locked")
      const wrapped = await wrapByStretched(stretched, key, this.#random)
      await this.#remember([{ ...first, byWords: { salt, wrapped, confirmed }, door: door.publicKey }, ...others])
    })
  }

  /** Throws PocketProblem("words-differ"). */
  async confirmWords(typed: string): Promise<void> {
    await this.#keyFromWords(typed)
    await this.#inTurn(() =>
      this.#remember(this.#atRest.map((key) => (key.byWords === undefined ? key : { ...key, byWords: { ...key.byWords, confirmed: true } }))),
    )
  }

  /** Opens with the words and lets this device open by itself again. Throws PocketProblem("words-differ"). */
  async unlock(typed: string): Promise<void> {
    const key = await this.#keyFromWords(typed)
    // From here on everything new is sealed with the vault's own key; what waits in line before is taken in below.
    this.#hold(key)
    await this.#inTurn(async () => {
      const [first] = this.#atRest
      if (first === undefined) return
      const device = await newDeviceKey()
      const taken = await Promise.all((await this.#takenIn(key)).map((change) => this.#boxed(change, key)))
      const atRest = [{ ...first, byDevice: await wrapByDevice(device, key, this.#random) }]
      await this.#remember(atRest, [...taken, { area: "keys", name: DEVICE, value: device }])
    })
  }

  /** Forgets the keys now and this device's way to them at once after. False, and nothing done, before there are confirmed words. */
  lock(): boolean {
    if (this.status !== "open" && this.status !== "locked") return false
    this.#forgetKeys()
    void this.#inTurn(() => {
      this.#forgetKeys()
      return this.#remember(
        this.#atRest.map((key) => ({ ...key, byDevice: undefined })),
        [{ area: "keys", name: DEVICE, value: undefined }],
      )
    })
    return true
  }

  /** From memory to this device's disk: what was done before the question is kept. */
  async keepIn(store: Store): Promise<void> {
    await this.#inTurn(async () => {
      const device = await newDeviceKey()
      await moveStore(this.#store, store)
      this.#store = store
      this.#keep = true
      const wrapped = this.#atRest.map(async (key) => {
        const held = this.#held.get(key.id)
        return held === undefined ? key : { ...key, byDevice: await wrapByDevice(device, held, this.#random) }
      })
      await this.#remember(await Promise.all(wrapped), [{ area: "keys", name: DEVICE, value: device }])
    })
  }

  async destroy(): Promise<void> {
    this.#forgetKeys()
    await this.#inTurn(async () => {
      this.#forgetKeys()
      this.#atRest = []
      await this.#store.destroy()
    })
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }

  async #write(changes: readonly Change[], captured: VaultKey | undefined): Promise<void> {
    const needed = changes.some(({ area, value }) => area === "sealed" && value !== undefined)
    if (!needed) return this.#store.write(changes)
    const made = captured === undefined && this.#writesWith === undefined ? await this.#newKey() : []
    const key = captured ?? this.#writesWith
    if (key === undefined) throw new PocketProblem("locked")
    const boxed = await Promise.all(changes.map((change) => this.#boxed(change, key)))
    await this.#store.write([...made, ...boxed])
  }

  /** A key for what is written before there are words, or while the vault they open is locked. */
  async #newKey(): Promise<readonly Change[]> {
    const key = newVaultKey(this.#random)
    const door = this.#atRest[0]?.door
    const device = this.#keep ? await newDeviceKey() : undefined
    const atRest: KeyAtRest = {
      id: key.id,
      ...(device === undefined ? {} : { byDevice: await wrapByDevice(device, key, this.#random) }),
      ...(door === undefined ? {} : { throughDoor: await putThroughDoor(door, key) }),
    }
    this.#atRest = [...this.#atRest, atRest]
    this.#hold(key)
    const kept: readonly Change[] = device === undefined ? [] : [{ area: "keys", name: DEVICE, value: device }]
    return [...kept, { area: "open", name: KEYS, value: this.#atRest }]
  }

  async #remember(atRest: readonly KeyAtRest[], changes: readonly Change[] = []): Promise<void> {
    await this.#store.write([...changes, { area: "open", name: KEYS, value: atRest }])
    this.#atRest = atRest
  }

  #hold(key: VaultKey): void {
    this.#held.set(key.id, key)
    this.#writesWith = key
  }

  #forgetKeys(): void {
    this.#held.clear()
    this.#writesWith = undefined
  }

  async #keyFromWords(typed: string): Promise<VaultKey> {
    const words = await parsePhrase(typed)
    const first = this.#atRest[0]
    if (words === undefined || first?.byWords === undefined) throw new PocketProblem("words-differ")
    const stretched = await stretchPhrase(words, first.byWords.salt, this.#startWorker)
    try {
      return { id: first.id, key: await unwrapByStretched(stretched, first.byWords.wrapped) }
    } catch (error) {
      if (error instanceof SealError) throw new PocketProblem("words-differ")
      throw error
    }
  }

  /** What was written under other keys while the vault was locked, opened. */
  async #takenIn(key: VaultKey): Promise<readonly Change[]> {
    const door = (await this.read("sealed", DOOR)) as Door | undefined
    for (const { id, throughDoor } of this.#atRest) {
      if (door !== undefined && throughDoor !== undefined) this.#held.set(id, { id, key: await takeFromDoor(door, throughDoor) })
    }
    const others = (await this.#store.list("sealed", "")).filter(([, box]) => (box as Box).key !== key.id)
    return Promise.all(others.map(async ([name, box]) => ({ area: "sealed" as const, name, value: await this.#unboxed(name, box as Box) })))
  }

  async #boxed(change: Change, { id, key }: VaultKey): Promise<Change> {
    if (change.area !== "sealed" || change.value === undefined) return change
    const box = await encrypt(key, pack(change.value), utf8(change.name), this.#random)
    return { ...change, value: { key: id, box } satisfies Box }
  }

  async #unboxed(name: string, { key: id, box }: Box): Promise<unknown> {
    const key = this.#held.get(id)
    return key === undefined ? undefined : unpack(await decrypt(key.key, box, utf8(name)))
  }
}
