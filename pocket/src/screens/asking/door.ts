import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { dayNumberInWords, inWords, t } from "../../catalogue/words.ts"
import { button, link, note, page, paragraphs } from "../../ui/page.ts"
import type { Place, View } from "../../ui/view.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"

const GIVES_NO_MORE = ["card-used-up", "card-unknown"]

/** Which screen "Talk to a peer" opens for this pocket; "talk" itself is the one that has no card yet. */
export function talkLeadsTo({ state }: View): Place {
  if (state === undefined) return "talk"
  if (state.tab === "elsewhere") return "elsewhere"
  if (state.asking !== undefined) return "waiting"
  if (state.device === "unasked") return "device"
  // A talk that goes on is no question of who could be asked next.
  if (state.talks.some((talk) => talk.state === "open" && !talk.asleep)) return "talks"
  if (state.opensLater !== undefined && state.program !== undefined) return "talk"
  return state.card === "held" ? "limits" : "talk"
}

/** Another window does the work: this one can take it over. */
export function elsewhere(view: View): TemplateResult {
  return page(view, t("elsewhere.title"), [html`<p class="lead">${t("elsewhere.text")}</p>`, linesThatAnswer(view)], [
    button(view, t("elsewhere.here"), () => { view.act((pocket) => pocket.useHere(), () => { view.go("talk") }) }),
  ])
}

/** While the program does not answer yet, or not any more, in a sentence; nothing once it does. */
export function notYet({ state }: View): TemplateResult | typeof nothing {
  if (state?.opensLater === undefined) return nothing
  const { on, nobody } = state.opensLater
  if (nobody === true) return html`<p class="lead">${t("notyet.nobody")}</p>`
  return html`<p class="lead">${on === undefined ? t("notyet.somewhen") : t("notyet.on", { day: dayNumberInWords(on) })}</p>`
}

/** Without a card, or with one that has no pass left: never a refusal, but the lines that answer and where the next card lies. */
export function noCard(view: View): TemplateResult {
  if (view.state?.opensLater !== undefined && view.state.program !== undefined) return closed(view)
  return page(
    view,
    t("nocard.title"),
    [
      notYet(view),
      html`<p class="lead">${t(view.state?.card === "used-up" ? "nocard.used-up" : "nocard.lead")}</p>`,
      linesThatAnswer(view),
      nextCard(view),
      view.pocket === undefined ? html`<noscript><p class="hint">${t("nocard.script")}</p></noscript>` : html`<p><a href="#invitation">${t("nocard.invitation")}</a></p>`,
    ],
    view.pocket === undefined ? [] : [link("card", t("nocard.card"), "first"), link("back", t("nocard.back"))],
  )
}

/** A program that does not answer yet: the lines do, and whoever is to be a peer goes on. */
function closed(view: View): TemplateResult {
  return page(view, t("nocard.title"), [notYet(view), html`<p>${t(view.state?.opensLater?.nobody === true ? "notyet.back" : "notyet.lines")}</p>`, linesThatAnswer(view), html`<p><a href="#invitation">${t("nocard.invitation")}</a></p>`], view.state?.card === "none" ? [link("card", t("nocard.card"))] : [])
}

/** Where the desk gives nothing for this card any more: the lines, and where another lies. */
export function anotherCard(view: View): TemplateResult | typeof nothing {
  if (!GIVES_NO_MORE.includes(view.problem)) return nothing
  return html`${linesThatAnswer(view)}${nextCard(view)} ${view.place === "card" ? nothing : link("card", t("nocard.card"))}`
}

/** Where the next card lies. */
export function nextCard({ state }: View): TemplateResult {
  const place = state?.program?.cardPlace
  return html`<h2>${t("nocard.where")}</h2>
    ${paragraphs(t("nocard.where.text"))}
    ${place === undefined ? note(t("nocard.ask")) : note(t("nocard.place", { place: inWords(place) }))}`
}
