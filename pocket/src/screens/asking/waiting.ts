import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Asking } from "../../contract.ts"
import { icon } from "../../ui/drawings.ts"
import { textArea } from "../../ui/fields.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { nextCard } from "./door.ts"
import { peersInReach } from "./peers.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"

const STATES = ["not-sent", "received", "seen"] as const

/** Honest waiting: three states that are true, what happens next, and lines that answer from the first second. */
export function waiting(view: View): TemplateResult {
  const asking = view.state?.asking
  if (asking === undefined) return over(view)
  return page(
    view,
    titleOf(asking),
    [
      states(asking),
      html`<div role="status">${expectation(view, asking)}</div>`,
      asking.sent === "not-sent" && view.state?.card === "used-up" ? nextCard(view) : nothing,
      asking.sent === "seen" ? nothing : draft(view, asking),
      asking.sent === "seen" ? nothing : linesThatAnswer(view),
      asking.drawnAtOnce ? html`<p class="hint">${t("waiting.drawn")}</p>` : nothing,
      view.memory.confirm === "cancel" ? sure(view) : nothing,
    ],
    actions(view, asking),
  )
}

/** The request ends when the peer has written: whoever still looks at this screen is led to the talk. */
function over(view: View): TemplateResult {
  const talk = view.state?.talks.findLast(({ role, state }) => role === "officer" && state === "open")
  if (talk !== undefined) return page(view, t("waiting.title.seen"), html`<p class="lead" role="status">${t("waiting.seen.text")}</p>`, [toTalk(view, talk.id)])
  return page(view, t("waiting.none"), html`<p class="lead">${t("waiting.none.text")}</p>`, [link("talk", t("waiting.again"), "first")])
}

function toTalk(view: View, talk: string): TemplateResult {
  return button(view, t("waiting.open"), () => { view.memory.talk.open = talk; view.go("one-talk") })
}

function titleOf(asking: Asking): string {
  if (asking.sent === "seen") return t("waiting.title.seen")
  return asking.nobodyLeft ? t("waiting.title.nobody") : t("waiting.title")
}

function states(asking: Asking): TemplateResult {
  const reached = STATES.indexOf(asking.sent)
  const labels = [reached === 0 ? t("waiting.not-sent") : t("waiting.sent"), t("waiting.received"), t("waiting.seen")]
  return html`<ol class="states">
    ${labels.map(
      (label, index) => html`<li class=${index === reached ? "is" : index < reached ? "was" : "will"} aria-current=${index === reached ? "step" : nothing}>
        ${index < reached || asking.sent === "seen" ? icon("check") : html`<span class="dot" aria-hidden="true"></span>`}<span>${label}</span>
      </li>`,
    )}
  </ol>`
}

function expectation(view: View, asking: Asking): TemplateResult {
  const { state } = view
  const minutes = state?.program?.patienceMinutes[asking.urgency]
  if (asking.sent === "seen") return html`<p class="lead">${t("waiting.seen.text")}</p>`
  if (asking.behindWords) return html`${note(t("waiting.behind-words"))} ${link("unlock", t("unlock.press"), "first")}`
  if (asking.nobodyLeft) return note(t("waiting.nobody"))
  if (asking.sent === "not-sent" && state?.card === "used-up") return note(t("waiting.used-up"), html`<a href="#card">${t("nocard.card")}</a>`)
  if (asking.sent === "not-sent") return html`<p class="lead">${t(state?.offline ? "waiting.offline" : "waiting.sending")}</p>`
  if (asking.late) return note(t("waiting.late"))
  const first = asking.alone ? t("waiting.alone") : dutyInWords(peersInReach(view).filter((peer) => peer.onDuty).length)
  return html`<p class="lead">${first} ${minutes === undefined ? nothing : t("waiting.patience", { time: timeInWords(minutes) })}</p>`
}

function timeInWords(minutes: number): string {
  const wholeHours = minutes >= 120 && minutes % 60 === 0
  return wholeHours ? t("time.hours", { count: minutes / 60 }) : t("time.minutes", { count: minutes })
}

function dutyInWords(count: number): string {
  if (count === 0) return t("waiting.duty.none")
  return count === 1 ? t("waiting.duty.one") : t("waiting.duty.many", { count })
}

function draft(view: View, asking: Asking): TemplateResult {
  return textArea({
    id: "draft",
    label: t("waiting.draft"),
    hint: t("waiting.draft.hint"),
    value: view.memory.draft ?? asking.draft,
    change: (value) => { view.keepDraft(value) },
  })
}

function sure(view: View): TemplateResult {
  return html`<section class="confirm">
    <h2 tabindex="-1" id="confirm">${t("waiting.cancel.sure")}</h2>
    <p>${t("waiting.cancel.text")}</p>
    ${button(view, t("waiting.cancel.yes"), () => {
      view.act((pocket) => pocket.cancelAsking(), () => { view.memory.confirm = ""; view.go("landing") })
    })}
    ${button(view, t("waiting.cancel.no"), () => { view.memory.confirm = ""; view.draw() }, "second")}
  </section>`
}

function actions(view: View, asking: Asking): TemplateResult[] {
  const { talk } = asking
  if (talk !== undefined) {
    return [toTalk(view, talk)]
  }
  const cancel = button(view, t("waiting.cancel"), () => { view.memory.confirm = "cancel"; view.draw() }, "quiet")
  if (view.memory.confirm === "cancel") return []
  if (!asking.alone) return [cancel]
  return [button(view, t("waiting.others"), () => { view.act((pocket) => pocket.ringOthers()) }), cancel]
}
