import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import type { PocketState } from "../../contract.ts"
import { t } from "../../catalogue/words.ts"
import { icon } from "../../ui/drawings.ts"
import type { Place, View } from "../../ui/view.ts"

type Strip = Readonly<{ to: Place; label: string }>

/** What is under way on this device, each one tap away: someone asking, a request, talks, duty, a locked vault. */
export function standing(view: View): TemplateResult | typeof nothing {
  const strips = view.state === undefined ? [] : stripsOf(view.state)
  if (strips.length === 0) return nothing
  return html`<nav class="strips" aria-label=${t("strip.label")}>
    ${strips.map(({ to, label }) => html`<a class="strip" href=${`#${to}`}><span>${label}</span>${icon("on")}</a>`)}
  </nav>`
}

function stripsOf(state: PocketState): Strip[] {
  const strips: Strip[] = []
  if (state.peer !== undefined && state.peer.rings.length > 0) strips.push({ to: "duty", label: t("strip.ring") })
  if (state.peer?.drill === true && state.peer.rings.length === 0) strips.push({ to: "duty", label: t("strip.drill") })
  if (state.asking !== undefined) strips.push({ to: "waiting", label: t(`strip.asking.${state.asking.sent}`) })
  if (state.talks.some((talk) => talk.state === "open")) strips.push({ to: "talks", label: t("strip.talks") })
  if (state.kept.length > 0 && state.asking === undefined) strips.push({ to: "kept", label: t("strip.kept") })
  if (state.vault === "locked") strips.push({ to: "unlock", label: t("strip.locked") })
  if (state.vault === "unconfirmed") strips.push({ to: "words", label: t("strip.words") })
  if (state.peer?.stage === "vouched" && state.peer.rings.length === 0) strips.push({ to: "duty", label: t("strip.duty") })
  if (state.peer !== undefined && state.peer.stage !== "vouched") strips.push({ to: "duty", label: t(state.peer.stage === "stood-down" ? "duty.stood-down" : "strip.peer") })
  return strips
}
