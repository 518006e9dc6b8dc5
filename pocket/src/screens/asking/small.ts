import type { TemplateResult } from "lit-html"
import { nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { note } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** In a program of few people, that whoever asks may be guessed; nothing in a larger one. */
export function confidentialNotAnonymous({ state }: View): TemplateResult | typeof nothing {
  return state?.program?.small === true ? note(t("small.words")) : nothing
}
