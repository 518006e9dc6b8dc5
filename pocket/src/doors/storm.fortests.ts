/** For tests: a mailroom as the law has it, that breaks, lies and delivers late; what Ana's pocket was truly told, and what truly happened. */
import { PocketProblem } from "../contract.ts"
import { bodyDigest, mailboxAddress, sign } from "../seal/index.ts"
import { TODAY } from "../trust/cast.fortests.ts"
import type { Act, Bytes, Fetched, RequestState, Slot } from "../wire/index.ts"
import { concat, decodeAsk, receiptMessage, toHex } from "../wire/index.ts"
import type { Dice } from "../talks/stormpost.fortests.ts"
import type { Routes } from "./cast.fortests.ts"
import { town } from "./cast.fortests.ts"

const REFUSALS = ["unreachable", "too-busy", "store-full"] as const

interface Open {
  readonly id: string
  readonly reply: string
  readonly body: Bytes
  state: RequestState
}

export class StormRoom {
  /** Requests that ring, or are answered, by their reply address. */
  readonly open = new Map<string, Open>()
  /** Requests that were ever truly accepted. */
  readonly accepted = new Set<string>()
  /** Every token that paid, and for which body. */
  readonly spent = new Map<string, string>()
  weather = 0
  /** What left Ana's pocket and has not arrived yet: nobody knows whether it ever does. */
  readonly late: (() => Promise<unknown>)[] = []
  readonly #dice: Dice

  constructor(dice: Dice) {
    this.#dice = dice
  }

  /** The routes for one run of the pocket: what a killed page asked is answered to nobody. */
  routes(alive: Readonly<{ now: boolean }>): Routes {
    const through = <T>(arrives: () => Promise<T>): Promise<T> => this.#through(alive, arrives)
    const nothing = (): Promise<void> => Promise.resolve()
    return {
      ask: (body: Bytes, token: Bytes) => through(() => this.#ask(body, token)),
      act: (id: Bytes, key: Bytes, act: Act) => through(() => this.#act(toHex(id), key, act)),
      withdraw: (key: Bytes, token: Bytes) => through(() => this.#withdraw(key, token)),
      requestState: (id: Bytes, key: Bytes) => through(async () => (await this.#ruled(toHex(id), key)).state),
      close: (key: Bytes) => through(() => this.#close(key)),
      sealMore: (_id: Bytes, _key: Bytes, slots: readonly Slot[]) => through(() => Promise.resolve(slots.length)),
      deposit: nothing,
      forget: nothing,
      fetch: (): Promise<Fetched> => Promise.resolve({ today: TODAY, envelopes: [] }),
    }
  }

  async #through<T>(alive: Readonly<{ now: boolean }>, arrives: () => Promise<T>): Promise<T> {
    const chance = this.#dice()
    if (chance < this.weather / 3) {
      this.late.push(arrives)
      throw new PocketProblem("unreachable")
    }
    if (chance < (2 * this.weather) / 3) throw new PocketProblem(REFUSALS[Math.floor(this.#dice() * REFUSALS.length)] ?? "unreachable")
    const answer = await arrives()
    if (!alive.now) await new Promise(() => undefined)
    if (chance < this.weather) throw new PocketProblem("unreachable")
    return answer
  }

  async #ask(body: Bytes, token: Bytes): Promise<Bytes> {
    const digest = toHex(await bodyDigest("POST", "/requests", body))
    const paidFor = this.spent.get(toHex(token))
    if (paidFor !== undefined && paidFor !== digest) throw new PocketProblem("token-spent")
    const { requestId, replyAddress } = decodeAsk(body)
    const [id, reply] = [toHex(requestId), toHex(replyAddress)]
    if (paidFor === undefined) {
      if (this.accepted.has(id)) throw new PocketProblem("request-exists")
      this.spent.set(toHex(token), digest)
      this.accepted.add(id)
      this.open.set(reply, { id, reply, body, state: "ringing" })
    }
    const receipt = await sign(town.program.receiptKey, receiptMessage("/requests", await bodyDigest("POST", "/requests", body), 201))
    return concat(Uint8Array.of(1, 0, 0, 0, 12, 1), receipt)
  }

  async #act(id: string, key: Bytes, act: Act): Promise<void> {
    const request = await this.#ruled(id, key)
    if (act === "close" || act === "cancel") this.open.delete(request.reply)
    if (act === "resume") request.state = "ringing"
  }

  async #withdraw(key: Bytes, token: Bytes): Promise<void> {
    if (!this.spent.has(toHex(token))) this.spent.set(toHex(token), "taken back")
    await this.#close(key)
  }

  async #close(key: Bytes): Promise<void> {
    this.open.delete(toHex(await mailboxAddress(key)))
  }

  async #ruled(id: string, key: Bytes): Promise<Open> {
    const request = this.open.get(toHex(await mailboxAddress(key)))
    if (request?.id !== id) throw new PocketProblem("request-unknown")
    return request
  }
}
