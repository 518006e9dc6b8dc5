import { browserClock } from "../clock.ts"
import type { Pocket } from "../contract.ts"
import { random } from "../seal/index.ts"
import { trustedScript } from "../trusted.ts"
import type { FromSleeper } from "../waking/index.ts"
import { browserPush } from "../waking/index.ts"
import { Engine } from "./engine.ts"

declare const ARGON2_WORKER: string

/** The pocket of this browser. `topicWords`: a topic's code in words, for the peer who answers. */
export async function createPocket(topicWords: (topic: string) => string): Promise<Pocket> {
  const engine = await Engine.start({
    clock: browserClock,
    random,
    fetch: globalThis.fetch.bind(globalThis),
    socket: WebSocket,
    topicWords,
    storage: "leanto",
    locks: (navigator as { locks?: LockManager }).locks,
    startWorker: () => new Worker(trustedScript(ARGON2_WORKER), { type: "module" }),
    push: browserPush,
    persist: () => navigator.storage.persist(),
  })
  const resume = (): void => {
    if (document.visibilityState === "visible") engine.resume()
  }
  const sleepers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  sleepers?.addEventListener("message", ({ data }: MessageEvent<FromSleeper>) => {
    // A test arrived at this phone, or its way must be mended: both are seen by themselves, and again at the next look.
    if ("woken" in data) engine.duty.reach.came(data.woken, true).catch(() => undefined)
    if ("lost" in data) engine.duty.reach.look().catch(() => undefined)
  })
  addEventListener("online", resume)
  document.addEventListener("visibilitychange", resume)
  return engine
}
