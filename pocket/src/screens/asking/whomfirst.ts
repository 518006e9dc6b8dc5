import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { KeptCard } from "../../contract.ts"
import { chips } from "../../ui/fields.ts"
import { note } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { canBeAsked } from "../kept/kept.ts"

/** The kept peer whom this request asks first, unless they cannot be asked any more. */
export function keptFirst({ state, memory }: View): KeptCard | undefined {
  return state?.kept.find((one) => one.id === memory.asking.kept && canBeAsked(one))
}

/** The peers whom this officer kept, offered before all else; who cannot be asked is said, not left out. */
export function whomFirst(view: View): TemplateResult | typeof nothing {
  const { state, memory } = view
  if (state?.vault === "locked") return html`<p class="aside"><a href="#unlock">${t("ask.kept.locked")}</a></p>`
  const kept = state?.kept ?? []
  const here = kept.filter(canBeAsked)
  const lost = kept.filter((one) => !canBeAsked(one))
  return html`${here.length === 0
    ? nothing
    : chips({
        id: "kept",
        legend: t("ask.kept"),
        value: memory.asking.kept,
        choices: [...here.map(({ id, name }) => ({ value: id, label: name })), { value: "", label: t("ask.kept.anyone") }],
        change: (value) => { memory.asking.kept = value; view.draw() },
      })}
  ${lost.length === 0 ? nothing : note(t("ask.kept.lost", { names: lost.map(({ name }) => name).join(", ") }), html`<a href="#kept">${t("strip.kept")}</a>`)}`
}
