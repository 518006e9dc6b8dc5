import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Line, Talk } from "../../contract.ts"
import { textField } from "../../ui/fields.ts"
import { button } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { withoutWords } from "./withoutwords.ts"

/** Whether this officer may keep the peer of this talk: on a shared device it would be gone with the page. */
export function mayKeep({ state }: View, talk: Talk): boolean {
  return talk.role === "officer" && talk.state !== "burned" && talk.kept === undefined && state?.device === "own"
}

/** Under which name, and what the peer comes to know of it. */
export function keepThisPeer(view: View, talk: Talk, close: () => void): TemplateResult {
  const memory = view.memory.talk
  const name = () => memory.keepAs ?? talk.with
  const keep = () => {
    view.act((pocket) => pocket.keeping.keep(talk.id, name()), () => { close(); view.refocus() })
  }
  return html`<section class="confirm" aria-labelledby="confirm">
    <h2 id="confirm" tabindex="-1">${t("talk.keep.sure")}</h2>
    <p>${t("talk.keep.text", { handle: talk.with })}</p>
    ${textField({ id: "keep-as", label: t("talk.keep.name"), hint: t("talk.keep.name.hint"), value: name(), change: (text) => { memory.keepAs = text }, enter: keep })}
    ${withoutWords(view)}
    ${button(view, t("talk.keep.yes"), keep)}
    ${button(view, t("talk.confirm.no"), () => { close(); view.draw() }, "second")}
  </section>`
}

/** In the talk itself: that it was kept, and by whom. */
export function keptInWords(line: Line, talk: Talk): string {
  if (!line.mine) return t("talk.kept.theirs")
  const said = talk.kept === undefined ? t("talk.kept.forgotten") : t("talk.kept", { name: talk.kept })
  return line.state === "seen" ? said : `${said} ${t("talk.kept.unheard")}`
}
