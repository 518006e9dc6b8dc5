import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { icon } from "../../ui/drawings.ts"
import { button, note, page, paragraphs } from "../../ui/page.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"
import type { View } from "../../ui/view.ts"
import { copyForANewPhone } from "./copy.ts"

/** The first question. Its answer decides what is kept here; it can be changed, and everything here forgotten. */
export function device(view: View): TemplateResult {
  const asked = view.state?.device ?? "unasked"
  return page(
    view,
    t("device.title"),
    [
      copyForANewPhone(view),
      asked === "unasked" ? nothing : forgetEverything(view),
    ],
    [
      answer(t("device.own.press"), t("device.own.text"), () => {
        view.act((pocket) => pocket.chooseDevice("own"), () => { view.go(view.memory.afterDevice) })
      }),
      answer(t("device.shared.press"), t("device.shared.text"), () => {
        view.act((pocket) => pocket.chooseDevice("shared"), () => { view.go("shared") })
      }),
    ],
  )
}

/** What a shared or agency device means, before anything is typed on it. */
export function shared(view: View): TemplateResult {
  return page(
    view,
    t("shared.title"),
    [...paragraphs(t("shared.kept"), t("shared.seen"), t("shared.watched"), t("shared.better")), linesThatAnswer(view)],
    [button(view, t("shared.on"), () => { view.go(view.memory.afterDevice) })],
  )
}

function answer(label: string, text: string, press: () => void): TemplateResult {
  return html`<button type="button" class="door" @click=${press}>
    <span><b>${label}</b> <small>${text}</small></span>${icon("on")}
  </button>`
}

function forgetEverything(view: View): TemplateResult {
  const { memory } = view
  if (memory.confirm !== "forget") {
    return html`<section>
      <h2>${t("forget.title")}</h2>
      <p>${t("forget.text")}</p>
      ${button(view, t("forget.press"), () => { memory.confirm = "forget"; view.draw() }, "quiet")}
    </section>`
  }
  return html`<section class="confirm">
    <h2>${t("forget.sure")}</h2>
    ${note(t("forget.sure.text"))}
    ${button(view, t("forget.yes"), () => {
      view.act((pocket) => pocket.forgetAll(), () => { memory.confirm = ""; view.go("landing") })
    })}
    ${button(view, t("forget.no"), () => { memory.confirm = ""; view.draw() }, "second")}
  </section>`
}
