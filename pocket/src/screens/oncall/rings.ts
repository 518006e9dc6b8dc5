import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { PeerSide, Ring } from "../../contract.ts"
import { textField } from "../../ui/fields.ts"
import { button, note } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** What rings now, a drill, or why it fell silent. */
export function rings(view: View, peer: PeerSide): TemplateResult {
  const isQuiet = peer.rings.length === 0
  return html`<div role="status">
    ${peer.rings.map((ring) => ringing(view, ring))}
    ${isQuiet && peer.drill ? drill(view) : nothing}
    ${isQuiet && !peer.drill && peer.hushed !== undefined ? note(t(`hushed.${peer.hushed}`)) : nothing}
  </div>`
}

/** What the screen is called while something rings. */
export function ringTitle({ rings: [ring], drill: drills }: PeerSide): string | undefined {
  if (ring !== undefined) return ring.backstop ? t("ring.backstop.title") : t("ring.title")
  return drills ? t("drill.title") : undefined
}

function ringing(view: View, ring: Ring): TemplateResult {
  return html`<section class="ring">
    <h2>${t(`ring.${ring.urgency}`)}</h2>
    ${ring.backstop ? html`<p>${t("ring.backstop.text")}</p>` : nothing}
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

function drill(view: View): TemplateResult {
  return html`<section class="ring">
    <p>${t("drill.text")}</p>
    ${button(view, t("drill.here"), () => { view.act((pocket) => pocket.duty.drilled(), () => { view.refocus() }) })}
  </section>`
}
