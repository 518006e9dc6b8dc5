export type { KeptPeer, KeptRecords, Reminder } from "./records.ts"
export { allKept, takenIn } from "./records.ts"
export { isSamePeer, Kept } from "./kept.ts"
export { cardOf, hasLeft, keptIn } from "./reach.ts"
