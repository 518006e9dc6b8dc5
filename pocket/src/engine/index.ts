import { browserClock } from "../clock.ts"
import type { Pocket } from "../contract.ts"
import { random } from "../seal/index.ts"
import { trustedScript } from "../trusted.ts"
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
  addEventListener("online", resume)
  document.addEventListener("visibilitychange", resume)
  return engine
}
