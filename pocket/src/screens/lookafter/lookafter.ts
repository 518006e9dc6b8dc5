import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { icon } from "../../ui/drawings.ts"
import { link, page } from "../../ui/page.ts"
import type { Place, View } from "../../ui/view.ts"

/** What a person can do alone; all of it is in the page itself, so it works without a network. */
export function lookAfter(view: View): TemplateResult {
  const shelves: readonly { place: Place; title: string; hint: string }[] = [
    { place: "self-call", title: t("call.title"), hint: t("call.hint") },
    { place: "self-breathe", title: t("breathe.title"), hint: t("breathe.hint") },
    { place: "self-sleep", title: t("sleep.title"), hint: t("sleep.hint") },
    { place: "self-firearms", title: t("guns.title"), hint: t("guns.hint") },
    { place: "self-investigation", title: t("probe.title"), hint: t("probe.hint") },
  ]
  return page(
    view,
    t("self.title"),
    [
      html`<p class="lead">${t("self.lead")}</p>`,
      html`<nav class="doors plain" aria-label=${t("self.title")}>
        ${shelves.map(
          ({ place, title, hint }) => html`<a class="door" href=${`#${place}`}>
            <span><b>${title}</b> <small>${hint}</small></span>${icon("on")}
          </a>`,
        )}
      </nav>`,
    ],
    [link("talk", t("self.peer"))],
  )
}
