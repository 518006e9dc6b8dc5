import type { Clock } from "../clock.ts"
import { dayOf } from "../clock.ts"
import type { Channel, ChannelKind, Reach } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Random } from "../seal/index.ts"
import { sha256 } from "../seal/index.ts"
import type { Hex } from "../talks/state.ts"
import type { Change, Vault } from "../vault/index.ts"
import type { BrowserPush, Notifier } from "../waking/index.ts"
import type { EndpointAddress, Offered } from "../wire/index.ts"
import { ENDPOINT_ID_LENGTH, encodeRegistration, fromHex, toHex, WAKES } from "../wire/index.ts"
import type { Endpoint } from "./records.ts"
import { ADDRESSES, ENDPOINTS } from "./records.ts"

export type ReachedOptions = Readonly<{
  vault: Pick<Vault, "list" | "read" | "write">
  /** None where the program has none. */
  notifier: Notifier | undefined
  push: BrowserPush
  clock: Clock
  random: Random
  changed: () => void
}>

const TOPIC_BYTES = 20
const EMAIL = /^[!-~]+@[!-~]+\.[!-~]+$/
const NUMBER = /^\+\d{7,15}$/

/** By what this peer's phone is woken: registered at the notifier under ids that this pocket made and that say nothing. */
export class Reached {
  readonly #options: ReachedOptions
  #endpoints: readonly Endpoint[] = []
  #addresses: ReadonlyMap<Hex, string> = new Map()
  #offered: Offered | undefined
  #tested: Hex | undefined
  #missed: Hex | undefined
  #lookedOn = 0

  constructor(options: ReachedOptions) {
    this.#options = options
  }

  async load(): Promise<void> {
    const { vault } = this.#options
    this.#endpoints = [...(await ENDPOINTS.all(vault))].sort((a, b) => a.place - b.place)
    const typed = await Promise.all(this.#endpoints.map(async ({ id }) => [id, await ADDRESSES.get(vault, id)] as const))
    this.#addresses = new Map(typed.filter((one): one is readonly [Hex, string] => one[1] !== undefined))
  }

  get view(): Reach {
    const push = this.#options.push.state()
    const offered = this.#offered?.kinds.filter((kind) => kind !== "push" || push !== "impossible")
    return {
      channels: this.#endpoints.map((one) => this.#channel(one)),
      ...(offered === undefined ? {} : { offered }),
      push,
      ...(this.#tested === undefined ? {} : { tested: this.#tested }),
      ...(this.#missed === undefined ? {} : { missed: this.#missed }),
    }
  }

  /** In the order of use. */
  get ids(): readonly Hex[] {
    return this.#endpoints.map(({ id }) => id)
  }

  /** The last day on which something was seen to arrive; 0 for none. */
  get reachedDay(): number {
    return Math.max(0, ...this.#endpoints.map(({ reachedDay }) => reachedDay))
  }

  /** Once a day, whoever opens what screen: a channel that died is said before a night, not after. Throws PocketProblem. */
  async lookIfDue(): Promise<void> {
    if (this.#endpoints.length > 0 && this.#lookedOn !== this.#today()) await this.look()
  }

  /** Throws PocketProblem. */
  async look(): Promise<void> {
    this.#offered = await this.#room().channels()
    await this.#mendPush()
    const seen = await Promise.all(this.#endpoints.map((one) => this.#asNow(one)))
    // Whatever was added or removed meanwhile stays so.
    await this.#keep(this.#endpoints.map((one) => seen.find(({ id }) => id === one.id) ?? one))
    this.#lookedOn = this.#today()
  }

  /** Throws `push-denied`, `push-failed`, `channels-full`, or what the notifier refuses with. */
  async addPush(): Promise<void> {
    const before = this.#endpoints.find(({ kind }) => kind === "push")
    if (before === undefined) this.#mustHaveRoom()
    this.#offered ??= await this.#room().channels()
    await this.#give(await this.#options.push.subscribe(this.#offered.serverKey), before)
  }

  /** Throws `address-mistyped`, `channels-full`, or what the notifier refuses with. An ntfy topic is made here, for one that can be guessed
   * is anyone's: `typed` does not matter then. */
  async addAddress(kind: Exclude<ChannelKind, "push">, typed: string): Promise<void> {
    this.#mustHaveRoom()
    const [origin] = this.#offered?.ntfyOrigins ?? []
    const address = kind === "ntfy" && origin !== undefined ? `${origin}/${toHex(this.#options.random(TOPIC_BYTES))}` : tidy(kind, typed)
    await this.#give({ kind, address })
  }

  /** Gone here at once; the notifier forgets it too, now or, when the mailroom names it no more, by itself. */
  async remove(id: Hex): Promise<void> {
    const gone = this.#endpoints.find((one) => one.id === id)
    if (gone === undefined) return
    if (gone.kind === "push") await this.#options.push.drop()
    await this.#keep(this.#endpoints.filter((one) => one !== gone), [ENDPOINTS.remove(id), ADDRESSES.remove(id)])
    await this.#room().forget(fromHex(id)).catch(() => undefined)
  }

  /** Everything here is about to be forgotten: this browser is woken no more. Throws PocketProblem where the notifier did not hear of all. */
  async leave(): Promise<void> {
    const { ids } = this
    if (this.#endpoints.some(({ kind }) => kind === "push")) await this.#options.push.drop()
    this.#endpoints = []
    await Promise.all(ids.map((id) => this.#room().forget(fromHex(id))))
  }

  async sooner(id: Hex): Promise<void> {
    const at = this.#endpoints.findIndex((one) => one.id === id)
    const [one, before] = [this.#endpoints[at], this.#endpoints[at - 1]]
    if (one === undefined || before === undefined) return
    await this.#keep(this.#endpoints.toSpliced(at - 1, 2, one, before))
  }

  /** Its place among the others, for the mailroom to wake it; undefined when it is not one of them. */
  placeOf(id: Hex): number | undefined {
    const place = this.#endpoints.findIndex((one) => one.id === id)
    return place < 0 ? undefined : place
  }

  testing(id: Hex): void {
    this.#tested = id
    this.#missed = undefined
    this.#options.changed()
  }

  /** A test arrived, or did not. Only a test counts: what a ring wakes says nothing here. */
  async came(id: Hex, came: boolean): Promise<void> {
    if (this.#tested !== id) return
    this.#tested = undefined
    this.#missed = came ? undefined : id
    const today = this.#today()
    await this.#keep(this.#endpoints.map((one) => (one.id === id && came ? { ...one, state: "working", reachedDay: today } : one)))
  }

  #channel({ id, kind, state, deliveredDay, reachedDay }: Endpoint): Channel {
    const address = this.#addresses.get(id)
    return {
      id,
      kind,
      ...(address === undefined ? {} : { address }),
      state,
      ...(deliveredDay === 0 ? {} : { deliveredDay }),
      ...(reachedDay === 0 ? {} : { reachedDay }),
    }
  }

  /** What the notifier says of it; of this browser, whether it still holds what was given. */
  async #asNow(one: Endpoint): Promise<Endpoint> {
    if (one.kind === "push" && (await this.#givenNow()) !== one.given) return { ...one, state: "gone" }
    try {
      const { state, deliveredDay } = await this.#room().state(fromHex(one.id))
      return { ...one, state, deliveredDay: Math.max(deliveredDay, one.deliveredDay) }
    } catch (error) {
      if (error instanceof PocketProblem && error.problem === "endpoint-unknown") return { ...one, state: "gone" }
      throw error
    }
  }

  /** The browser changed its subscription by itself: it is given under a new number, for a number leads to one address only. */
  async #mendPush(): Promise<void> {
    const before = this.#endpoints.find(({ kind }) => kind === "push")
    const held = before === undefined ? undefined : await this.#options.push.current()
    if (held !== undefined && before !== undefined && (await hashOf(held)) !== before.given) await this.#give(held, before)
  }

  async #givenNow(): Promise<Hex | undefined> {
    const held = await this.#options.push.current()
    return held && hashOf(held)
  }

  /** Registered first: what the notifier refuses is not kept here. In the place of `before`, if there was one. */
  async #give(to: EndpointAddress, before?: Endpoint): Promise<void> {
    const id = toHex(this.#options.random(ENDPOINT_ID_LENGTH))
    await this.#room().register(fromHex(id), to)
    const fresh: Endpoint = { id, kind: to.kind, place: 0, state: "working", deliveredDay: 0, reachedDay: 0, given: await hashOf(to) }
    const others = this.#endpoints.filter((one) => one !== before)
    const changes = [...(to.kind === "push" ? [] : [ADDRESSES.put(id, to.address)]), ...(before === undefined ? [] : [ENDPOINTS.remove(before.id)])]
    await this.#keep(others.toSpliced(before?.place ?? others.length, 0, fresh), changes)
    if (to.kind !== "push") this.#addresses = new Map([...this.#addresses, [id, to.address]])
    if (before !== undefined) await this.#room().forget(fromHex(before.id)).catch(() => undefined)
  }

  #mustHaveRoom(): void {
    if (this.#endpoints.length >= WAKES) throw new PocketProblem("channels-full")
  }

  #room(): Notifier {
    const { notifier } = this.#options
    if (notifier === undefined) throw new PocketProblem("unreachable")
    return notifier
  }

  #today(): number {
    return dayOf(this.#options.clock.now())
  }

  async #keep(endpoints: readonly Endpoint[], changes: readonly Change[] = []): Promise<void> {
    const placed = endpoints.map((one, place) => ({ ...one, place }))
    await this.#options.vault.write([...changes, ...placed.map((one) => ENDPOINTS.put(one.id, one))])
    this.#endpoints = placed
    this.#options.changed()
  }
}

async function hashOf(to: EndpointAddress): Promise<Hex> {
  return toHex(await sha256(encodeRegistration(new Uint8Array(ENDPOINT_ID_LENGTH), to)))
}

/** As the law writes it. Throws `address-mistyped`. */
function tidy(kind: ChannelKind, typed: string): string {
  const isNumber = kind === "sms" || kind === "call"
  const address = isNumber ? typed.replaceAll(/[\s().-]/g, "") : typed.trim()
  if (!(isNumber ? NUMBER : EMAIL).test(address)) throw new PocketProblem("address-mistyped")
  return address
}
