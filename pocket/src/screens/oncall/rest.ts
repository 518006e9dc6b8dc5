import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Talk } from "../../contract.ts"
import { button, link } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** After a peer's talk: whether it was a heavy one, and a rest if it was. Nothing of this is told with a reason. */
export function heavy(view: View, { id }: Talk): TemplateResult | typeof nothing {
  if (view.state?.peer?.stage !== "vouched") return nothing
  if (view.memory.heavy === id) return html`<section class="after">${ownBuddy(view)}</section>`
  return html`<section class="after" aria-labelledby="heavy">
    <h2 id="heavy" tabindex="-1">${t("heavy.title")}</h2>
    <p>${t("heavy.text")}</p>
    ${resting(view, () => { view.memory.heavy = id; view.refocus() })}
    ${button(view, t("heavy.no"), () => { view.memory.heavy = id; view.refocus() }, "quiet")}
  </section>`
}

/** A day or a week without being rung. */
export function resting(view: View, then: () => void): TemplateResult {
  const rest = (days: number) => () => {
    const restsUntil = Math.ceil(view.nowMs / MINUTE_MS) + days * DAY_MINUTES
    view.act((pocket) => pocket.duty.change({ restsUntil }), then)
  }
  return html`${button(view, t("rest.day"), rest(1), "second")} ${button(view, t("rest.week"), rest(7), "second")}`
}

export function endRest(view: View): TemplateResult {
  return button(view, t("duty.rest.end"), () => { view.act((pocket) => pocket.duty.change({ restsUntil: 0 })) }, "second")
}

function ownBuddy({ state }: View): TemplateResult {
  const buddy = state?.peer?.buddy
  if (buddy === undefined) return html`<p>${t("heavy.buddy")}</p> ${link("hours", t("heavy.buddy.none"))}`
  return html`<p>${t("heavy.buddy")}</p>
    <a class="button second" href=${`tel:${buddy.number.replaceAll(/[^\d+]/g, "")}`}>${t("buddy.call", { name: buddy.name })}</a>`
}
