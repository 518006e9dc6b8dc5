import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { textField } from "../../ui/fields.ts"
import { button, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** A peer's invitation, from its link or typed. On an iPhone the home screen comes first: its storage is apart. */
export function invitation(view: View): TemplateResult {
  const { iphone, installed } = view.device
  if (iphone && !installed && !view.memory.onWithoutInstall) return installFirst(view)
  const enter = () => {
    view.act((pocket) => pocket.duty.enterInvitation(view.memory.invitation), () => {
      view.memory.invitation = ""
      view.go("duty")
    })
  }
  return page(
    view,
    t("invite.title"),
    [
      html`<p class="lead">${t("invite.lead")}</p>`,
      textField({
        id: "invitation",
        label: t("invite.code"),
        hint: t("invite.hint"),
        value: view.memory.invitation,
        code: true,
        change: (value) => { view.memory.invitation = value },
        enter,
      }),
      note(t("invite.own")),
    ],
    [button(view, view.busy ? t("invite.making") : t("invite.press"), enter)],
  )
}

function installFirst(view: View): TemplateResult {
  const code = view.memory.invitation
  return page(
    view,
    t("install.title"),
    [
      html`<p class="lead">${t("install.lead")}</p>`,
      html`<ol>
        <li>${t("install.1")}</li>
        <li>${t("install.2")}</li>
        <li>${t("install.3")}</li>
      </ol>`,
      code === "" ? html`<p>${t("install.code.paper")}</p>` : html`<p>${t("install.code")}</p><p class="code-shown" translate="no">${code}</p>`,
    ],
    [button(view, t("install.anyway"), () => { view.memory.onWithoutInstall = true; view.refocus() }, "quiet")],
  )
}
