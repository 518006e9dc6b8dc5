import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import { t } from "../../catalogue/words.ts"
import { bullets, link, note, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"

/** After a bad call: what to expect, by time. */
export function afterACall(view: View): TemplateResult {
  return page(
    view,
    t("call.title"),
    [
      html`<p class="lead">${t("call.lead")}</p>`,
      html`<h2>${t("call.hours")}</h2>`,
      bullets([t("call.hours.1"), t("call.hours.2"), t("call.hours.3"), t("call.hours.4")]),
      html`<h2>${t("call.days")}</h2>`,
      bullets([t("call.days.1"), t("call.days.2"), t("call.days.3"), t("call.days.4")]),
      html`<h2>${t("call.weeks")}</h2>`,
      bullets([t("call.weeks.1"), t("call.weeks.2"), t("call.weeks.3")]),
      html`<h2>${t("call.month")}</h2>`,
      bullets([t("call.month.1"), t("call.month.2"), t("call.month.3")]),
      html`<h2>${t("call.talk")}</h2>`,
      ...paragraphs(t("call.talk.text")),
      note(t("call.probe")),
    ],
    steps(),
  )
}

/** Sleep for people who work when others sleep. */
export function sleep(view: View): TemplateResult {
  return page(
    view,
    t("sleep.title"),
    [
      html`<p class="lead">${t("sleep.lead")}</p>`,
      html`<h2>${t("sleep.before")}</h2>`,
      bullets([t("sleep.before.1"), t("sleep.before.2"), t("sleep.before.3")]),
      html`<h2>${t("sleep.home")}</h2>`,
      bullets([t("sleep.home.1"), t("sleep.home.2"), t("sleep.home.3"), t("sleep.home.4")]),
      html`<h2>${t("sleep.awake")}</h2>`,
      bullets([t("sleep.awake.1"), t("sleep.awake.2"), t("sleep.awake.3")]),
      html`<h2>${t("sleep.help")}</h2>`,
      ...paragraphs(t("sleep.help.text")),
    ],
    [link("self-breathe", t("sleep.breathe")), link("talk", t("self.peer"))],
  )
}

/** Having someone hold one's guns for a while: own will, own choice of whom. */
export function firearms(view: View): TemplateResult {
  return page(
    view,
    t("guns.title"),
    [
      html`<p class="lead">${t("guns.lead")}</p>`,
      note(t("guns.private")),
      html`<h2>${t("guns.why")}</h2>`,
      ...paragraphs(t("guns.why.text")),
      html`<h2>${t("guns.own")}</h2>`,
      bullets([t("guns.own.1"), t("guns.own.2"), t("guns.own.3"), t("guns.own.4")]),
      html`<h2>${t("guns.duty")}</h2>`,
      ...paragraphs(t("guns.duty.text")),
      html`<h2>${t("guns.words")}</h2>`,
      html`<ul class="sayings">
        <li>${t("guns.words.1")}</li>
        <li>${t("guns.words.2")}</li>
      </ul>`,
      html`<h2>${t("guns.now")}</h2>`,
      ...paragraphs(t("guns.now.text")),
    ],
    steps(),
  )
}

/** When someone looks into what one did: talk about how one is, not about what happened. */
export function underInvestigation(view: View): TemplateResult {
  return page(
    view,
    t("probe.title"),
    [
      html`<p class="lead">${t("probe.lead")}</p>`,
      html`<h2>${t("probe.why")}</h2>`,
      ...paragraphs(t("probe.why.text")),
      html`<h2>${t("probe.good")}</h2>`,
      bullets([t("probe.good.1"), t("probe.good.2"), t("probe.good.3")]),
      html`<h2>${t("probe.leave")}</h2>`,
      bullets([t("probe.leave.1"), t("probe.leave.2"), t("probe.leave.3")]),
      html`<h2>${t("probe.who")}</h2>`,
      bullets([t("probe.who.1"), t("probe.who.2"), t("probe.who.3"), t("probe.who.4")]),
    ],
    steps(),
  )
}

function steps(): TemplateResult[] {
  return [link("talk", t("self.peer"), "first"), link("find", t("self.lines"))]
}
