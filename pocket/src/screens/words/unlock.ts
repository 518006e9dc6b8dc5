import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { textField } from "../../ui/fields.ts"
import { button, link, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** Opens what is kept here with the seven words. Asking for a peer needs none of this, and the screen says so. */
export function unlock(view: View): TemplateResult {
  const open = () => {
    view.act((pocket) => pocket.unlock(view.memory.unlock), () => {
      view.memory.unlock = ""
      view.go(view.state?.peer === undefined ? "talks" : "duty")
    })
  }
  return page(
    view,
    t("unlock.title"),
    [
      textField({
        id: "unlock",
        label: t("words.field"),
        hint: t("words.field.hint"),
        value: view.memory.unlock,
        change: (value) => { view.memory.unlock = value },
        enter: open,
      }),
      ...paragraphs(t("unlock.ask"), t("unlock.lost")),
      html`<p><a href="#device">${t("unlock.forget")}</a></p>`,
    ],
    [button(view, view.busy ? t("unlock.opening") : t("unlock.press"), open), link("limits", t("unlock.without"))],
  )
}
