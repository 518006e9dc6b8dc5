/** For tests: knows when the browser's cryptography has nothing left to compute, so that a clock can stand until then. */
import { settled } from "./fakeclock.fortests.ts"

type Method = (...given: unknown[]) => Promise<unknown>

let pending = 0
let isWatching = false

/** Waits until all that was begun has come to rest: nothing is being computed, and nothing follows from what was. */
export async function idle(): Promise<void> {
  watch()
  for (let quiet = 0; quiet < 3; ) {
    await settled()
    quiet = pending === 0 ? quiet + 1 : 0
  }
}

function watch(): void {
  if (isWatching) return
  isWatching = true
  const methods = SubtleCrypto.prototype as unknown as Record<string, Method>
  for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
    const method = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, name)?.value as Method | undefined
    if (name !== "constructor" && typeof method === "function") methods[name] = counted(method)
  }
}

function counted(method: Method): Method {
  return function (this: unknown, ...given) {
    const answer: unknown = method.apply(this, given)
    if (!(answer instanceof Promise)) return answer as Promise<unknown>
    pending += 1
    return answer.finally(() => (pending -= 1))
  }
}
