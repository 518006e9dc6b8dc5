import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Helpline } from "../../contract.ts"
import { link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { BUILT_IN, lineCard, shortLine, standingOf } from "./helplines.ts"

/** Lines that answer with what is known about each, and an honest word about clinicians. */
export function findHelp(view: View): TemplateResult {
  const today = dayOf(view.nowMs)
  const lines = view.state?.lines ?? BUILT_IN
  const unsure = lines.filter((line) => isUnsure(line, today))
  return page(
    view,
    t("find.title"),
    [
      html`<h2>${t("find.lines")}</h2>`,
      html`<p>${t("find.lines.text")}</p>`,
      list(lines.filter((line) => !isUnsure(line, today)), today),
      unsure.length === 0 ? nothing : html`<h2>${t("find.unsure")}</h2><p>${t("find.unsure.text")}</p>${list(unsure, today)}`,
      html`<h2>${t("find.clinicians")}</h2>`,
      note(t("find.clinicians.none")),
      html`<p>${t("find.clinicians.meanwhile")}</p>`,
    ],
    [link("talk", t("find.peer"))],
  )
}

/** The day by this clock, as data writes it: 2026-11-23. */
export function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10)
}

/** A few lines in short, for a screen that must not leave a person alone. */
export function linesThatAnswer(view: View): TemplateResult {
  const today = dayOf(view.nowMs)
  const lines = (view.state?.lines ?? BUILT_IN).filter((line) => line.builtin && !isUnsure(line, today))
  return html`<section class="answering" aria-labelledby="answering">
    <h2 id="answering">${t("find.answering")}</h2>
    <ul class="lines">
      ${lines.map(shortLine)}
    </ul>
  </section>`
}

function list(lines: readonly Helpline[], today: string): TemplateResult {
  return html`<ul class="lines">
    ${lines.map((line) => lineCard(line, today))}
  </ul>`
}

function isUnsure(line: Helpline, today: string): boolean {
  const standing = standingOf(line, today)
  return standing === "unchecked" || standing === "past"
}
