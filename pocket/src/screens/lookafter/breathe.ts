import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { link, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** A slow breath and five senses. The moving line starts only when asked, and not at all where motion is unwelcome. */
export function breathe(view: View): TemplateResult {
  return page(
    view,
    t("breathe.title"),
    [
      html`<p class="lead">${t("breathe.lead")}</p>`,
      html`<h2>${t("breathe.how")}</h2>`,
      numbered([t("breathe.how.1"), t("breathe.how.2"), t("breathe.how.3"), t("breathe.how.4")]),
      guide(),
      html`<h2>${t("breathe.ground")}</h2>`,
      ...paragraphs(t("breathe.ground.lead")),
      numbered([t("breathe.ground.1"), t("breathe.ground.2"), t("breathe.ground.3"), t("breathe.ground.4"), t("breathe.ground.5")]),
      ...paragraphs(t("breathe.stop")),
    ],
    [link("talk", t("self.peer"))],
  )
}

function guide(): TemplateResult {
  return html`<div class="breath">
    <div class="field tick">
      <input id="breath-moves" type="checkbox" /><label for="breath-moves">${t("breathe.move")}</label>
    </div>
    <div class="breath-stage" aria-hidden="true">
      <svg viewBox="0 0 240 120" focusable="false">
        <path class="ground" d="M10 108h220" /><path class="post" d="M190 108V16" />
        <path class="roof" d="M50 108 190 30" /><circle class="glow" cx="150" cy="86" r="20" />
      </svg>
      <p class="breath-words"><span class="in">${t("breathe.in")}</span> <span class="out">${t("breathe.out")}</span></p>
    </div>
    <p class="hint still">${t("breathe.still")}</p>
  </div>`
}

function numbered(texts: readonly string[]): TemplateResult {
  return html`<ol>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ol>`
}
