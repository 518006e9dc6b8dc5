import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Talk } from "../../contract.ts"
import { button, link } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { mayKeep } from "../kept/keep.ts"
import { heavy } from "../oncall/rest.ts"

/** After a talk: keep this peer, that was enough, or somebody else; none of them asks for a reason. */
export function after(view: View, talk: Talk): TemplateResult | typeof nothing {
  if (talk.role === "peer") return heavy(view, talk)
  return html`<section class="after" aria-labelledby="after">
    <h2 id="after">${t("after.title")}</h2>
    <p>${t("after.text")}</p>
    ${mayKeep(view, talk) ? button(view, t("talk.keep"), () => { view.memory.talk.confirm = "keep"; view.focusOn("confirm") }, "second") : nothing}
    ${talk.kept === undefined ? nothing : link("kept", t("strip.kept"))}
    ${somebodyElse(view, talk)}
    ${link("landing", t("after.enough"))}
  </section>`
}

/** Somebody else, without a reason; while a request is open that one goes on. */
export function somebodyElse(view: View, talk: Talk): TemplateResult | typeof nothing {
  return view.state?.asking === undefined ? button(view, t("after.other"), () => { findAnother(view, talk) }, "second") : nothing
}

function findAnother(view: View, { peer = "" }: Talk): void {
  Object.assign(view.memory.asking, { kept: "", without: peer })
  view.go("limits")
}
