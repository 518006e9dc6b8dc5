import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { t } from "../../catalogue/words.ts"
import type { Talk } from "../../contract.ts"
import { textArea } from "../../ui/fields.ts"
import { button, note } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** Where words are written. Where the law forbids written words, only a time to call or meet is suggested. */
export function composer(view: View, talk: Talk, leave: TemplateResult): TemplateResult {
  const memory = view.memory.talk
  const written = view.state?.pack?.written_words ?? true
  return html`<div class="composer">
    ${written ? nothing : note(t("limits.unwritten"))}
    ${textArea({
      id: "say",
      label: t("talk.write"),
      value: memory.draft,
      rows: 2,
      change: (value) => { memory.draft = value },
    })}
    ${button(view, t("talk.send"), () => { send(view, talk) })}
    <div class="composer-row">${button(view, t("talk.propose"), () => { propose(view) }, "quiet")}${leave}</div>
  </div>`
}

function send(view: View, talk: Talk): void {
  const memory = view.memory.talk
  const words = memory.draft.trim()
  if (words === "") return
  view.act((pocket) => pocket.say(talk.id, words), () => {
    memory.draft = ""
    view.draw()
    view.focusOn("say")
  })
}

// A proposal to meet is words like any other: begun here, finished and sent by the person.
function propose(view: View): void {
  const memory = view.memory.talk
  memory.draft = memory.draft === "" ? t("talk.propose.words") : `${memory.draft}\n${t("talk.propose.words")}`
  view.focusOn("say")
}
