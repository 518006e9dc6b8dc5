import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Asking } from "../../contract.ts"
import { icon } from "../../ui/drawings.ts"
import { textArea } from "../../ui/fields.ts"
import { button, link, page } from "../../ui/page.ts"
import type { Part } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { nextCard } from "./door.ts"
import { expectation } from "./expectation.ts"
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
      html`<div role="status" class="told">${expectation(view, asking)}</div>`,
      asking.sent === "not-sent" && view.state?.card === "used-up" ? nextCard(view) : nothing,
      asking.sent === "seen" ? nothing : draft(view, asking),
      asking.sent === "seen" ? nothing : linesThatAnswer(view),
      asking.drawnAtOnce ? html`<p class="hint">${t("waiting.drawn")}</p>` : nothing,
      view.memory.confirm === "cancel" ? sure(view) : view.memory.confirm === "leave" ? leaving(view) : nothing,
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
  if (asking.stays === "left-word") return t("waiting.title.left")
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

/** What leaving word means, before it is done. */
function leaving(view: View): TemplateResult {
  return html`<section class="confirm">
    <h2 tabindex="-1" id="confirm">${t("waiting.leave.sure")}</h2>
    <p>${t("waiting.leave.text")}</p>
    ${button(view, t("waiting.leave.yes"), () => {
      view.act((pocket) => pocket.leaveWord(), () => { view.memory.confirm = ""; view.refocus() })
    })}
    ${button(view, t("waiting.leave.no"), () => { view.memory.confirm = ""; view.draw() }, "second")}
  </section>`
}

function actions(view: View, asking: Asking): Part[] {
  const { talk } = asking
  if (talk !== undefined && asking.sent === "seen") return [toTalk(view, talk)]
  if (view.memory.confirm === "cancel" || view.memory.confirm === "leave") return []
  const cancel = button(view, t("waiting.cancel"), () => { view.memory.confirm = "cancel"; view.focusOn("confirm") }, "quiet")
  return [...ways(view, asking), cancel]
}

/** What else one may do: let others ring, talk to whoever answers now, wait in peace, or come back another time. Each has its own place: one that
 * comes or goes while a finger is down must not turn another into something else under it. */
function ways(view: View, asking: Asking): Part[] {
  const others = button(view, t("waiting.others"), () => { view.act((pocket) => pocket.ringOthers()) })
  const wait = button(view, t("waiting.wait"), () => { view.act((pocket) => pocket.waitOn(), () => { view.refocus() }) }, "second")
  const leave = button(view, t("waiting.leave"), () => { view.memory.confirm = "leave"; view.focusOn("confirm") }, "second")
  // On a shared device words that wait are gone with the page.
  const mayLeave = asking.stays !== "left-word" && !asking.taken && view.state?.device === "own"
  return [
    asking.alone ? others : nothing,
    asking.handOver ? link("handover", t("waiting.hand-over.go"), asking.alone ? "second" : "first") : nothing,
    asking.stays === undefined ? wait : nothing,
    mayLeave ? leave : nothing,
  ]
}
