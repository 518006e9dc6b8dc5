import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import type { Key } from "../../catalogue/words.ts"
import { t } from "../../catalogue/words.ts"
import type { KeptCard } from "../../contract.ts"
import { textField } from "../../ui/fields.ts"
import { button, link, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { ask } from "../asking/request.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"
import { withoutWords } from "./withoutwords.ts"

const REACH_KEYS: Readonly<Record<KeptCard["reach"], Key>> = {
  "on-duty": "peer.on-duty",
  listed: "kept.listed",
  away: "kept.away",
  apart: "kept.apart",
  gone: "kept.gone",
  changed: "kept.changed",
  unknown: "kept.unknown",
}

/** The peers whom this officer kept, by names of their own; what the program's list says of each today, and what to do instead. */
export function kept(view: View): TemplateResult {
  const all = view.state?.kept ?? []
  if (view.state?.vault === "locked") return page(view, t("kept.title"), html`<p class="lead">${t("kept.locked")}</p>`, [link("unlock", t("unlock.press"), "first")])
  if (all.length === 0) return page(view, t("kept.title"), html`<p class="lead">${t("kept.none")}</p>`, [link("talk", t("talks.again"), "first")])
  const lost = all.some((one) => !canBeAsked(one))
  return page(
    view,
    t("kept.title"),
    [
      html`<p class="lead">${t("kept.lead")}</p>`,
      html`<ul class="peers">
        ${all.map((one) => card(view, one))}
      </ul>`,
      withoutWords(view),
      lost ? linesThatAnswer(view) : nothing,
    ],
    [link("talk", t("kept.another"))],
  )
}

/** Whether asking may be tried: where no list says otherwise, asking fetches the newest one first. */
export function canBeAsked({ reach }: KeptCard): boolean {
  return reach === "on-duty" || reach === "listed" || reach === "unknown"
}

function card(view: View, one: KeptCard): TemplateResult {
  return html`<li class="peer">
    <div>
      <h2>${one.name}</h2>
      ${one.handle === one.name ? nothing : html`<p class="by">${t("kept.handle", { handle: one.handle })}</p>`}
    </div>
    <p class=${one.reach === "on-duty" ? "on-duty" : ""}>${t(REACH_KEYS[one.reach], { handle: one.handle })}</p>
    ${askButton(view, one)} ${view.memory.kept.open === one.id ? changing(view, one) : change(view, one)}
  </li>`
}

// The five plain lines come first here too, as before every first word.
function askButton(view: View, { id, name, handle, reach, other }: KeptCard): TemplateResult | typeof nothing {
  if (view.state?.asking !== undefined) return nothing
  if (reach === "changed" && other !== undefined) return button(view, t("kept.ask.other", { handle }), () => { ask(view, { chosen: other }) }, "second")
  if (reach === "gone" || reach === "away" || reach === "apart" || reach === "changed") return nothing
  return button(view, t("choose.ask", { handle: name }), () => { view.memory.asking.kept = id; view.go("limits") }, "second")
}

function change(view: View, { id, name }: KeptCard): TemplateResult {
  return html`<div class="choices">
    ${button(view, t("kept.change"), () => { view.memory.kept = { open: id, name, forget: false }; view.focusOn(`name-${id}`) }, "quiet")}
    ${button(view, t("kept.forget"), () => { view.memory.kept = { open: id, name, forget: true }; view.focusOn("confirm") }, "quiet")}
  </div>`
}

function changing(view: View, one: KeptCard): TemplateResult {
  const { memory } = view
  const close = () => { memory.kept = { open: "", name: "", forget: false } }
  const closed = () => { close(); view.refocus() }
  const no = button(view, t("talk.confirm.no"), () => { close(); view.draw() }, "second")
  if (memory.kept.forget) {
    return html`<section class="confirm" aria-labelledby="confirm">
      <h3 id="confirm" tabindex="-1">${t("kept.forget.sure", { name: one.name })}</h3>
      <p>${t("kept.forget.text")}</p>
      ${button(view, t("kept.forget.yes"), () => { view.act((pocket) => pocket.keeping.forget(one.id), closed) })} ${no}
    </section>`
  }
  const save = () => { view.act((pocket) => pocket.keeping.rename(one.id, memory.kept.name), closed) }
  return html`<section class="confirm">
    ${textField({ id: `name-${one.id}`, label: t("talk.keep.name"), hint: t("talk.keep.name.hint"), value: memory.kept.name, change: (name) => { memory.kept.name = name }, enter: save })}
    ${button(view, t("kept.save"), save)} ${no}
  </section>`
}
