/** How a phone is woken while no page is open. Only oncall/ and the service worker speak to the notifier. */
export { Notifier } from "./notifier.ts"
export type { FromSleeper } from "./sleeper.ts"
export type { BrowserPush, Subscription } from "./browserpush.ts"
export { browserPush } from "./browserpush.ts"
