import type { TemplateResult } from "lit-html"
import { html, svg } from "lit-html"

/** A shelter made by leaning one thing on another: the house's sign, drawn large. */
export function leanTo(): TemplateResult {
  return html`<svg class="lean-to" viewBox="0 0 360 200" aria-hidden="true" focusable="false">
    <circle class="glow" cx="213" cy="160" r="42" />
    <g class="stars">
      <circle cx="34" cy="40" r="1.6" /><circle cx="84" cy="74" r="1.2" /><circle cx="120" cy="22" r="1.8" />
      <circle cx="176" cy="52" r="1.2" /><circle cx="318" cy="70" r="1.4" /><circle cx="340" cy="26" r="1.8" />
    </g>
    <g class="strokes">
      <path d="M8 176h344" />
      <path d="M278 176c-3-52-4-102 0-160M277 60c12-8 20-17 25-31M276 40c-8-6-13-12-16-21" />
      <path class="roof" d="M62 176 292 54" />
      <path d="M94 176 277 79M74 170v6M104 154v17M134 138v17M164 122v17M194 106v17M224 90v17M254 74v17" />
    </g>
    <g class="people">
      <circle cx="171" cy="143" r="6.5" />
      <path d="M160 176c0-15 3-23 10-23 8 0 11 7 12 14M168 176c3-8 8-11 18-10" />
      <circle cx="246" cy="143" r="6.5" />
      <path d="M257 176c0-15-3-23-10-23-8 0-11 7-12 14M249 176c-3-8-8-11-18-10" />
    </g>
    <g class="fire">
      <path d="M208 173c-6-5-6-12 0-18 1 4 2 6 5 6 0-6 2-10 6-13 0 6 6 9 6 16 0 5-3 8-6 9zM199 176h28" />
    </g>
  </svg>`
}

/** The same sign, small, beside the name. */
export function mark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M2 21h20M18 21V3M3 21 20 8M9 21l9-7" />
  </svg>`
}

const ICONS = {
  talk: svg`<path d="M4 5h11v8H9l-4 4v-4H4zM18 9h2v8h-1v3l-3-3h-4"/>`,
  worried: svg`<path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20c0-4 2-6 5-6s5 2 5 6M17 8v5M17 16.5v.5"/>`,
  self: svg`<path d="M12 20c-5-4-8-7-8-11a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 4-3 7-8 11z"/>`,
  find: svg`<path d="M12 3v18M12 6h6l2 2.500-2 2.500h-6M12 12H6l-2 2.500L6 17h6"/>`,
  phone: svg`<path d="M5 4h4l2 5-2.500 2c1 2 2.500 3.500 4.500 4.500L15 13l5 2v4c0 1-1 1-1 1C11 20 4 13 4 5c0-1 1-1 1-1z"/>`,
  hide: svg`<path d="M3 3l18 18M10.500 6.200A9 9 0 0 1 12 6c5 0 8 4 9 6a14 14 0 0 1-3 3.600M6.500 7.500A13 13 0 0 0 3 12c1 2 4 6 9 6a9 9 0 0 0 4-1"/>`,
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  on: svg`<path d="M9 5l7 7-7 7"/>`,
  check: svg`<path d="M5 13l5 5L20 6"/>`,
} as const

export type Icon = keyof typeof ICONS

export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${ICONS[name]}</svg>`
}

/** Drawings a peer may choose to be known by; the names travel in the bulletin. */
const FACES = {
  oak: svg`<path d="M12 21v-8M12 16l4-3M8 13a4 4 0 0 1-1-7 5 5 0 0 1 10 0 4 4 0 0 1-1 7z"/>`,
  ridge: svg`<path d="M2 19 8 8l4 6 3-4 7 9z"/>`,
  river: svg`<path d="M3 8c3-2 6 2 9 0s6-2 9 0M3 13c3-2 6 2 9 0s6-2 9 0M3 18c3-2 6 2 9 0s6-2 9 0"/>`,
  lamp: svg`<path d="M9 18h6M10 21h4M9 15a6 6 0 1 1 6 0v2H9z"/>`,
  boat: svg`<path d="M3 16h18l-3 4H6zM11 13V4l7 9zM9 13V7l-4 6z"/>`,
  bird: svg`<path d="M3 8c4-2 7 0 9 5 2-5 5-7 9-5M12 13v3"/>`,
} as const

export type Face = keyof typeof FACES
export const FACE_NAMES = Object.keys(FACES) as Face[]

/** A peer's drawing, or the first letter of the handle. */
export function face(name: string | undefined, handle: string): TemplateResult {
  const drawn = FACE_NAMES.find((known) => known === name)
  return html`<span class="face" aria-hidden="true">
    ${drawn ? html`<svg viewBox="0 0 24 24" focusable="false">${FACES[drawn]}</svg>` : handle.slice(0, 1).toLocaleUpperCase()}
  </span>`
}
