import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { momentInWords, t } from "../../catalogue/words.ts"
import type { Talk } from "../../contract.ts"
import { icon } from "../../ui/drawings.ts"
import { link, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** The talks on this device, by the other's name alone: no words are shown before one is opened. */
export function talks(view: View): TemplateResult {
  const all = view.state?.talks ?? []
  const again = view.state?.asking === undefined ? link("limits", t("talks.again")) : link("waiting", t("talks.waiting"), "first")
  if (view.state?.vault === "locked") return page(view, t("talks.title"), html`<p class="lead">${t("talks.locked")}</p>`, [link("unlock", t("unlock.press"), "first"), again])
  return page(
    view,
    t("talks.title"),
    all.length === 0 ? html`<p class="lead">${t("talks.none")}</p>` : html`<ul class="talks">
      ${all.map((talk) => html`<li>${opens(view, talk)}</li>`)}
    </ul>`,
    [again],
  )
}

function opens(view: View, talk: Talk): TemplateResult {
  return html`<button
    type="button"
    class="door"
    @click=${() => {
      view.memory.talk = { open: talk.id, draft: "", confirm: "" }
      view.go("one-talk")
    }}
  >
    <span><b>${talk.role === "peer" ? t("talk.someone") : talk.with}</b> <small>${stateInWords(talk)}</small></span>${icon("on")}
  </button>`
}

function stateInWords(talk: Talk): string {
  if (talk.state === "open") return t("talks.open")
  if (talk.state === "burned") return t("talks.burned")
  return talk.vanishesAt === undefined ? t("talks.ended") : t("talks.vanishes", { moment: momentInWords(talk.vanishesAt) })
}
