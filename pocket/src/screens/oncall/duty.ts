import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { momentInWords, t } from "../../catalogue/words.ts"
import type { PeerSide } from "../../contract.ts"
import { chips } from "../../ui/fields.ts"
import { link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { change } from "./change.ts"
import { handIn } from "./handin.ts"
import { endRest } from "./rest.ts"
import { rings, ringTitle } from "./rings.ts"

const ON_DUTY = 0
const HOURS_THERE = [1, 2, 4, 8]

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
    ringTitle(peer) ?? t("duty.title"),
    [
      rings(view, peer),
      spared(view, peer),
      html`<dl class="duty-state">
        <div><dt>${t("duty.shift")}</dt><dd class=${peer.onDuty ? "is" : ""}>${peer.onDuty ? t("duty.on") : t("duty.off")}</dd></div>
        ${peer.backstop ? html`<div><dt>${t("duty.backstop")}</dt><dd class="is">${t("duty.backstop.yes")}</dd></div>` : nothing}
        <div><dt>${t("duty.line")}</dt><dd class=${peer.listening ? "is" : ""}>${peer.listening ? t("duty.listening") : t("duty.deaf")}</dd></div>
      </dl>`,
      peer.unopened ? note(t("duty.unopened")) : nothing,
      peer.listening ? html`<p>${t("duty.open")}</p>` : note(t("duty.deaf.text")),
      unreached(peer),
      showing(view, peer),
      html`<h2>${t("duty.shifts")}</h2>`,
      shifts(view, peer),
      html`<p class="hint">${t("duty.free")}</p>`,
    ],
    [
      link("reached", t("reached.title")),
      link("hours", t("hours.title")),
      link("talks", t("duty.talks")),
      (view.state?.reminders.length ?? 0) > 0 ? link("reminders", t("reminders.title")) : nothing,
    ],
  )
}

/** While the phone stays silent on purpose, and why. */
function spared(view: View, { settings: { restsUntil }, full, untold }: PeerSide): TemplateResult {
  return html`${restsUntil * 60_000 > view.nowMs ? html`${note(t("duty.resting", { moment: momentInWords(restsUntil) }))} ${endRest(view)}` : nothing}
  ${full ? note(t("duty.full")) : nothing}
  ${untold ? html`<p role="status">${t("duty.untold")}</p>` : nothing}`
}

/** Said before a night in which nobody could be woken, and not after it. */
function unreached({ reach: { channels } }: PeerSide): TemplateResult | typeof nothing {
  if (channels.length === 0) return note(t("duty.unreached"))
  return channels.some(({ state }) => state === "gone") ? note(t("duty.gone")) : nothing
}

/** "I'm there" outside the rota, for some hours. */
function showing(view: View, { settings: { availableUntil } }: PeerSide): TemplateResult {
  const isOn = availableUntil * 60_000 > view.nowMs
  return html`${chips({
    id: "there",
    legend: t("duty.there"),
    hint: t("duty.there.hint"),
    value: isOn ? "" : "0",
    choices: [{ value: "0", label: t("duty.there.off") }, ...HOURS_THERE.map((count) => ({ value: `${count}`, label: t("duty.there.hours", { count }) }))],
    change: (hours) => {
      const until = hours === "0" ? 0 : Math.floor(view.nowMs / 60_000) + Number(hours) * 60
      change(view, { availableUntil: until })
    },
  })}
  ${isOn ? html`<p role="status">${t("duty.there.until", { moment: momentInWords(availableUntil) })}</p>` : nothing}`
}

function shifts(view: View, peer: PeerSide): TemplateResult {
  const coming = peer.shifts.filter(({ until, tier }) => tier === ON_DUTY && until * 60_000 > view.nowMs)
  if (coming.length === 0) return html`<p>${t("duty.shifts.none")}</p>`
  return html`<ul class="shifts">
    ${coming.map(({ from, until }) => html`<li>${t("duty.shifts.one", { from: momentInWords(from), until: momentInWords(until) })}</li>`)}
  </ul>`
}
