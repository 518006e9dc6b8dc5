import type { TemplateResult } from "lit-html"
import { html, svg } from "lit-html"

/** A shelter made by leaning one thing on another: the house's sign, drawn large. */
export function leanTo(): TemplateResult {
  return html`<svg class="lean-to" viewBox="0 0 360 200" aria-hidden="true" focusable="false">
    <circle class="glow" cx="214" cy="150" r="46" />
    <g class="stars">
      <circle cx="34" cy="40" r="1.6" /><circle cx="84" cy="74" r="1.2" /><circle cx="120" cy="22" r="1.8" />
      <circle cx="176" cy="52" r="1.2" /><circle cx="318" cy="70" r="1.4" /><circle cx="340" cy="26" r="1.8" />
    </g>
    <g class="strokes">
      <path d="M8 176h344" />
      <path d="M276 176C274 128 272 84 276 20" />
      <path d="M275 74c14-10 22-20 26-34M275 54c-10-6-16-12-20-22" />
      <path class="roof" d="M96 176 282 62" />
      <path d="M132 176 274 84M168 176l104-68M206 176l66-42" />
      <path d="M120 176c2-12 6-18 14-24M150 176c1-22 8-38 18-48M186 176c0-32 8-56 22-72M226 176c-2-44 4-72 16-92" />
    </g>
    <g class="fire">
      <path d="M206 176c-8-6-8-16 0-22 1 5 3 7 6 8 0-8 3-13 8-17 0 8 8 12 8 21 0 5-3 8-6 10z" />
      <path d="m196 178 34-5M198 172l32 7" />
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
