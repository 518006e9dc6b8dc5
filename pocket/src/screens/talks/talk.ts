import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { momentInWords, t } from "../../catalogue/words.ts"
import type { Line, Talk } from "../../contract.ts"
import { button, link, note, page } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { linesThatAnswer } from "../findhelp/findhelp.ts"
import { keepThisPeer, keptInWords, mayKeep } from "../kept/keep.ts"
import { reminded } from "../kept/reminders.ts"
import { after, somebodyElse } from "./after.ts"
import { composer } from "./composer.ts"
import { talks } from "./list.ts"

/** One talk: begun and ended by an explicit act, burned by either side, words in their own order. */
export function oneTalk(view: View): TemplateResult {
  if (view.state?.vault === "locked") return talks(view)
  const talk = view.state?.talks.find(({ id }) => id === view.memory.talk.open)
  if (talk === undefined) return page(view, t("talks.title"), html`<p class="lead">${t("talk.gone")}</p>`, [link("talks", t("talk.all"), "first")])
  const name = nameOf(talk)
  if (talk.state === "burned") return burned(view, talk, name)
  return page(view, t("talk.title", { name }), [
    html`<p class="aside">${t("talk.people", { name })}</p>`,
    talk.coordinates ? note(t("talk.coordinates", { name })) : nothing,
    reminded(view, talk),
    lines(talk, name),
    talk.state === "ended" ? ended(talk) : nothing,
    talk.state === "ended" && view.memory.talk.confirm === "" ? after(view, talk) : nothing,
    talk.asleep ? asleep(view, talk, name) : left(view, talk, name),
    view.memory.talk.confirm === "" ? writing(view, talk) : confirm(view, talk, view.memory.talk.confirm),
  ])
}

function nameOf(talk: Talk): string {
  return talk.role === "peer" && talk.with === "" ? t("talk.someone") : (talk.kept ?? talk.with)
}

function lines(talk: Talk, name: string): TemplateResult {
  return html`<div class="lines-said" role="log" aria-label=${t("talk.log")} tabindex="0">
    ${talk.lines.length === 0 ? html`<p class="act">${t("talk.empty")}</p>` : talk.lines.map((line) => said(line, talk, name))}
  </div>`
}

function said(line: Line, talk: Talk, name: string): TemplateResult {
  if (line.kind === "begin") return begun(line, talk, name)
  if (line.kind === "keep") return html`<p class="act">${keptInWords(line, talk)}</p>`
  if (line.kind === "end") return html`<p class="act">${line.mine ? t("talk.end.mine") : t("talk.end.theirs", { name })}</p>`
  return html`<div class=${line.mine ? "said mine" : "said"}>
    <p class="by">${line.mine ? t("talk.me") : name}${line.kind === "meet" ? html` <span>${t("talk.meet")}</span>` : nothing}</p>
    <p class="text">${line.text}</p>
    ${line.mine ? html`<p class="sent">${sentInWords(line)}</p>` : nothing}
  </div>`
}

// The talk begins with a sentence of its own; what the peer wrote with it stands below.
function begun(line: Line, talk: Talk, name: string): TemplateResult {
  return html`<p class="act">${line.mine ? t("talk.begin.mine") : t("talk.begin", { name })}</p>
    ${line.text === "" ? nothing : said({ ...line, kind: "words" }, talk, name)}`
}

function sentInWords(line: Line): string {
  if (line.state === "waiting") return t("talk.waiting")
  return line.state === "sent" ? t("talk.sent") : t("talk.seen")
}

function ended(talk: Talk): TemplateResult {
  const until = talk.vanishesAt === undefined ? t("talk.ended") : t("talk.vanishes", { moment: momentInWords(talk.vanishesAt) })
  return talk.role === "officer" ? note(until) : note(until, t("talk.after.peer"))
}

/** Never a promise to send what cannot be sent: what happened, what to do, and lines that answer now. */
function asleep(view: View, talk: Talk, name: string): TemplateResult {
  if (talk.role === "peer") return note(t("talk.asleep.peer"))
  return html`${note(t("talk.asleep"), t("talk.asleep.again", { name }))} ${link("limits", t("talk.asleep.ask"), "first")} ${linesThatAnswer(view)}`
}

// Who left the program is not taken out of a talk; what that changes is said to both.
function left(view: View, talk: Talk, name: string): TemplateResult | typeof nothing {
  if (talk.state !== "open") return nothing
  if (talk.role === "peer") return view.state?.peer?.stage === "stood-down" ? note(t("talk.left.peer")) : nothing
  if (talk.left !== true) return nothing
  return html`${note(t("talk.left", { name }), t("talk.left.law"))} ${somebodyElse(view, talk)} ${linesThatAnswer(view)}`
}

function burned(view: View, talk: Talk, name: string): TemplateResult {
  return page(
    view,
    t("talk.burned"),
    [html`<p class="lead">${t("talk.burned.here")}</p>`, html`<p>${t("talk.burned.there", { name })}</p>`, html`<p>${t("talk.burned.memory")}</p>`],
    [after(view, talk), link("talks", t("talk.all"))],
  )
}

// What one writes with stays at hand, and so do the two ways to leave.
function writing(view: View, talk: Talk): TemplateResult {
  const memory = view.memory.talk
  const endAndBurn = html`<div class="choices">
    ${talk.state === "open" ? button(view, t("talk.end"), () => { memory.confirm = "end"; view.focusOn("confirm") }, "quiet") : nothing}
    ${talk.state === "open" && mayKeep(view, talk) ? button(view, t("talk.keep"), () => { memory.confirm = "keep"; view.focusOn("confirm") }, "quiet") : nothing}
    ${button(view, t("talk.burn"), () => { memory.confirm = "burn"; view.focusOn("confirm") }, "quiet")}
  </div>`
  return talk.state === "open" && !talk.asleep ? composer(view, talk, endAndBurn) : endAndBurn
}

function confirm(view: View, talk: Talk, what: "end" | "burn" | "keep"): TemplateResult {
  const memory = view.memory.talk
  const close = () => { memory.confirm = ""; memory.keepAs = undefined }
  if (what === "keep") return keepThisPeer(view, talk, close)
  const yes = () => {
    view.act((pocket) => (what === "end" ? pocket.endTalk(talk.id) : pocket.burn(talk.id)), () => {
      close()
      view.refocus()
    })
  }
  return html`<section class="confirm" aria-labelledby="confirm">
    <h2 id="confirm" tabindex="-1">${what === "end" ? t("talk.end.sure") : t("talk.burn.sure")}</h2>
    <p>${what === "end" ? t("talk.end.text") : t("talk.burn.text")}</p>
    ${what === "burn" && talk.lines.some(isUnheardKeep) ? note(t("talk.burn.unheard")) : nothing}
    ${button(view, what === "end" ? t("talk.end.yes") : t("talk.burn.yes"), yes)}
    ${button(view, t("talk.confirm.no"), () => { close(); view.draw() }, "second")}
  </section>`
}

function isUnheardKeep({ kind, mine, state }: Line): boolean {
  return kind === "keep" && mine && state !== "seen"
}
