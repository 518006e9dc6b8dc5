import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Asking } from "../../contract.ts"
import { link, note } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { onDuty, shows, timeInWords, usuallyInWords } from "./duty.ts"

/** What is true while somebody waits, in a sentence or two. It changes when the truth does, and says nothing that the pocket cannot know. */
export function expectation(view: View, asking: Asking): TemplateResult {
  if (asking.sent === "seen") return seen(view, asking)
  if (asking.behindWords) return html`${note(t("waiting.behind-words"))} ${link("unlock", t("unlock.press"), "first")}`
  if (asking.sent === "not-sent") return notSent(view, asking)
  return html`${stays(view, asking)}${asking.taken ? lead(t("waiting.taken")) : ringing(view, asking)}`
}

function seen({ state }: View, asking: Asking): TemplateResult {
  const talk = state?.talks.find(({ id }) => id === asking.talk)
  return html`${lead(t("waiting.seen.text"))}${talk?.coordinates ? note(t("talk.coordinates", { name: talk.with })) : nothing}`
}

function notSent({ state }: View, { refused }: Asking): TemplateResult {
  if (state?.card === "used-up") return note(t("waiting.used-up"), html`<a href="#card">${t("nocard.card")}</a>`)
  if (state?.offline) return lead(t("waiting.offline"))
  if (refused !== undefined) return note(t(refused === "store-full" ? "waiting.refused.full" : "waiting.refused"))
  return lead(t("waiting.sending"))
}

// Whoever waits in peace, or left word, reads first what happens meanwhile.
function stays({ state }: View, asking: Asking): TemplateResult | typeof nothing {
  if (asking.stays === undefined) return nothing
  if (asking.stays === "left-word") return lead(t("waiting.left"))
  return lead(t(state?.device === "own" ? "waiting.waits" : "waiting.waits.shared"))
}

function ringing(view: View, asking: Asking): TemplateResult {
  if (asking.nobodyLeft) return html`${note(t("waiting.nobody"))}${offer(asking)}`
  if (asking.late) return html`${note(t("waiting.late"))}${net(asking)}${offer(asking)}`
  return html`${asking.alone ? lead(t("waiting.alone")) : others(view, asking)}${net(asking)}${offer(asking)}`
}

function others(view: View, asking: Asking): TemplateResult {
  const minutes = view.state?.program?.patienceMinutes[asking.urgency]
  const first = asking.chosen === undefined || asking.stays === "left-word" ? "" : t("waiting.chosen-over")
  const patience = minutes === undefined || asking.handOver ? "" : t("waiting.patience", { time: timeInWords(minutes) })
  const more = [showsInWords(shows(view)), usuallyInWords(view) ?? "", patience].filter((text) => text !== "")
  return html`${lead(`${first} ${dutyInWords(onDuty(view))}`.trim())}${more.map((text) => html`<p>${text}</p>`)}`
}

// At two and three minutes, or from the first second, people who agreed to that are rung too.
function net({ backstops, urgent, handOver }: Asking): TemplateResult | typeof nothing {
  if (backstops === 0) return handOver && !urgent ? html`<p>${t("waiting.still")}</p>` : nothing
  if (urgent && backstops === 1) return html`<p>${t("waiting.net.urgent")}</p>`
  return html`<p>${backstops === 1 ? t("waiting.net.one") : t("waiting.net.many", { count: backstops })}</p>`
}

function offer({ handOver, nobodyLeft, late }: Asking): TemplateResult | typeof nothing {
  return handOver && !nobodyLeft && !late ? note(t("waiting.hand-over")) : nothing
}

function dutyInWords(count: number): string {
  if (count === 0) return t("waiting.duty.none")
  return count === 1 ? t("waiting.duty.one") : t("waiting.duty.many", { count })
}

function showsInWords(count: number): string {
  if (count === 0) return ""
  return count === 1 ? t("waiting.shows.one") : t("waiting.shows.many", { count })
}

function lead(text: string): TemplateResult {
  return html`<p class="lead">${text}</p>`
}
