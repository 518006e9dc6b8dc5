import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { bullets, link, note, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** Coaches the one who worries. It asks nothing about the other person and keeps nothing. */
export function worried(view: View): TemplateResult {
  return page(
    view,
    t("worried.title"),
    [
      html`<p class="lead">${t("worried.lead")}</p>`,
      note(t("worried.private")),
      html`<h2>${t("worried.now")}</h2>`,
      ...paragraphs(t("worried.now.text")),
      html`<h2>${t("worried.say")}</h2>`,
      ...paragraphs(t("worried.say.text")),
      quotes([t("worried.say.1"), t("worried.say.2"), t("worried.say.3"), t("worried.say.4")]),
      html`<h2>${t("worried.ask")}</h2>`,
      ...paragraphs(t("worried.ask.text")),
      quotes([t("worried.ask.1")]),
      ...paragraphs(t("worried.ask.true")),
      html`<h2>${t("worried.yes")}</h2>`,
      bullets([t("worried.yes.stay"), t("worried.yes.listen"), t("worried.yes.guns"), t("worried.yes.line"), t("worried.yes.honest")]),
      html`<h2>${t("worried.not")}</h2>`,
      bullets([t("worried.not.1"), t("worried.not.2"), t("worried.not.3"), t("worried.not.4"), t("worried.not.5")]),
      html`<h2>${t("worried.after")}</h2>`,
      ...paragraphs(t("worried.after.1"), t("worried.after.2")),
    ],
    [link("talk", t("worried.peer"), "first"), link("find", t("worried.lines"))],
  )
}

function quotes(sayings: readonly string[]): TemplateResult {
  return html`<ul class="sayings">
    ${sayings.map((saying) => html`<li>${saying}</li>`)}
  </ul>`
}
