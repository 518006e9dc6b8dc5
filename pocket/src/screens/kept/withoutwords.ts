import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { note } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** What is kept, and no seven words yet: said where it is kept. */
export function withoutWords({ state }: View): TemplateResult | typeof nothing {
  if (state?.vault !== "none" && state?.vault !== "unconfirmed") return nothing
  return note(t("kept.without-words"), html`<a href="#words">${t("card-good.words")}</a>`)
}
