import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { choiceField } from "../../ui/fields.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** One's own agency and unit, if one likes: never sent, only used to leave out the wrong peers. */
export function mine(view: View): TemplateResult {
  const agencies = view.state?.program?.agencies ?? []
  const chosen = (view.memory.mine ??= { agency: view.state?.mine.agency ?? "", unit: view.state?.mine.unit ?? "" })
  const units = agencies.find((agency) => agency.id === chosen.agency)?.units ?? []
  return page(
    view,
    t("mine.title"),
    [
      html`<p class="lead">${t("mine.lead")}</p>`,
      note(t("mine.stays")),
      choiceField({
        id: "agency",
        label: t("mine.agency"),
        value: chosen.agency,
        choices: [{ value: "", label: t("mine.unsaid") }, ...agencies.map(({ id, name }) => ({ value: id, label: name }))],
        change: (agency) => { view.memory.mine = { agency, unit: "" }; view.draw() },
      }),
      units.length === 0
        ? nothing
        : choiceField({
            id: "unit",
            label: t("mine.unit"),
            value: chosen.unit,
            choices: [{ value: "", label: t("mine.unsaid") }, ...units.map((unit) => ({ value: unit, label: unit }))],
            change: (unit) => { chosen.unit = unit },
          }),
    ],
    [
      button(view, t("mine.save"), () => {
        const { agency, unit } = chosen
        view.act((pocket) => pocket.setMine({ ...(agency === "" ? {} : { agency }), ...(unit === "" ? {} : { unit }) }), () => {
          view.memory.mine = undefined
          view.go("ask")
        })
      }),
      link("ask", t("mine.skip"), "quiet"),
    ],
  )
}
