/** The officer's request, complete here; engine.ts only calls it. */
export { Asking } from "./asking.ts"
export type { AskingOptions, Unsaid } from "./asking.ts"
export { listedPeers, orProblem, takeBack } from "./sending.ts"
export { coordinates, standingOf } from "./standing.ts"
