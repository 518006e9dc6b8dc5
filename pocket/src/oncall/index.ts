/** The peer's side, complete here; engine.ts only calls it. */
export type { OnCallOptions } from "./oncall.ts"
export { OnCall } from "./oncall.ts"
