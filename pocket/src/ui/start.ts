import { speak } from "../catalogue/words.ts"
import { App } from "./app.ts"
import type { Arrival } from "./arrival.ts"
import { listen } from "./hands.ts"

export { topicInWords } from "../screens/asking/topics.ts"

/** Takes the page over from its static self, in the language it was served in. */
export async function start(root: HTMLElement, arrival: Arrival, clockMs: () => number): Promise<App> {
  if (document.documentElement.lang === "es") speak("es", (await import("../catalogue/es.json")).default)
  const app = new App(root, clockMs)
  listen(app, clockMs)
  app.arrive(arrival)
  return app
}
