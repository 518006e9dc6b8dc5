import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { isKey, t } from "../catalogue/words.ts"
import { icon } from "./drawings.ts"
import { parentOf } from "./parents.ts"
import type { Place, View } from "./view.ts"

export type Part = TemplateResult | typeof nothing

/** A screen as every screen stands: a way back, one heading that takes the focus, the text, and the big buttons at the thumb. */
export function page(view: View, title: string, body: Part | readonly Part[], actions: readonly Part[] = []): TemplateResult {
  return html`<section class="screen">
    ${backLink(view)}
    <h1 tabindex="-1">${title}</h1>
    ${problemNote(view)}
    <div class="body">${body}</div>
    ${actions.length > 0 ? html`<div class="actions">${actions}</div>` : nothing}
  </section>`
}

function backLink(view: View): Part {
  const parent = parentOf(view.place)
  if (parent === undefined) return nothing
  return html`<a class="back" href=${`#${parent}`}>${icon("back")}${t("back")}</a>`
}

/** What was refused and what to do, said once, with the way to the lines. */
export function problemNote(view: View): Part {
  if (view.problem === "") return nothing
  return html`<div class="note problem" role="alert" tabindex="-1" id="problem">
    <p>${problemInWords(view.problem)}</p>
    <p><a href="#find">${t("problem.lines")}</a></p>
  </div>`
}

/** The words for a refusal by its name; one that has none gets the sentence for the unexpected. */
export function problemInWords(problem: string): string {
  const key = `problem.${problem}`
  return t(isKey(key) ? key : "problem.unknown")
}

export function button(view: View, label: string, press: () => void, kind: "first" | "second" | "quiet" = "first"): TemplateResult {
  return html`<button type="button" class=${`button ${kind}`} aria-disabled=${view.busy ? "true" : "false"} @click=${whenIdle(view, press)}>
    ${label}
  </button>`
}

export function link(place: Place, label: string, kind: "first" | "second" | "quiet" = "second"): TemplateResult {
  return html`<a class=${`button ${kind}`} href=${`#${place}`}>${label}</a>`
}

export function note(...lines: readonly (string | TemplateResult)[]): TemplateResult {
  return html`<div class="note">${lines.map((line) => html`<p>${line}</p>`)}</div>`
}

export function paragraphs(...texts: readonly string[]): TemplateResult[] {
  return texts.map((text) => html`<p>${text}</p>`)
}

export function bullets(texts: readonly string[]): TemplateResult {
  return html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`
}

function whenIdle(view: View, press: () => void) {
  return () => {
    if (!view.busy) press()
  }
}
