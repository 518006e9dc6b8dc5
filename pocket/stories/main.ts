import { speak } from "../src/catalogue/words.ts"
import es from "../src/catalogue/es.json"
import { App } from "../src/ui/app.ts"
import { listen } from "../src/ui/hands.ts"
import { standIn } from "./standin.ts"
import { STORIES } from "./stories.ts"

// One fixed moment, so that pictures of the same screen are the same picture: 23 November 2026, 02:20 in UTC.
const NOW_MS = 1_795_400_400_000
const asked = new URLSearchParams(location.search)
const root = document.getElementById("leanto")
const story = STORIES[asked.get("story") ?? "landing"]

Object.assign(globalThis, { storyNames: Object.keys(STORIES) })
if (asked.get("in") === "es") {
  speak("es", es)
  document.documentElement.lang = "es"
}
if (root && story) {
  const app = new App(root, () => NOW_MS)
  listen(app, () => NOW_MS)
  app.pocket = standIn(story.state)
  Object.assign(app.memory, story.memory)
  Object.assign(app.device, { iphone: story.iphone ?? false })
  app.place = story.place
  app.problem = story.problem ?? ""
  if (story.hidden) app.hide()
  else app.refocus()
}
