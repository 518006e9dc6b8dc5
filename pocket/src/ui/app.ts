import { render } from "lit-html"
import { speak, spoken, t } from "../catalogue/words.ts"
import en from "../catalogue/en.json"
import type { Pocket } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import { useLinkedCard } from "../screens/card/card.ts"
import type { Arrival } from "./arrival.ts"
import { neutralPage } from "./hidden.ts"
import { parentOf, placeNamed } from "./parents.ts"
import { SCREENS, leadsTo, mayStay } from "./places.ts"
import { shell } from "./shell.ts"
import { unsent } from "./unsent.ts"
import type { Place, View } from "./view.ts"
import { freshMemory } from "./view.ts"

const NAME = "Leanto"

/** The one drawing of the pocket: holds which screen is shown and what is being typed, and nothing that must be kept. */
export class App implements View {
  pocket: Pocket | undefined
  place: Place = "landing"
  memory = freshMemory()
  busy = false
  problem = ""
  #hidden = false
  #wayBack = false
  #taken = false
  #waitingArrival: Arrival | undefined
  #knownTalks: ReadonlySet<string> = new Set()
  // Each keystroke is kept, one after the other: the last one before a peer comes must not be lost.
  #saving: Promise<void> = Promise.resolve()
  readonly #root: HTMLElement
  readonly #clockMs: () => number
  readonly device = {
    iphone: /iPhone|iPad/.test(navigator.userAgent),
    installed: matchMedia("(display-mode: standalone)").matches,
  }

  constructor(root: HTMLElement, clockMs: () => number) {
    this.#root = root
    this.#clockMs = clockMs
  }

  get state(): Pocket["state"] | undefined {
    return this.pocket?.state
  }

  get nowMs(): number {
    return this.#clockMs()
  }

  /** From now on there is a pocket behind the screens. What arrived with the address is done now. */
  open(pocket: Pocket): void {
    this.pocket = pocket
    this.#knownTalks = new Set(pocket.state.talks.map(({ id }) => id))
    pocket.subscribe(() => { this.#changed() })
    const arrival = this.#waitingArrival
    this.#waitingArrival = undefined
    this.busy = false
    if (arrival) this.arrive(arrival)
    else if (this.#taken) this.go(this.place)
    else if (pocket.state.device !== "unasked" || pocket.state.peer) this.draw()
  }

  /** The part that holds the keys could not be had: the lines and the pages stay, and the screen says so. */
  stayShut(): void {
    this.busy = false
    if (this.#waitingArrival) this.refuse("unreachable")
  }

  arrive(arrival: Arrival): void {
    if (arrival.kind === "place") {
      const place = placeNamed(arrival.text)
      if (place !== undefined && (place !== "landing" || this.#taken)) this.go(place)
      return
    }
    if (arrival.kind === "card") this.memory.linkedCard = `#card=${arrival.text}`
    else this.memory.invitation = arrival.text
    if (this.pocket === undefined) {
      this.#waitingArrival = arrival
      this.busy = true
      this.go(arrival.kind)
      return
    }
    this.go(arrival.kind)
  }

  go(place: Place): void {
    this.place = leadsTo(place, this)
    this.problem = ""
    this.memory.confirm = ""
    if (this.place !== "landing") this.#leaveAWayBack()
    this.refocus()
    if (this.place === "limits" || this.place === "choose") this.pocket?.resume()
    if (this.place === "card") useLinkedCard(this)
    if (this.place === "reached") this.pocket?.duty.reach.look().catch(() => undefined)
  }

  /** The browser's own back: one step up, and out of the page only from the landing. */
  back(): void {
    this.#wayBack = false
    const parent = parentOf(this.place)
    if (parent === undefined) return
    this.place = parent
    this.problem = ""
    if (parent !== "landing") this.#leaveAWayBack()
    this.refocus()
  }

  draw(): void {
    if (!this.#taken) this.#root.replaceChildren()
    this.#taken = true
    const newest = this.place === "one-talk" && atTheEnd()
    const open = (event: Event) => {
      event.preventDefault()
      this.#unhide()
    }
    render(this.#hidden ? neutralPage(open) : shell(this, SCREENS[this.place](this)), this.#root)
    if (newest) scrollTo(0, document.documentElement.scrollHeight)
    this.showRings()
  }

  /** Every screen says when somebody asks: the mailroom hears that it was seen, unless the page is hidden or lies behind others. */
  showRings(): void {
    const rings = this.state?.peer?.rings ?? []
    if (rings.length > 0 && !this.#hidden && document.visibilityState === "visible") this.pocket?.duty.showing(rings.map(({ request }) => request))
  }

  refocus(): void {
    this.draw()
    scrollTo(0, this.place === "one-talk" ? document.documentElement.scrollHeight : 0)
    this.#root.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true })
  }

  focusOn(id: string): void {
    this.draw()
    document.getElementById(id)?.focus()
  }

  act(work: (pocket: Pocket) => Promise<void>, then?: () => void): void {
    const { pocket } = this
    if (pocket === undefined || this.busy) return
    this.busy = true
    this.problem = ""
    this.draw()
    work(pocket).then(
      () => {
        this.busy = false
        if (then) then()
        else this.draw()
      },
      (reason: unknown) => {
        this.busy = false
        this.refuse(reason instanceof PocketProblem ? reason.problem : "unknown")
      },
    )
  }

  refuse(problem: string): void {
    this.problem = problem
    this.focusOn("problem")
  }

  keepDraft(words: string): void {
    this.memory.draft = words
    this.#saving = this.#saving.then(() => this.pocket?.writeDraft(words)).catch(() => undefined)
  }

  /** Locks the keys, drops what was typed, and shows a page that says nothing. */
  hide(): void {
    this.pocket?.lock()
    this.memory = freshMemory()
    this.place = "landing"
    this.problem = ""
    this.#hidden = true
    document.title = t("neutral.title")
    this.refocus()
  }

  changeLanguage(): void {
    const language = spoken() === "en" ? "es" : "en"
    const catalogue = language === "en" ? Promise.resolve(en) : import("../catalogue/es.json").then((read) => read.default)
    void catalogue.then((words) => {
      speak(language, words)
      document.documentElement.lang = language
      history.replaceState(history.state, "", language === "es" ? "/es/" : "/")
      this.refocus()
    })
  }

  // The history holds this page at most twice, under one address: enough for one step back, and says nothing.
  #leaveAWayBack(): void {
    if (!this.#wayBack) history.pushState(null, "", location.pathname)
    this.#wayBack = true
  }

  #unhide(): void {
    this.#hidden = false
    document.title = NAME
    this.refocus()
  }

  #changed(): void {
    const { asking, talks = [] } = this.state ?? {}
    const begun = talks.find(({ id, role }) => role === "officer" && !this.#knownTalks.has(id))
    this.#knownTalks = new Set(talks.map(({ id }) => id))
    if (begun) this.memory.talk = { open: begun.id, draft: unsent(this.memory.draft ?? "", begun), confirm: "" }
    if (asking === undefined || begun) this.memory.draft = undefined
    if (mayStay(this.place, this)) this.draw()
    else this.go("elsewhere")
  }
}

// Who reads the newest words goes on reading the newest; who scrolled up stays where they are.
function atTheEnd(): boolean {
  return innerHeight + scrollY > document.documentElement.scrollHeight - 80
}
