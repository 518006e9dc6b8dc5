import type { TemplateResult } from "lit-html"
import { html, nothing } from "lit-html"
import { languageInWords, t } from "../../catalogue/words.ts"
import type { PeerCard } from "../../contract.ts"
import { choiceField, tick } from "../../ui/fields.ts"
import { face } from "../../ui/drawings.ts"
import { button, page } from "../../ui/page.ts"
import type { Memory, View } from "../../ui/view.ts"
import { anotherCard } from "./door.ts"
import { fits, peersInReach } from "./peers.ts"
import { ask } from "./request.ts"
import { topicChoices, topicInWords } from "./topics.ts"

/** Peers as they chose to be seen, in the order the pocket shuffled; narrowing down happens here, on the device. */
export function choose(view: View): TemplateResult {
  const peers = peersInReach(view)
  const fitting = peers.filter((peer) => fits(peer, view.memory.filter))
  return page(view, t("choose.title"), [
    anotherCard(view),
    html`<p class="lead">${t("choose.lead")}</p>`,
    filters(view, peers),
    html`<p class="count" role="status">${countInWords(fitting.length)}</p>`,
    html`<ul class="peers">
      ${fitting.map((peer) => peerCard(view, peer))}
    </ul>`,
  ])
}

function filters(view: View, peers: readonly PeerCard[]): TemplateResult {
  const { filter } = view.memory
  const languages = [...new Set(peers.flatMap((peer) => peer.languages))].sort()
  const works = [...new Set(peers.flatMap((peer) => peer.work))].sort()
  const change = (part: Partial<Memory["filter"]>) => {
    Object.assign(filter, part)
    view.draw()
  }
  return html`<details class="filters">
    <summary>${t("choose.filter")}</summary>
    ${choiceField({
      id: "been",
      label: t("choose.been"),
      value: filter.been,
      choices: [{ value: "", label: t("choose.any") }, ...topicChoices()],
      change: (been) => { change({ been }) },
    })}
    ${choiceField({
      id: "work",
      label: t("choose.work"),
      value: filter.work,
      choices: [{ value: "", label: t("choose.any") }, ...works.map((work) => ({ value: work, label: work }))],
      change: (work) => { change({ work }) },
    })}
    ${choiceField({
      id: "language",
      label: t("choose.language"),
      value: filter.language,
      choices: [{ value: "", label: t("choose.any") }, ...languages.map((code) => ({ value: code, label: languageInWords(code) }))],
      change: (language) => { change({ language }) },
    })}
    ${tick({
      id: "outside",
      label: t("ask.outside"),
      value: view.memory.asking.outside,
      change: (outside) => { view.memory.asking.outside = outside; view.draw() },
    })}
    ${tick({ id: "duty", label: t("choose.duty"), value: filter.duty, change: (duty) => { change({ duty }) } })}
    ${tick({ id: "veteran", label: t("choose.veteran"), value: filter.veteran, change: (veteran) => { change({ veteran }) } })}
  </details>`
}

function peerCard(view: View, peer: PeerCard): TemplateResult {
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t("peer.rank"), peer.rank],
    [t("peer.work"), listed(peer.work)],
    [t("peer.years"), peer.years],
    [t("peer.languages"), listed(peer.languages.map(languageInWords))],
    [t("peer.region"), peer.region],
    [t("peer.faith"), peer.faith],
    [t("peer.gender"), peer.gender],
    [t("peer.veteran"), peer.veteran ? t("peer.veteran.yes") : undefined],
  ]
  return html`<li class="peer">
    <div class="peer-head">
      ${face(peer.drawing, peer.handle)}
      <div><h2>${peer.handle}</h2>${peer.onDuty ? html`<p class="on-duty">${t("peer.on-duty")}</p>` : nothing}
        ${peer.coordinates ? html`<p>${t("peer.coordinates")}</p>` : nothing}</div>
    </div>
    ${peer.about === undefined ? nothing : html`<p>${peer.about}</p>`}
    ${peer.been.length === 0
      ? nothing
      : html`<ul class="tags" aria-label=${t("peer.been")}>
          ${peer.been.map((code) => html`<li>${topicInWords(code)}</li>`)}
        </ul>`}
    <dl class="facts">
      ${facts.map(([term, text]) => (text === undefined || text === "" ? nothing : html`<div><dt>${term}</dt><dd>${text}</dd></div>`))}
    </dl>
    ${button(view, t("choose.ask", { handle: peer.handle }), () => { ask(view, { chosen: peer.key }) }, "second")}
  </li>`
}

function listed(texts: readonly string[]): string {
  return texts.join(", ")
}

function countInWords(count: number): string {
  if (count === 0) return t("choose.none")
  return count === 1 ? t("choose.one") : t("choose.many", { count })
}
