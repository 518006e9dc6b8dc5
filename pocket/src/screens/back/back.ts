import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { DAY_MS } from "../../clock.ts"
import { dayInWords, t } from "../../catalogue/words.ts"
import type { CameBack } from "../../contract.ts"
import { textField } from "../../ui/fields.ts"
import { bullets, button, link, note, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { nextCard } from "../asking/door.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"

/** Somebody who was here before, on another phone: seven words bring back what its copy holds. */
export function back(view: View): TemplateResult {
  const { memory } = view
  const bring = () => {
    view.act(
      async (pocket) => { memory.cameBack = await pocket.copying.comeBack(memory.back) },
      () => {
        memory.back = ""
        view.go("back-good")
      },
    )
  }
  return page(
    view,
    t("back.title"),
    [
      html`<p class="lead">${t("back.lead")}</p>`,
      textField({
        id: "back",
        label: t("words.field"),
        hint: t("words.field.hint"),
        value: memory.back,
        change: (value) => { memory.back = value },
        enter: bring,
      }),
      ...paragraphs(t("back.what")),
      view.state?.device === "shared" ? note(t("back.shared")) : nothing,
      view.problem === "" ? nothing : linesThatAnswer(view),
    ],
    [button(view, view.busy ? t("back.looking") : t("back.press"), bring), link("back-lost", t("back.lost"), "quiet")],
  )
}

/** What came, of which day it is, and what did not. */
export function backGood(view: View): TemplateResult {
  const { cameBack } = view.memory
  if (cameBack === undefined) return back(view)
  return page(
    view,
    t("back-good.title"),
    [
      html`<p class="lead">${t("back-good.day", { day: dayInWords(isoDay(cameBack.day)) })}</p>`,
      bullets(whatCame(cameBack)),
      ...paragraphs(t("back-good.not"), view.state?.device === "own" ? t("back-good.words") : t("back.shared")),
      cameBack.peer ? note(t("back-good.old-phone")) : nothing,
      view.state?.card === "held" ? nothing : nextCard(view),
    ],
    cameBack.peer ? [link("duty", t("duty.title"), "first"), link("talk", t("card-good.talk"))] : [link("talk", t("card-good.talk"), "first")],
  )
}

/** Without the words: what is gone, what still works, and the lines before anything else. */
export function backLost(view: View): TemplateResult {
  return page(
    view,
    t("back-lost.title"),
    [
      html`<p class="lead">${t("back-lost.lead")}</p>`,
      ...paragraphs(t("back-lost.gone"), t("back-lost.card")),
      linesThatAnswer(view),
      nextCard(view),
      html`<h2>${t("back-lost.peer")}</h2>`,
      ...paragraphs(t("back-lost.peer.text")),
    ],
    [link("card", t("nocard.card"), "first"), link("invitation", t("back-lost.invited"), "quiet")],
  )
}

function whatCame({ card, kept, peer }: CameBack): string[] {
  return [...(card ? [t("back-good.card")] : []), ...(kept ? [t("back-good.kept")] : []), ...(peer ? [t("back-good.peer")] : [])]
}

/** A day as the law counts them, as dates are written. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
