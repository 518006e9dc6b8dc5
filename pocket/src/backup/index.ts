/** The sealed copy for a new phone: what is in it, how it is kept, how somebody comes back. spec/slots.md. */
export { find, takeIn } from "./comingback.ts"
export { SlotKeeper } from "./slotkeeper.ts"
