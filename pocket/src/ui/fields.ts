import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { live } from "lit-html/directives/live.js"

type Field = Readonly<{
  id: string
  label: string
  hint?: string
  value: string
  change: (value: string) => void
}>
export type Choice = Readonly<{ value: string; label: string }>

/** One line of text. Nothing is remembered or corrected by the browser: what is typed here is nobody's to keep. */
export function textField(field: Field & { code?: boolean; enter?: () => void }): TemplateResult {
  return html`<div class="field">
    <label for=${field.id}>${field.label}</label>
    ${hintOf(field)}
    <input
      id=${field.id}
      class=${field.code ? "code" : ""}
      type="text"
      autocomplete="off"
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      aria-describedby=${field.hint === undefined ? nothing : `${field.id}-hint`}
      .value=${live(field.value)}
      @input=${(event: Event) => {
        field.change(typed(event))
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Enter") field.enter?.()
      }}
    />
  </div>`
}

export function textArea(field: Field & { rows?: number }): TemplateResult {
  return html`<div class="field">
    <label for=${field.id}>${field.label}</label>
    ${hintOf(field)}
    <textarea
      id=${field.id}
      rows=${field.rows ?? 4}
      autocomplete="off"
      aria-describedby=${field.hint === undefined ? nothing : `${field.id}-hint`}
      .value=${live(field.value)}
      @input=${(event: Event) => {
        field.change(typed(event))
      }}
    ></textarea>
  </div>`
}

/** One of a few: big chips, each a radio button. */
export function chips(group: { id: string; legend: string; hint?: string; value: string; choices: readonly Choice[]; change: (value: string) => void }): TemplateResult {
  return html`<fieldset class="field">
    <legend>${group.legend}</legend>
    ${hintOf(group)}
    <div class="chips">
      ${group.choices.map(
        (choice) => html`<label class="chip">
          <input
            type="radio"
            name=${group.id}
            value=${choice.value}
            .checked=${live(choice.value === group.value)}
            @change=${() => {
              group.change(choice.value)
            }}
          /><span>${choice.label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`
}

export function tick(box: { id: string; label: string; hint?: string; value: boolean; change: (value: boolean) => void }): TemplateResult {
  return html`<div class="field tick">
    <input
      id=${box.id}
      type="checkbox"
      aria-describedby=${box.hint === undefined ? nothing : `${box.id}-hint`}
      .checked=${live(box.value)}
      @change=${(event: Event) => {
        box.change((event.currentTarget as HTMLInputElement).checked)
      }}
    />
    <label for=${box.id}>${box.label}</label>
    ${hintOf(box)}
  </div>`
}

export function choiceField(field: Field & { choices: readonly Choice[] }): TemplateResult {
  return html`<div class="field">
    <label for=${field.id}>${field.label}</label>
    ${hintOf(field)}
    <select
      id=${field.id}
      aria-describedby=${field.hint === undefined ? nothing : `${field.id}-hint`}
      @change=${(event: Event) => {
        field.change(typed(event))
      }}
    >
      ${field.choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === field.value}>${choice.label}</option>`)}
    </select>
  </div>`
}

function hintOf(field: { id: string; hint?: string }): TemplateResult | typeof nothing {
  return field.hint === undefined ? nothing : html`<p class="hint" id=${`${field.id}-hint`}>${field.hint}</p>`
}

function typed(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value
}
