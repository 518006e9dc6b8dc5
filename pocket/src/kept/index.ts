export type { KeptPeer, KeptRecords, Reminder } from "./records.ts"
export { allKept, takenIn } from "./records.ts"
