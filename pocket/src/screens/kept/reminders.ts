import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Talk } from "../../contract.ts"
import { textField } from "../../ui/fields.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { withoutWords } from "./withoutwords.ts"

/** On a peer's device: nameless people who may come back, each in the peer's own words. */
export function reminders(view: View): TemplateResult {
  const all = view.state?.reminders ?? []
  if (view.state?.vault === "locked") return page(view, t("reminders.title"), html`<p class="lead">${t("reminders.locked")}</p>`, [link("unlock", t("unlock.press"), "first")])
  return page(view, t("reminders.title"), [
    html`<p class="lead">${all.length === 0 ? t("reminders.none") : t("reminders.lead")}</p>`,
    all.length === 0 ? nothing : html`<ul class="reminders">
      ${all.map((one) => html`<li>${reminder(view, one)}</li>`)}
    </ul>`,
    all.length === 0 ? nothing : withoutWords(view),
  ])
}

/** At the head of a talk: that this is somebody from before, or keeps this peer, with the peer's own words to change. */
export function reminded(view: View, { reminder: known }: Talk): TemplateResult | typeof nothing {
  if (known === undefined) return nothing
  const words = known.words === "" ? t("talk.before.none") : known.words
  return html`<section class="reminded" aria-labelledby="reminded">
    <h2 id="reminded">${known.before ? t("talk.before") : t("talk.keeps-you")}</h2>
    ${known.before ? html`<p>${t("talk.before.words", { words })}</p>` : html`<p>${t("talk.keeps-you.text")}</p>`}
    <details ?open=${view.memory.reminder.open === known.id}>
      <summary>${known.words === "" ? t("reminders.write") : t("reminders.change")}</summary>
      ${reminder(view, known)}
    </details>
  </section>`
}

function reminder(view: View, { id, words }: Readonly<{ id: string; words: string }>): TemplateResult {
  const { memory } = view
  const isOpen = memory.reminder.open === id
  const value = () => (memory.reminder.open === id ? memory.reminder.words : words)
  const close = () => { memory.reminder = { open: "", words: "", forget: false }; view.refocus() }
  const save = () => { view.act((pocket) => pocket.keeping.remind(id, value()), close) }
  if (isOpen && memory.reminder.forget) return forgetting(view, id, close)
  return html`${textField({
      id: `reminder-${id}`,
      label: t("reminders.words"),
      hint: t("reminders.words.hint"),
      value: value(),
      change: (text) => { memory.reminder = { open: id, words: text, forget: false } },
      enter: save,
    })}
    <div class="choices">
      ${button(view, t("kept.save"), save, "quiet")}
      ${button(view, t("reminders.forget"), () => { memory.reminder = { open: id, words: value(), forget: true }; view.focusOn("confirm") }, "quiet")}
    </div>`
}

function forgetting(view: View, id: string, close: () => void): TemplateResult {
  return html`<section class="confirm" aria-labelledby="confirm">
    <h3 id="confirm" tabindex="-1">${t("reminders.forget.sure")}</h3>
    ${note(t("reminders.forget.text"))}
    ${button(view, t("kept.forget.yes"), () => { view.act((pocket) => pocket.keeping.forgetReminder(id), close) })}
    ${button(view, t("talk.confirm.no"), close, "second")}
  </section>`
}
