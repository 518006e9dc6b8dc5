import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Talk } from "../../contract.ts"
import { button, link } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { mayKeep } from "../kept/keep.ts"

/** After a talk: keep this peer, that was enough, or somebody else; none of them asks for a reason. */
export function after(view: View, talk: Talk): TemplateResult | typeof nothing {
  if (talk.role === "peer") return nothing
  return html`<section class="after" aria-labelledby="after">
    <h2 id="after">${t("after.title")}</h2>
    <p>${t("after.text")}</p>
    ${mayKeep(view, talk) ? button(view, t("talk.keep"), () => { view.memory.talk.confirm = "keep"; view.focusOn("confirm") }, "second") : nothing}
    ${talk.kept === undefined ? nothing : link("kept", t("strip.kept"))}
    ${view.state?.asking === undefined ? button(view, t("after.other"), () => { someoneElse(view, talk) }, "second") : nothing}
    ${link("landing", t("after.enough"))}
  </section>`
}

function someoneElse(view: View, { peer = "" }: Talk): void {
  Object.assign(view.memory.asking, { kept: "", without: peer })
  view.go("limits")
}
