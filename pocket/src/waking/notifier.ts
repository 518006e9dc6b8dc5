import { PocketProblem } from "../contract.ts"
import type { Fetch } from "../exchange.ts"
import { exchange } from "../exchange.ts"
import type { Bytes, EndpointAddress, EndpointState, Offered } from "../wire/index.ts"
import { decodeChannels, decodeEndpointState, encodeEndpointId, encodeRegistration, LayoutError } from "../wire/index.ts"

const TIMEOUT_MS = 20_000

/** The notifier's doors for a pocket. Each throws PocketProblem: a NAME of the law, or `unreachable`. */
export class Notifier {
  readonly #origin: string
  readonly #fetch: Fetch

  constructor(origin: string, fetch: Fetch) {
    this.#origin = origin
    this.#fetch = fetch
  }

  /** What the operator allows. */
  channels(): Promise<Offered> {
    return this.#read(decodeChannels, exchange(this.#fetch, { method: "GET", address: `${this.#origin}/channels`, timeoutMs: TIMEOUT_MS }))
  }

  async register(endpointId: Bytes, to: EndpointAddress): Promise<void> {
    await this.#post("/endpoints", encodeRegistration(endpointId, to))
  }

  async forget(endpointId: Bytes): Promise<void> {
    await this.#post("/endpoints/forget", encodeEndpointId(endpointId))
  }

  state(endpointId: Bytes): Promise<EndpointState> {
    return this.#read(decodeEndpointState, this.#post("/endpoints/state", encodeEndpointId(endpointId)))
  }

  /** This very phone was reached. */
  async alive(endpointId: Bytes): Promise<void> {
    await this.#post("/endpoints/alive", encodeEndpointId(endpointId))
  }

  async #read<T>(decode: (bytes: Bytes) => T, answer: Promise<Bytes>): Promise<T> {
    const bytes = await answer
    try {
      return decode(bytes)
    } catch (error) {
      if (error instanceof LayoutError) throw new PocketProblem("not-proven")
      throw error
    }
  }

  #post(path: string, body: Bytes): Promise<Bytes> {
    return exchange(this.#fetch, { method: "POST", address: this.#origin + path, body, timeoutMs: TIMEOUT_MS })
  }
}
