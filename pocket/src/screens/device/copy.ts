import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { dayInWords, t } from "../../catalogue/words.ts"
import { button, note, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { isoDay } from "../back/back.ts"

/** The sealed copy for a new phone: of which day it is, what is in it, and its end. */
export function copyForANewPhone(view: View): TemplateResult | typeof nothing {
  const { memory, state } = view
  if (state?.copy === undefined) return nothing
  const { day } = state.copy
  return html`<h2>${t("copy.title")}</h2>
    <p role="status">${day === undefined ? t(state.card === "none" ? "copy.needs-card" : "copy.waiting") : t("copy.day", { day: dayInWords(isoDay(day)) })}</p>
    ${paragraphs(t("copy.what"))}
    ${state.vault !== "open" ? html`<p>${t("copy.locked")}</p>` : memory.confirm === "copy" ? sure(view) : acts(view)}`
}

function acts(view: View): TemplateResult {
  const { memory } = view
  return html`${button(view, t("copy.renew"), () => { view.act((pocket) => pocket.copying.renew()) }, "second")}
    ${button(view, t("copy.forget"), () => { memory.confirm = "copy"; view.draw() }, "quiet")}`
}

function sure(view: View): TemplateResult {
  const { memory } = view
  return html`${note(t("copy.sure"))}
    ${button(view, t("copy.yes"), () => {
      view.act((pocket) => pocket.copying.forget(), () => { memory.confirm = ""; view.draw() })
    })}
    ${button(view, t("copy.no"), () => { memory.confirm = ""; view.draw() }, "second")}`
}
