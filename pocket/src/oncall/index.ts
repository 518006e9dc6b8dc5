/** The peer's side, complete here; engine.ts only calls it. */
export type { OnCallOptions } from "./oncall.ts"
export { identityBack } from "./comingback.ts"
export { OnCall } from "./oncall.ts"
