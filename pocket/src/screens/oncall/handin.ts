import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { live } from "lit-html/directives/live.js"
import type { Key } from "../../catalogue/words.ts"
import { languageInWords, t } from "../../catalogue/words.ts"
import { FACE_NAMES, face } from "../../ui/drawings.ts"
import { textArea, textField, tick } from "../../ui/fields.ts"
import { button, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { topicChoices } from "../asking/topics.ts"

/** What a peer may share, each by choice: the kinds of spec/bulletin.md by name. */
const SHARED = [
  { kind: "years", label: "handin.years" },
  { kind: "work", label: "handin.work" },
  { kind: "faith", label: "handin.faith" },
  { kind: "gender", label: "handin.gender" },
  { kind: "region", label: "handin.region" },
] as const satisfies readonly { kind: string; label: Key }[]
const HANDLE_BYTES = 40
const BEEN = "been:"
const LANGUAGE = "language:"
const LANGUAGES = ["en", "es", "ar", "fr", "hmn", "ht", "ko", "pl", "pt", "ru", "tl", "vi", "zh"]

/** How a peer wants to be seen: a handle, a few words, and what they choose to share. All but the handle may stay empty. */
export function handIn(view: View): TemplateResult {
  const me = view.memory.handIn
  return page(
    view,
    t("handin.title"),
    [
      html`<p class="lead">${t("handin.lead")}</p>`,
      note(t("handin.seen")),
      field(me, "handle", "handin.handle", "handin.handle.hint"),
      textArea({ id: "about", label: t("handin.about"), hint: t("handin.about.hint"), value: me["about"] ?? "", change: (value) => { me["about"] = value } }),
      faces(view),
      html`<fieldset class="field">
        <legend>${t("handin.been")}</legend>
        <p class="hint">${t("handin.been.hint")}</p>
        <div class="chips">${topicChoices().map(({ value, label }) => chip(me, BEEN + value, label))}</div>
      </fieldset>`,
      html`<fieldset class="field">
        <legend>${t("handin.languages")}</legend>
        <div class="chips">${LANGUAGES.map((code) => chip(me, LANGUAGE + code, languageInWords(code)))}</div>
      </fieldset>`,
      ...SHARED.map(({ kind, label }) => field(me, kind, label)),
      ticked(view, "veteran", t("handin.veteran")),
    ],
    [button(view, view.busy ? t("handin.making") : t("handin.press"), () => { handOver(view) })],
  )
}

function handOver(view: View): void {
  const me = view.memory.handIn
  const handle = (me["handle"] ?? "").trim()
  if (handle === "" || new TextEncoder().encode(handle).length > HANDLE_BYTES) {
    view.refuse("handle")
    return
  }
  view.act(
    (pocket) => pocket.duty.handIn({ handle, about: (me["about"] ?? "").trim(), items: itemsOf(me) }),
    () => {
      view.memory.handIn = {}
      view.refocus()
    },
  )
}

/** Only what was filled in or ticked. */
export function itemsOf(me: Readonly<Record<string, string>>): { kind: string; text: string }[] {
  return Object.entries(me).flatMap(([name, value]) => {
    const text = value.trim()
    if (text === "" || name === "handle" || name === "about") return []
    if (name.startsWith(BEEN)) return [{ kind: "been", text: name.slice(BEEN.length) }]
    if (name.startsWith(LANGUAGE)) return [{ kind: "language", text: name.slice(LANGUAGE.length) }]
    return [{ kind: name, text }]
  })
}

function field(me: Record<string, string>, name: string, label: Key, hint?: Key): TemplateResult {
  return textField({ id: name, label: t(label), ...(hint === undefined ? {} : { hint: t(hint) }), value: me[name] ?? "", change: (value) => { me[name] = value } })
}

function ticked(view: View, name: string, label: string): TemplateResult {
  const me = view.memory.handIn
  return tick({ id: name, label, value: me[name] === "yes", change: (on) => { me[name] = on ? "yes" : "" } })
}

function chip(me: Record<string, string>, name: string, label: string): TemplateResult {
  return html`<label class="chip">
    <input
      type="checkbox"
      name=${name}
      .checked=${live(me[name] === "yes")}
      @change=${(event: Event) => { me[name] = (event.currentTarget as HTMLInputElement).checked ? "yes" : "" }}
    /><span>${label}</span>
  </label>`
}

function faces(view: View): TemplateResult {
  const me = view.memory.handIn
  return html`<fieldset class="field">
    <legend>${t("handin.drawing")}</legend>
    <div class="chips">
      ${FACE_NAMES.map(
        (name) => html`<label class="chip">
          <input type="radio" name="drawing" value=${name} ?checked=${me["drawing"] === name} @change=${() => { me["drawing"] = name }} />
          <span>${face(name, "")}${t(`drawing.${name}`)}</span>
        </label>`,
      )}
    </div>
  </fieldset>`
}
