import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { momentInWords, t } from "../../catalogue/words.ts"
import type { PeerSide, Ring } from "../../contract.ts"
import { textField } from "../../ui/fields.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { handIn } from "./handin.ts"

/** The peer's own screen, by how far they have come: invited, waiting for the vouch, on call, stood down. */
export function duty(view: View): TemplateResult {
  const peer = view.state?.peer
  if (peer === undefined) return page(view, t("duty.title"), html`<p class="lead">${t("duty.none")}</p>`, [link("invitation", t("duty.invitation"))])
  if (peer.stage === "invited") return handIn(view)
  if (peer.stage === "handed-in") return waitingForVouch(view, peer)
  if (peer.stage === "stood-down") return page(view, t("duty.stood-down"), html`<p class="lead">${t("duty.stood-down.text")}</p>`, [link("talks", t("duty.talks"))])
  return onCall(view, peer)
}

function waitingForVouch(view: View, peer: PeerSide): TemplateResult {
  return page(view, t("vouch.title"), [
    html`<p class="lead">${t("vouch.lead")}</p>`,
    html`<ol class="seven six">
      ${peer.words.map((word) => html`<li translate="no">${word}</li>`)}
    </ol>`,
    note(t("vouch.differ")),
    html`<p role="status">${t("vouch.next")}</p>`,
  ], view.state?.vault === "none" ? [link("words", t("card-good.words"), "first")] : [])
}

function onCall(view: View, peer: PeerSide): TemplateResult {
  return page(
    view,
    peer.rings.length > 0 ? t("ring.title") : t("duty.title"),
    [
      html`<div role="status">${peer.rings.map((ring) => ringing(view, ring))}${hushed(peer)}</div>`,
      html`<dl class="duty-state">
        <div><dt>${t("duty.shift")}</dt><dd class=${peer.onDuty ? "is" : ""}>${peer.onDuty ? t("duty.on") : t("duty.off")}</dd></div>
        <div><dt>${t("duty.line")}</dt><dd class=${peer.listening ? "is" : ""}>${peer.listening ? t("duty.listening") : t("duty.deaf")}</dd></div>
      </dl>`,
      peer.listening ? html`<p>${t("duty.open")}</p>` : note(t("duty.deaf.text")),
      html`<h2>${t("duty.shifts")}</h2>`,
      shifts(view, peer),
      html`<p class="hint">${t("duty.free")}</p>`,
    ],
    [link("talks", t("duty.talks")), (view.state?.reminders.length ?? 0) > 0 ? link("reminders", t("reminders.title")) : nothing],
  )
}

function ringing(view: View, ring: Ring): TemplateResult {
  return html`<section class="ring">
    <h2>${t(`ring.${ring.urgency}`)}</h2>
    <p>${t("ring.text")}</p>
    ${textField({
      id: `opening-${ring.request}`,
      label: t("ring.opening"),
      value: view.memory.opening ?? t("ring.opening.words"),
      change: (value) => { view.memory.opening = value },
    })}
    ${button(view, t("ring.here"), () => { claim(view, ring) })}
    ${button(view, t("ring.not-now"), () => { view.act((pocket) => pocket.duty.pass(ring.request)) }, "second")}
  </section>`
}

function claim(view: View, ring: Ring): void {
  const opening = view.memory.opening ?? t("ring.opening.words")
  const before = new Set(view.state?.talks.map(({ id }) => id))
  view.act((pocket) => pocket.duty.claim(ring.request, opening), () => {
    view.memory.opening = undefined
    const begun = view.state?.talks.find(({ id, role }) => role === "peer" && !before.has(id))
    view.memory.talk = { open: begun?.id ?? "", draft: "", confirm: "" }
    view.go(begun === undefined ? "talks" : "one-talk")
  })
}

function hushed(peer: PeerSide): TemplateResult | typeof nothing {
  return peer.hushed === undefined || peer.rings.length > 0 ? nothing : note(t(`hushed.${peer.hushed}`))
}

function shifts(view: View, peer: PeerSide): TemplateResult {
  const coming = peer.shifts.filter(({ until }) => until * 60_000 > view.nowMs)
  if (coming.length === 0) return html`<p>${t("duty.shifts.none")}</p>`
  return html`<ul class="shifts">
    ${coming.map(({ from, until }) => html`<li>${t("duty.shifts.one", { from: momentInWords(from), until: momentInWords(until) })}</li>`)}
  </ul>`
}
