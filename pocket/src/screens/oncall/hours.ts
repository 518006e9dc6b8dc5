import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { momentInWords, t, timeInWords } from "../../catalogue/words.ts"
import type { DutySettings, PeerSide } from "../../contract.ts"
import { chips, choiceField, textField, tick } from "../../ui/fields.ts"
import { button, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { change } from "./change.ts"
import { duty } from "./duty.ts"
import { endRest, resting } from "./rest.ts"

const MOST_TALKS = [1, 2, 3, 5]
const HOURS = Array.from({ length: 24 }, (_, hour) => hour * 60)
const USUAL_NIGHT = { quietFrom: 22 * 60, quietUntil: 7 * 60 }

/** When a peer may be rung, and how they are spared. */
export function hours(view: View): TemplateResult {
  const peer = view.state?.peer
  if (peer?.stage !== "vouched") return duty(view)
  const { settings } = peer
  return page(view, t("hours.title"), [
    html`<p class="lead">${t("hours.lead")}</p>`,
    peer.untold ? html`<p role="status">${t("duty.untold")}</p>` : nothing,
    tick({ id: "reserve", label: t("hours.reserve"), hint: t("hours.reserve.hint"), value: settings.reserve, change: (reserve) => { change(view, { reserve }) } }),
    settings.reserve ? quiet(view, settings) : nothing,
    chips({
      id: "most",
      legend: t("hours.most"),
      hint: t("hours.most.hint"),
      value: `${settings.mostTalks}`,
      choices: [{ value: "0", label: t("hours.most.any") }, ...MOST_TALKS.map((count) => ({ value: `${count}`, label: `${count}` }))],
      change: (most) => { change(view, { mostTalks: Number(most) }) },
    }),
    rest(view, settings),
    html`<h2>${t("hours.nights")}</h2>
      <p>${t("hours.nights.text")}</p>`,
    tick({ id: "keeps-place", label: t("hours.nights.keep"), value: settings.keepsPlace, change: (keepsPlace) => { change(view, { keepsPlace }) } }),
    buddy(view, peer),
  ])
}

function quiet(view: View, { quietFrom, quietUntil }: DutySettings): TemplateResult {
  const isNone = quietFrom === quietUntil
  const times = HOURS.map((minute) => ({ value: `${minute}`, label: timeInWords(minute) }))
  return html`<fieldset class="field">
    <legend>${t("hours.quiet")}</legend>
    <p class="hint">${t("hours.quiet.hint")}</p>
    ${tick({ id: "no-quiet", label: t("hours.quiet.none"), value: isNone, change: (none) => { change(view, none ? { quietFrom: 0, quietUntil: 0 } : USUAL_NIGHT) } })}
    ${isNone ? nothing : choiceField({ id: "quiet-from", label: t("hours.quiet.from"), value: `${quietFrom}`, choices: times, change: (minute) => { change(view, { quietFrom: Number(minute) }) } })}
    ${isNone ? nothing : choiceField({ id: "quiet-until", label: t("hours.quiet.until"), value: `${quietUntil}`, choices: times, change: (minute) => { change(view, { quietUntil: Number(minute) }) } })}
  </fieldset>`
}

function rest(view: View, { restsUntil }: DutySettings): TemplateResult {
  const isResting = restsUntil * 60_000 > view.nowMs
  return html`<section class="stack">
    <h2>${t("hours.rest")}</h2>
    ${isResting ? html`${note(t("duty.resting", { moment: momentInWords(restsUntil) }))} ${endRest(view)}` : html`<p class="hint">${t("hours.rest.hint")}</p>
    ${resting(view, () => { view.draw() })}`}
  </section>`
}

/** A name and a number that never leave this device. */
function buddy(view: View, peer: PeerSide): TemplateResult {
  const known = view.memory.buddy ?? peer.buddy ?? { name: "", number: "" }
  const typed = (part: Partial<typeof known>) => { view.memory.buddy = { ...(view.memory.buddy ?? known), ...part } }
  const done = () => { view.memory.buddy = undefined; view.refocus() }
  if (view.state?.vault === "locked") return html`<section class="stack"><h2>${t("buddy.title")}</h2><p>${t("buddy.locked")}</p></section>`
  return html`<section class="stack">
    <h2>${t("buddy.title")}</h2>
    <p class="hint">${t("buddy.hint")}</p>
    ${textField({ id: "buddy-name", label: t("buddy.name"), value: known.name, change: (name) => { typed({ name }) } })}
    ${textField({ id: "buddy-number", label: t("buddy.number"), value: known.number, change: (number) => { typed({ number }) } })}
    <div class="choices">
      ${button(view, t("buddy.save"), () => { view.act((pocket) => pocket.duty.setBuddy(view.memory.buddy ?? known), done) }, "quiet")}
      ${peer.buddy === undefined ? nothing : button(view, t("buddy.forget"), () => { view.act((pocket) => pocket.duty.setBuddy(undefined), done) }, "quiet")}
    </div>
  </section>`
}
