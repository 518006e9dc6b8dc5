import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { ownPath, t } from "../catalogue/words.ts"

/** What stands on the screen when it is hidden: an empty page of notes that says nothing about anything. */
export function neutralPage(open: (event: Event) => void): TemplateResult {
  return html`<main class="neutral" id="main">
    <h1 tabindex="-1">${t("neutral.title")}</h1>
    <p>${t("neutral.empty")}</p>
    <p><a href=${ownPath()} @click=${open}>${t("neutral.open")}</a></p>
  </main>`
}
