import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Urgency } from "../../contract.ts"
import { chips, textArea, tick } from "../../ui/fields.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { anotherCard } from "./door.ts"
import { onDuty, usuallyInWords } from "./duty.ts"
import { topicChoices } from "./topics.ts"
import { keptFirst, whomFirst } from "./whomfirst.ts"

/** One field that may stay empty and three light choices. */
export function request(view: View): TemplateResult {
  const { asking } = view.memory
  return page(
    view,
    t("ask.title"),
    [
      anotherCard(view),
      view.memory.asking.without === "" ? whomFirst(view) : note(t("ask.without")),
      dutyNow(view),
      textArea({
        id: "words",
        label: t("ask.words"),
        hint: t("ask.words.hint"),
        value: asking.words,
        change: (value) => { asking.words = value },
      }),
      chips({
        id: "urgency",
        legend: t("ask.urgency"),
        value: asking.urgency,
        choices: [
          { value: "now", label: t("ask.now") },
          { value: "today", label: t("ask.today") },
          { value: "whenever", label: t("ask.whenever") },
        ],
        change: (value) => { asking.urgency = value as Urgency; view.draw() },
      }),
      asking.urgency === "now" ? urgent(view) : nothing,
      chips({
        id: "about",
        legend: t("ask.about"),
        value: asking.about,
        choices: [{ value: "", label: t("ask.about.none") }, ...topicChoices()],
        change: (value) => { asking.about = value },
      }),
      tick({
        id: "outside",
        label: t("ask.outside"),
        hint: t("ask.outside.hint"),
        value: asking.outside,
        change: (value) => { asking.outside = value; view.draw() },
      }),
      html`<p class="aside"><a href="#mine">${t("ask.mine")}</a></p>`,
    ],
    [
      button(view, view.busy ? t("ask.asking") : firstInWords(view), () => { ask(view) }),
      link("choose", t("ask.choose")),
    ],
  )
}

/** Sends the request: to one peer first, to a kept one if that is wished for, or to whoever is first. */
export function ask(view: View, { chosen }: Readonly<{ chosen?: string }> = {}): void {
  const { words, about, urgency, urgent, outside, without } = view.memory.asking
  const whom = chosen === undefined ? said({ kept: keptFirst(view)?.id ?? "" }) : { chosen }
  view.act(
    (pocket) => pocket.ask({ urgency, urgent: urgent && urgency === "now", outside, words, ...said({ about, without }), ...whom }),
    () => {
      Object.assign(view.memory.asking, { words: "", kept: "", without: "", urgent: false })
      view.go("waiting")
    },
  )
}

/** Only what was said: an empty text says nothing. */
function said<T extends Readonly<Record<string, string>>>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== "")) as Partial<T>
}

function firstInWords(view: View): string {
  const kept = keptFirst(view)
  return kept === undefined ? t("ask.first") : t("ask.first.kept", { name: kept.name })
}

function urgent(view: View): TemplateResult {
  const { asking } = view.memory
  return html`${note(t("ask.now.note"))}
  ${tick({ id: "urgent", label: t("ask.urgent"), hint: t("ask.urgent.hint"), value: asking.urgent, change: (value) => { asking.urgent = value } })}`
}

function dutyNow(view: View): TemplateResult {
  const [count, usually] = [onDuty(view), usuallyInWords(view)]
  const said = count === 0 ? note(t("ask.duty.none")) : html`<p class="lead">${count === 1 ? t("ask.duty.one") : t("ask.duty.many", { count })}</p>`
  return html`${said}${usually === undefined ? nothing : html`<p>${usually}</p>`}`
}
