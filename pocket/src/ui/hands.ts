import { arrivalOf, takeArrival } from "./arrival.ts"
import type { App } from "./app.ts"

const ESCAPES_TO_HIDE = 3
const ESCAPES_WITHIN_MS = 1500

/** Listens to what hands do anywhere on the page: links between screens, the browser's back, Esc three times. */
export function listen(app: App, clockMs: () => number): void {
  document.addEventListener("click", (event) => { follow(app, event) })
  addEventListener("popstate", () => {
    if (location.hash === "") app.back()
  })
  // A card's link opened while the page is open changes only what stands after the #.
  addEventListener("hashchange", () => {
    if (location.hash !== "") app.arrive(takeArrival(location, history))
  })
  addEventListener("keydown", escapes(app, clockMs))
  // A notification was pressed while this page was open.
  const sleepers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  sleepers?.addEventListener("message", ({ data }: MessageEvent<Readonly<{ open?: string }>>) => {
    if (data.open !== undefined) app.arrive({ kind: "place", text: data.open })
  })
  // What rings is seen only on a page that is looked at.
  document.addEventListener("visibilitychange", () => { app.showRings() })
}

// Links name their screen after a #, so that they work without JavaScript; here the address stays as it is.
function follow(app: App, event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null
  const fragment = link?.getAttribute("href")
  if (event.defaultPrevented || !fragment?.startsWith("#")) return
  event.preventDefault()
  if (fragment === "#main") document.getElementById("main")?.focus()
  else app.arrive(arrivalOf(fragment))
}

function escapes(app: App, clockMs: () => number) {
  let pressed: number[] = []
  return (event: KeyboardEvent) => {
    if (event.key !== "Escape") return
    const now = clockMs()
    pressed = [...pressed.filter((then) => now - then < ESCAPES_WITHIN_MS), now]
    if (pressed.length < ESCAPES_TO_HIDE) return
    pressed = []
    app.hide()
  }
}
