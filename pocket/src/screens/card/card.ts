import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { textField } from "../../ui/fields.ts"
import { button, link, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { anotherCard } from "../asking/door.ts"

/** A card's code, typed in any way that people type. */
export function card(view: View): TemplateResult {
  if (view.busy && view.memory.card === "") return page(view, t("card.reading"), html`<p class="lead">${t("card.known")}</p>`)
  const enter = () => { enterCard(view, view.memory.card) }
  return page(
    view,
    t("card.title"),
    [
      html`<p class="lead">${t("card.lead")}</p>`,
      textField({
        id: "card",
        label: t("card.code"),
        hint: t("card.hint"),
        value: view.memory.card,
        code: true,
        change: (value) => { view.memory.card = value },
        enter,
      }),
      anotherCard(view),
      ...paragraphs(t("card.known")),
    ],
    [button(view, view.busy ? t("card.reading") : t("card.press"), enter), link("back", t("nocard.back"))],
  )
}

/** A card that came as a link needs no typing: it is read as soon as the screen for cards is reached. */
export function useLinkedCard(view: View): void {
  const { linkedCard } = view.memory
  if (linkedCard === "" || view.pocket === undefined) return
  view.memory.linkedCard = ""
  enterCard(view, linkedCard)
}

export function cardGood(view: View): TemplateResult {
  const own = view.state?.device === "own"
  const needsWords = own && view.state.vault === "none"
  return page(
    view,
    t("card-good.title"),
    [html`<p class="lead">${t("card-good.lead")}</p>`, ...paragraphs(own ? t("card-good.own") : t("card-good.shared"))],
    needsWords
      ? [link("words", t("card-good.words"), "first"), link("talk", t("card-good.talk"))]
      : [link("talk", t("card-good.talk"), "first")],
  )
}

// Reads a card and tells the outcome: the next screen when it works, a sentence when it does not.
function enterCard(view: View, text: string): void {
  view.act(
    (pocket) => pocket.enterCard(text),
    () => {
      view.memory.card = ""
      view.go("card-good")
    },
  )
}
