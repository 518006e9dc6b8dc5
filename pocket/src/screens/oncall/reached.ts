import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { dayInWords, t } from "../../catalogue/words.ts"
import type { Channel, ChannelKind, PeerSide, Reach } from "../../contract.ts"
import { chips, textField } from "../../ui/fields.ts"
import { button, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { isoDay } from "../back/back.ts"
import { change } from "./change.ts"
import { duty } from "./duty.ts"

type Typed = Exclude<ChannelKind, "push" | "ntfy">

const MOST = 3
const KINDS = { push: "reached.kind.push", email: "reached.kind.email", ntfy: "reached.kind.ntfy", sms: "reached.kind.sms", call: "reached.kind.call" } as const
const TYPED = {
  email: { label: "reached.email", hint: "reached.email.hint" },
  sms: { label: "reached.sms", hint: "reached.number.hint" },
  call: { label: "reached.call", hint: "reached.number.hint" },
} as const

/** By what a peer's phone is woken while the page is closed: up to three ways in order, each to be tried out. */
export function reached(view: View): TemplateResult {
  const peer = view.state?.peer
  if (peer?.stage !== "vouched") return duty(view)
  const { channels } = peer.reach
  return page(view, t("reached.title"), [
    html`<p class="lead">${t("reached.lead")}</p>`,
    html`<p>${t("reached.says")} ${t("reached.words", { words: t("wake.words") })}</p>`,
    html`<h2>${t("reached.list")}</h2>`,
    channels.length === 0 ? html`<p>${t("reached.none")}</p>` : html`<ol class="ways">
      ${channels.map((channel, place) => html`<li>${way(view, channel, place, peer.reach)}</li>`)}
    </ol>`,
    html`<h2>${t("reached.add")}</h2>`,
    ...adding(view, peer.reach),
    html`<p class="hint">${t("reached.kept")}</p>`,
    drills(view, peer),
  ])
}

function way(view: View, channel: Channel, place: number, { tested, missed }: Reach): TemplateResult {
  const { id, kind, address } = channel
  return html`<section aria-labelledby=${`way-${id}`}>
    <h3 id=${`way-${id}`}>${t(KINDS[kind])}</h3>
    ${address === undefined ? nothing : html`<p class="address" translate="no">${address}</p>`}
    ${kind === "ntfy" && address !== undefined ? html`<p class="hint">${t("reached.ntfy")}</p>` : nothing}
    ${standing(channel)}
    ${tested === id ? didItCome(view, id) : nothing}
    ${missed === id ? note(t(kind === "push" ? "reached.missed.push" : "reached.missed.other")) : nothing}
    <div class="choices">
      ${channel.state === "gone" ? nothing : button(view, t("reached.test"), () => { view.act((pocket) => pocket.duty.reach.test(id)) }, "quiet")}
      ${place === 0 ? nothing : button(view, t("reached.sooner"), () => { view.act((pocket) => pocket.duty.reach.sooner(id)) }, "quiet")}
      ${button(view, t("reached.remove"), () => { view.act((pocket) => pocket.duty.reach.remove(id), () => { view.refocus() }) }, "quiet")}
    </div>
  </section>`
}

/** A dead way is said as such, with what to do; else the last day on which it is known to have worked. */
function standing({ state, reachedDay, deliveredDay }: Channel): TemplateResult {
  if (state === "gone") return note(t("reached.gone"))
  return html`<p>${reachedDay === undefined ? t("reached.untested") : t("reached.seen", { day: dayInWords(isoDay(reachedDay)) })}
    ${deliveredDay === undefined ? nothing : t("reached.delivered", { day: dayInWords(isoDay(deliveredDay)) })}</p>`
}

function didItCome(view: View, id: string): TemplateResult {
  const say = (came: boolean) => () => { view.act((pocket) => pocket.duty.reach.came(id, came)) }
  return html`<div class="note" role="status">
    <p>${t("reached.sent")}</p>
    <div class="choices">${button(view, t("reached.came"), say(true), "quiet")} ${button(view, t("reached.missed"), say(false), "quiet")}</div>
  </div>`
}

function adding(view: View, { channels, offered, push }: Reach): (TemplateResult | typeof nothing)[] {
  if (channels.length >= MOST) return [html`<p>${t("reached.full")}</p>`]
  const iphone = view.device.iphone && !view.device.installed ? note(t("reached.iphone")) : nothing
  if (offered === undefined) return [note(t("reached.list.unread")), button(view, t("reached.again"), () => { view.act((pocket) => pocket.duty.reach.look()) }, "second")]
  const free = offered.filter((kind) => kind !== "push" || (push === "possible" && channels.every((one) => one.kind !== "push")))
  return [
    iphone,
    push === "denied" ? note(t("reached.denied")) : nothing,
    free.includes("push") ? button(view, t("reached.add.push"), () => { view.act((pocket) => pocket.duty.reach.addPush()) }, "second") : nothing,
    free.includes("ntfy") ? button(view, t("reached.add.ntfy"), () => { view.act((pocket) => pocket.duty.reach.addAddress("ntfy", "")) }, "second") : nothing,
    typing(view, free.filter((kind): kind is Typed => kind in TYPED)),
  ]
}

function typing(view: View, kinds: readonly Typed[]): TemplateResult | typeof nothing {
  const typed = view.memory.reached
  const kind = kinds.find((one) => one === typed.kind) ?? kinds[0]
  if (kind === undefined) return nothing
  const { label, hint } = TYPED[kind]
  const add = () => {
    view.act((pocket) => pocket.duty.reach.addAddress(kind, typed.address), () => { view.memory.reached = { kind: "", address: "" }; view.refocus() })
  }
  const choices = kinds.map((value) => ({ value, label: t(KINDS[value]) }))
  return html`${choices.length < 2 ? nothing : chips({ id: "kind", legend: t("reached.add"), value: kind, choices, change: (value) => { typed.kind = value; view.draw() } })}
  ${textField({ id: "address", label: t(label), hint: t(hint), value: typed.address, change: (value) => { typed.address = value }, enter: add })}
  ${button(view, t("reached.add.press"), add, "second")}`
}

function drills(view: View, { settings }: PeerSide): TemplateResult {
  return chips({
    id: "drills",
    legend: t("drills.title"),
    hint: t("drills.hint"),
    value: settings.drills,
    choices: (["none", "by-day", "day-and-night"] as const).map((value) => ({ value, label: t(`drills.${value}`) })),
    change: (value) => { change(view, { drills: value as typeof settings.drills }) },
  })
}
