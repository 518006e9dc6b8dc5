import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { dayInWords, inWords, t } from "../../catalogue/words.ts"
import type { Pack } from "../../contract.ts"
import { bullets, button, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"
import { confidentialNotAnonymous } from "./small.ts"

/** Five plain lines before the first character, from the jurisdiction pack, with its date and who reviewed it. */
export function limits(view: View): TemplateResult {
  const pack = view.state?.pack
  if (pack === undefined) return withoutPack(view)
  return page(
    view,
    t("limits.title"),
    [
      freshness(view),
      confidentialNotAnonymous(view),
      html`<ol class="five">
        ${line(t("limits.reads"), html`<p>${inWords(pack.who_reads)}</p>`)}
        ${line(t("limits.cannot"), html`<p>${inWords(pack.who_cannot)}</p>`)}
        ${line(t("limits.exceptions"), html`<p>${t("limits.exceptions.lead")}</p>${bullets(pack.exceptions.map(inWords))}`)}
        ${line(t("limits.kept"), html`<p>${inWords(pack.kept)}</p>`)}
        ${line(t("limits.therapists"), html`<p>${inWords(pack.not_therapists)}</p>`)}
      </ol>`,
      view.state?.program?.keyPassedOn ? note(t("limits.passed-on")) : nothing,
      pack.written_words ? nothing : note(t("limits.unwritten")),
      origin(pack),
    ],
    [button(view, t("limits.understood"), () => { view.go("ask") })],
  )
}

/** How old the program's list is, when that matters; a list that split in two is said in plain words. */
export function freshness({ state }: View): TemplateResult | typeof nothing {
  const program = state?.program
  if (program === undefined || program.fresh === "fresh") return nothing
  return note(program.fresh === "forked" ? t("fresh.forked") : t("fresh.stale", { days: program.ageDays }))
}

function line(title: string, body: TemplateResult): TemplateResult {
  return html`<li><h2>${title}</h2>${body}</li>`
}

function origin(pack: Pack): TemplateResult {
  const { reviewed } = pack
  return html`<div class="origin">
    <p>${t("limits.place", { place: inWords(pack.place), day: dayInWords(pack.date) })}</p>
    <p>${reviewed === null ? t("limits.unreviewed") : t("limits.reviewed", { by: reviewed.by, day: dayInWords(reviewed.date) })}</p>
    ${pack.law.length === 0
      ? nothing
      : html`<details>
          <summary>${t("limits.law")}</summary>
          ${pack.law.map((law) => html`<p><b>${law.cite}</b></p><p>${inWords(law.text)}</p>`)}
        </details>`}
  </div>`
}

function withoutPack(view: View): TemplateResult {
  return page(view, t("limits.title"), [html`<p class="lead">${t("limits.missing")}</p>`, linesThatAnswer(view)])
}
