import { PocketProblem } from "../contract.ts"
import type { Bytes, EndpointAddress } from "../wire/index.ts"
import { fromBase64, toHex } from "../wire/index.ts"

export type Subscription = EndpointAddress & Readonly<{ kind: "push" }>

/** This browser's own way of being woken while no page is open. */
export type BrowserPush = Readonly<{
  /** Whether it may be asked for: an iPhone has none outside the home screen. */
  state: () => "possible" | "denied" | "impossible"
  /** Asks the person, in the browser's own words, and the browser's push service. Throws `push-denied`, `push-failed`. */
  subscribe: (serverKey: Bytes) => Promise<Subscription>
  /** What the browser holds now; undefined for nothing. */
  current: () => Promise<Subscription | undefined>
  drop: () => Promise<void>
}>

export const browserPush: BrowserPush = {
  state: () => {
    if (!("serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis)) return "impossible"
    return Notification.permission === "denied" ? "denied" : "possible"
  },
  subscribe: async (serverKey) => {
    // First of all: a browser asks only in the moment of a press.
    if ((await Notification.requestPermission()) !== "granted") throw new PocketProblem("push-denied")
    const manager = (await navigator.serviceWorker.ready).pushManager
    try {
      const held = await manager.getSubscription()
      // One that another program's key was told of cannot be used, and stands in the way of a new one.
      if (held !== null && !isFor(held, serverKey)) await held.unsubscribe()
      return read(await manager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey }))
    } catch {
      throw new PocketProblem("push-failed")
    }
  },
  current: async () => {
    const held = await (await registered())?.pushManager.getSubscription()
    return held ? read(held) : undefined
  },
  drop: async () => {
    const held = await (await registered())?.pushManager.getSubscription()
    await held?.unsubscribe()
  },
}

async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  return "serviceWorker" in navigator ? navigator.serviceWorker.getRegistration() : undefined
}

function isFor({ options }: PushSubscription, serverKey: Bytes): boolean {
  return options.applicationServerKey !== null && toHex(new Uint8Array(options.applicationServerKey)) === toHex(serverKey)
}

function read(subscription: PushSubscription): Subscription {
  const { endpoint, keys } = subscription.toJSON()
  const key = (name: string): Bytes => fromBase64(keys?.[name] ?? "", "subscription")
  return { kind: "push", url: endpoint ?? "", p256dh: key("p256dh"), auth: key("auth") }
}
