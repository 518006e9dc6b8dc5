import { browserClock } from "./clock.ts"
import { keepForOffline } from "./offline.ts"
import { takeArrival } from "./ui/arrival.ts"

// First of all: a card in the address bar must not stay there while anything loads.
const arrival = takeArrival(location, history)
void wakeUp()

/** The page is usable as it came; the rest arrives behind it, the screens first, then the part that holds the keys. */
async function wakeUp(): Promise<void> {
  if (arrival.text === "") await shown()
  const { start, topicInWords } = await import("./ui/start.ts")
  const pressedMeanwhile = takeArrival(location, history)
  const root = document.getElementById("leanto")
  if (root === null) return
  const app = await start(root, pressedMeanwhile.text === "" ? arrival : pressedMeanwhile, browserClock.now)
  try {
    const { createPocket } = await import("./engine/index.ts")
    app.open(await createPocket(topicInWords))
  } catch {
    app.stayShut()
  }
  await keepForOffline()
}

async function shown(): Promise<void> {
  if (document.readyState === "complete") return
  await new Promise<void>((resolve) => {
    addEventListener("load", () => { resolve() }, { once: true })
  })
}
