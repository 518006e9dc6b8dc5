/** For tests: the notifier, and the push service of Ben's browser. */
import { PocketProblem } from "../contract.ts"
import type { BrowserPush, Subscription } from "../waking/index.ts"
import type { Bytes } from "../wire/index.ts"
import { concat, Reader, toHex, utf8 } from "../wire/index.ts"

export class WakingRoom {
  isDown = false
  /** Addresses by number; undefined is gone. */
  endpoints = new Map<string, string | undefined>()
  deliveredDay = 0
  /** What the browser asked for its own push service, and holds. */
  held: Subscription | undefined
  isDenied = false
  #subscriptions = 0

  readonly push: BrowserPush = {
    state: () => (this.isDenied ? "denied" : "possible"),
    subscribe: () => {
      if (this.isDenied) return Promise.reject(new PocketProblem("push-denied"))
      const held = this.held ?? this.#subscription()
      this.held = held
      return Promise.resolve(held)
    },
    current: () => Promise.resolve(this.held),
    drop: () => {
      this.held = undefined
      return Promise.resolve()
    },
  }

  /** The browser has another subscription from now on, as browsers do by themselves. */
  changesSubscription(): void {
    this.held = this.#subscription()
  }

  answer(path: string, body: Bytes | undefined): Response {
    if (this.isDown) throw new TypeError("network")
    if (path === "/channels") return new Response(concat(Uint8Array.of(1), new Uint8Array(65), Uint8Array.of(3, 1, 2, 3, 1), text8("https://ntfy.example.org")))
    const reader = new Reader(body?.slice(0, 17) ?? new Uint8Array(), "endpoint")
    reader.version()
    const id = toHex(reader.bytes(16))
    if (path === "/endpoints") this.endpoints.set(id, addressIn(body ?? new Uint8Array()))
    if (path === "/endpoints/forget") this.endpoints.delete(id)
    if (path !== "/endpoints/state") return new Response(null, { status: 204 })
    if (!this.endpoints.has(id)) return new Response(JSON.stringify({ type: "urn:leanto:problem:endpoint-unknown" }), { status: 404 })
    const state = this.endpoints.get(id) === undefined ? 2 : 1
    return new Response(Uint8Array.of(1, state, this.deliveredDay >> 8, this.deliveredDay & 255, 0, 0))
  }

  #subscription(): Subscription {
    this.#subscriptions += 1
    return { kind: "push", url: `https://push.example.org/${this.#subscriptions}`, p256dh: new Uint8Array(65), auth: new Uint8Array(16) }
  }
}

function addressIn(body: Bytes): string {
  const reader = new Reader(body.slice(18), "registration")
  return reader.text16()
}

function text8(text: string): Bytes {
  return concat(Uint8Array.of(text.length), utf8(text))
}
