import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { dayInWords, inWords, t } from "../../catalogue/words.ts"
import type { Helpline } from "../../contract.ts"
import us from "../../../../src/leanto/data/helplines/us.json"

/** The lines that are part of the pocket itself, so that no room has to be up to show them. */
export const BUILT_IN: readonly Helpline[] = (us.lines as readonly Helpline[])

/** How far a line can be relied on today. */
export type Standing = "checked" | "read" | "unchecked" | "past"

export function standingOf(line: Helpline, today: string): Standing {
  if (line.status === "to-be-verified") return "unchecked"
  if (line.verifyBy < today) return "past"
  return line.verified === undefined ? "read" : "checked"
}

/** A line as one card: what to press, who answers, and how far it was checked. */
export function lineCard(line: Helpline, today: string): TemplateResult {
  const standing = standingOf(line, today)
  const grey = standing === "unchecked" || standing === "past"
  return html`<li class=${grey ? "line grey" : "line"}>
    <h3>${line.name}</h3>
    <p class="presses">${callLink(line)}${textLink(line)}</p>
    <dl>
      ${fact(t("line.answers"), inWords(line.answers))} ${fact(t("line.for"), inWords(line.for))}
      ${fact(t("line.hours"), inWords(line.hours))} ${fact(t("line.recorded"), inWords(line.recorded))}
      ${fact(t("line.police"), inWords(line.police))}
      ${line.chat === undefined ? nothing : fact(t("line.chat"), line.chat)}
    </dl>
    <p class="check">${checkInWords(line, standing)}</p>
  </li>`
}

/** A line in short: name, who answers, what to press. */
export function shortLine(line: Helpline): TemplateResult {
  return html`<li class="line">
    <h3>${line.name}</h3>
    <p>${inWords(line.answers)}</p>
    <p class="presses">${callLink(line)}${textLink(line)}</p>
  </li>`
}

/** The links of the bar on every screen: the built-in lines one can call or text without thinking. */
export function barLinks(): TemplateResult[] {
  return BUILT_IN.filter((line) => line.builtin && line.call !== undefined).map((line) => {
    const name = shortName(line)
    const text = line.text
    return html`<a class="bar-link" href=${`tel:${line.call ?? ""}`}>${t("bar.call", { name })}</a>
      ${text === undefined ? nothing : html`<a class="bar-link" href=${textAddress(text)}>${t("bar.text", { name })}</a>`}`
  })
}

function callLink({ call, name }: Helpline): TemplateResult | typeof nothing {
  if (call === undefined) return nothing
  const number = numberInWords(call)
  return html`<a class="button second" href=${`tel:${call}`} aria-label=${t("line.call.who", { name, number })}>${t("line.call", { number })}</a>`
}

function textLink({ text, name }: Helpline): TemplateResult | typeof nothing {
  if (text === undefined) return nothing
  const label = text.body === undefined ? t("line.text", { number: text.to }) : t("line.text.word", { number: text.to, word: text.body })
  return html`<a class="button second" href=${textAddress(text)} aria-label=${`${label}, ${name}`}>${label}</a>`
}

function textAddress({ to, body }: { to: string; body?: string }): string {
  return body === undefined ? `sms:${to}` : `sms:${to}?&body=${encodeURIComponent(body)}`
}

function checkInWords(line: Helpline, standing: Standing): string {
  if (standing === "checked") return t("line.checked.yes", { day: dayInWords(line.verified ?? ""), owner: line.owner, until: dayInWords(line.verifyBy) })
  if (standing === "read") return t("line.checked.read", { source: line.source, until: dayInWords(line.verifyBy) })
  if (standing === "past") return t("line.checked.past", { until: dayInWords(line.verifyBy), owner: line.owner })
  return t("line.checked.no")
}

function fact(term: string, text: string): TemplateResult {
  return html`<div><dt>${term}</dt><dd>${text}</dd></div>`
}

function shortName(line: Helpline): string {
  return line.call !== undefined && line.call.length <= 4 ? line.call : line.name
}

/** +18002675463 as people dial and read it: 1-800-267-5463. */
export function numberInWords(call: string): string {
  return call.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "1-$1-$2-$3")
}
