import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import type { Key } from "../../catalogue/words.ts"
import { t } from "../../catalogue/words.ts"
import type { Icon } from "../../ui/drawings.ts"
import { icon, leanTo } from "../../ui/drawings.ts"
import type { View } from "../../ui/view.ts"
import { notYet } from "../asking/door.ts"
import { confidentialNotAnonymous } from "../asking/small.ts"
import { standing } from "./standing.ts"

const DOORS = [
  { place: "talk", label: "door.talk", hint: "door.talk.hint" },
  { place: "worried", label: "door.worried", hint: "door.worried.hint" },
  { place: "self", label: "door.self", hint: "door.self.hint" },
  { place: "find", label: "door.find", hint: "door.find.hint" },
] as const satisfies readonly { place: Icon; label: Key; hint: Key }[]

/** Four doors and nothing else; above them only what is already under way on this device. */
export function landing(view: View): TemplateResult {
  return html`<section class="landing">
    <div class="hero">
      ${leanTo()}
      <h1 tabindex="-1">${t("landing.title")}</h1>
      <p class="lead">${t("landing.lead")}</p>
      ${notYet(view)} ${confidentialNotAnonymous(view)}
    </div>
    <div class="entrance">
      ${standing(view)}
      <nav class="doors" aria-label=${t("doors.label")}>
        ${DOORS.map(
          ({ place, label, hint }) => html`<a class="door" href=${`#${place}`}>
            ${icon(place)}<span><b>${t(label)}</b> <small>${t(hint)}</small></span>${icon("on")}
          </a>`,
        )}
      </nav>
      ${view.state?.device === "own" || view.state?.card === "held" ? deviceLink() : nothing}
    </div>
  </section>`
}

function deviceLink(): TemplateResult {
  return html`<p class="aside"><a href="#device">${t("device.link")}</a></p>`
}
