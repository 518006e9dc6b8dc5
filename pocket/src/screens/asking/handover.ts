import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"

/** Who answers while no peer does: which lines, one sentence to begin with, and what becomes of the request meanwhile. */
export function handOver(view: View): TemplateResult {
  const rings = view.state?.asking !== undefined
  return page(
    view,
    t("handover.title"),
    [
      html`<p class="lead">${t("handover.lead")}</p>`,
      html`<h2>${t("handover.say")}</h2>${note(t("handover.sentence"))}`,
      linesThatAnswer(view),
      html`<p class="aside"><a href="#find">${t("handover.more")}</a></p>`,
      rings ? html`<p>${t("handover.rings")}</p>` : nothing,
    ],
    rings ? [link("waiting", t("handover.back"), "first"), button(view, t("waiting.cancel"), () => { end(view) }, "quiet")] : [link("talk", t("waiting.again"), "first")],
  )
}

function end(view: View): void {
  view.go("waiting")
  view.memory.confirm = "cancel"
  view.focusOn("confirm")
}
