import type { Hex } from "../talks/state.ts"
import type { Change, Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"
import type { Bytes } from "../wire/index.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { putRight } from "./request.ts"

/** What is set to undefined is taken away. */
type More = Partial<Omit<OpenRequest, "id" | "token" | "refused">> & Readonly<{ token?: Bytes | undefined; refused?: string | undefined }>

const REQUESTS = new Shelf<OpenRequest>("open", "asking")
const SECRETS = new Shelf<RequestSecrets>("sealed", "asking")

/** This device's requests: on its disk before they are true, and changed one after the other. */
export class KeptRequests {
  readonly #vault: Pick<Vault, "list" | "read" | "write">
  readonly #changed: () => void
  #requests = new Map<Hex, OpenRequest>()
  #secrets = new Map<Hex, RequestSecrets>()
  #turns: Promise<unknown> = Promise.resolve()

  constructor(vault: Pick<Vault, "list" | "read" | "write">, changed: () => void) {
    this.#vault = vault
    this.#changed = changed
  }

  async load(): Promise<void> {
    for (const request of await REQUESTS.all(this.#vault)) {
      if (!this.#requests.has(request.id)) this.#requests.set(request.id, request)
      const secrets = await SECRETS.get(this.#vault, request.id)
      if (secrets !== undefined) this.#secrets.set(request.id, secrets)
    }
  }

  get all(): readonly OpenRequest[] {
    return [...this.#requests.values()]
  }

  /** The one that is not over. */
  get open(): OpenRequest | undefined {
    return this.all.find(({ over }) => !over)
  }

  get(id: Hex): OpenRequest | undefined {
    return this.#requests.get(id)
  }

  /** The same, with nothing in it from a time to come. */
  async asOf(id: Hex, now: number): Promise<OpenRequest | undefined> {
    const request = this.#requests.get(id)
    const right = request && putRight(request, now)
    if (right !== undefined) await this.patch(id, right)
    return this.#requests.get(id)
  }

  at(address: Hex): OpenRequest | undefined {
    return this.all.find(({ replyAddress }) => replyAddress === address)
  }

  /** Undefined while the vault is locked. */
  secrets(id: Hex): RequestSecrets | undefined {
    return this.#secrets.get(id)
  }

  async keep(request: OpenRequest, secrets: RequestSecrets, inPlaceOf = request.id): Promise<void> {
    const removed = [REQUESTS.remove(inPlaceOf), SECRETS.remove(inPlaceOf)]
    await this.#vault.write([...removed, REQUESTS.put(request.id, request), SECRETS.put(request.id, secrets)])
    this.#drop(inPlaceOf)
    this.#requests.set(request.id, request)
    this.#secrets.set(request.id, secrets)
    this.#changed()
  }

  /** What happened to the other secrets meanwhile stays. */
  keepSecrets(id: Hex, change: (secrets: RequestSecrets) => Partial<RequestSecrets>): Promise<void> {
    return this.inTurn(async () => {
      const secrets = this.#secrets.get(id)
      if (secrets === undefined) return
      await this.replace(undefined, { id, ...secrets, ...change(secrets) })
      this.#changed()
    })
  }

  /** Either or both, in one transaction with `beside`. Call it within `inTurn`. */
  async replace(request: OpenRequest | undefined, fresh: RequestSecrets & Readonly<{ id: Hex }>, ...beside: Change[]): Promise<void> {
    const { id, ...secrets } = fresh
    await this.#vault.write([...beside, ...(request === undefined ? [] : [REQUESTS.put(id, request)]), SECRETS.put(id, secrets)])
    if (request !== undefined) this.#requests.set(id, request)
    this.#secrets.set(id, secrets)
  }

  /** What happened meanwhile to other fields stays. */
  patch(id: Hex, change: More | ((request: OpenRequest) => More | undefined)): Promise<void> {
    return this.inTurn(async () => {
      const request = this.#requests.get(id)
      const more = typeof change === "function" ? request && change(request) : change
      if (request === undefined || more === undefined) return
      const { token, refused, ...rest } = { ...request, ...more }
      const next: OpenRequest = { ...rest, ...(token === undefined ? {} : { token }), ...(refused === undefined ? {} : { refused }) }
      await this.#vault.write([REQUESTS.put(id, next)])
      this.#requests.set(id, next)
      this.#changed()
    })
  }

  async forget(id: Hex): Promise<void> {
    await this.#vault.write([REQUESTS.remove(id), SECRETS.remove(id)])
    this.#drop(id)
    this.#changed()
  }

  /** One after the other: an answer that comes twice at once begins one talk. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }

  #drop(id: Hex): void {
    this.#requests.delete(id)
    this.#secrets.delete(id)
  }
}
