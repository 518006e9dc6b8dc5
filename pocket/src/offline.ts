import { trustedScript } from "./trusted.ts"

/** Keeps the pocket's own files on this device, so that the lines and the pages open without a network. */
export async function keepForOffline(): Promise<void> {
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register(trustedScript("/sw.js"), { updateViaCache: "none" })
}
