import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { ownPath, reviewed, spoken, t } from "../catalogue/words.ts"
import { barLinks } from "../screens/findhelp/helplines.ts"
import { icon, mark } from "./drawings.ts"
import type { View } from "./view.ts"

/** Everything around a screen: the lines that answer, hide, the screen itself, the small print. */
export function shell(view: View, screen: TemplateResult): TemplateResult {
  return html`
    <a class="skip" href="#main">${t("skip")}</a>
    <header class="bar">
      <nav class="bar-lines" aria-label=${t("bar.label")}>${barLinks()}</nav>
      <a class="hide" href=${ownPath("notes.html")} @click=${hide(view)}>${icon("hide")}<span>${t("hide")}</span></a>
    </header>
    <main id="main" tabindex="-1">
      ${amiss(view)}${ringing(view)}
      ${screen}
    </main>
    ${view.place === "one-talk" ? nothing : footer(view)}
  `
}

function footer(view: View): TemplateResult {
  const other = spoken() === "en" ? "es" : "en"
  return html`<footer>
    <p class="brand"><a href="#" aria-label=${t("brand.home")}>${mark()}Leanto</a></p>
    <p>
      <a href="#who">${t("who.link")}</a>
      <a
        href=${other === "es" ? "/es/" : "/"}
        hreflang=${other}
        lang=${other}
        @click=${(event: Event) => {
          event.preventDefault()
          view.changeLanguage()
        }}
        >${other === "es" ? t("language.es") : t("language.en")}</a
      >
    </p>
    ${reviewed() ? nothing : html`<p class="unreviewed">${t("language.unreviewed")}</p>`}
  </footer>`
}

function hide(view: View) {
  return (event: Event) => {
    event.preventDefault()
    view.hide()
  }
}

function amiss({ state }: View): TemplateResult | typeof nothing {
  return html`${state?.offline ? html`<p class="strip-note" role="status">${t("offline")}</p>` : nothing}
    ${state?.wrongDate ? html`<p class="strip-note" role="status">${t("wrong-date")}</p>` : nothing}`
}

function ringing({ state, place }: View): TemplateResult | typeof nothing {
  if (place === "duty" || place === "landing" || !state?.peer) return nothing
  const { rings, drill } = state.peer
  if (rings.length === 0 && !drill) return nothing
  return html`<p role="status"><a class="strip" href="#duty"><span>${rings.length > 0 ? t("strip.ring") : t("strip.drill")}</span>${icon("on")}</a></p>`
}
