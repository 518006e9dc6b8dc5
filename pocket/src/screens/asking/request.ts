import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Urgency } from "../../contract.ts"
import { chips, textArea, tick } from "../../ui/fields.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { peersInReach } from "./peers.ts"
import { topicChoices } from "./topics.ts"

/** One field that may stay empty and three light choices. */
export function request(view: View): TemplateResult {
  const { asking } = view.memory
  return page(
    view,
    t("ask.title"),
    [
      onDuty(view),
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
      asking.urgency === "now" ? note(t("ask.now.note")) : nothing,
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
      button(view, view.busy ? t("ask.asking") : t("ask.first"), () => { ask(view) }),
      link("choose", t("ask.choose")),
    ],
  )
}

/** Sends the request: to whoever is first, or to one peer first. */
export function ask(view: View, chosen?: string): void {
  const { words, about, urgency, outside } = view.memory.asking
  view.act(
    (pocket) => pocket.ask({ urgency, outside, words, ...(about === "" ? {} : { about }), ...(chosen === undefined ? {} : { chosen }) }),
    () => {
      view.memory.asking.words = ""
      view.go("waiting")
    },
  )
}

function onDuty(view: View): TemplateResult {
  const count = peersInReach(view).filter((peer) => peer.onDuty).length
  if (count === 0) return note(t("ask.duty.none"))
  return html`<p class="lead">${count === 1 ? t("ask.duty.one") : t("ask.duty.many", { count })}</p>`
}
