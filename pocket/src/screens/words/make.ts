import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { textField } from "../../ui/fields.ts"
import { button, link, note, page, paragraphs } from "../../ui/page.ts"
import type { Place, View } from "../../ui/view.ts"

/** Seven words that lock what is kept here: offered, shown once, typed back once. */
export function makeWords(view: View): TemplateResult {
  const { words } = view.memory
  if (words.stage === "back") return typedBack(view)
  if (words.stage === "show") return shown(view)
  return page(
    view,
    t("words.title"),
    [html`<p class="lead">${t("words.lead")}</p>`, note(t("words.lost")), ...paragraphs(t("words.new-phone"), t("words.paper"))],
    [
      button(view, t("words.make"), () => {
        view.act(async (pocket) => {
          words.shown = await pocket.makeVault()
          words.stage = "show"
        }, () => { view.refocus() })
      }),
      link(next(view), t("words.later"), "quiet"),
    ],
  )
}

// A peer who has just handed in goes on there; an officer goes on to a peer.
function next(view: View): Place {
  return view.state?.peer === undefined ? "talk" : "duty"
}

function shown(view: View): TemplateResult {
  const { words } = view.memory
  return page(
    view,
    t("words.shown"),
    [
      html`<p class="lead">${t("words.shown.lead")}</p>`,
      html`<ol class="seven">
        ${words.shown.map((word) => html`<li translate="no">${word}</li>`)}
      </ol>`,
      note(t("words.lost")),
    ],
    [button(view, t("words.written"), () => { words.stage = "back"; view.refocus() })],
  )
}

function typedBack(view: View): TemplateResult {
  const { words } = view.memory
  const confirm = () => {
    view.act((pocket) => pocket.confirmWords(words.typed), () => {
      view.memory.words = { shown: [], stage: "offer", typed: "" }
      view.go(next(view))
    })
  }
  return page(
    view,
    t("words.back"),
    [
      html`<p class="lead">${t("words.back.lead")}</p>`,
      textField({
        id: "words",
        label: t("words.field"),
        hint: t("words.field.hint"),
        value: words.typed,
        change: (value) => { words.typed = value },
        enter: confirm,
      }),
    ],
    [
      button(view, t("words.confirm"), confirm),
      button(view, t("words.again"), () => { words.stage = "show"; view.refocus() }, "quiet"),
    ],
  )
}
