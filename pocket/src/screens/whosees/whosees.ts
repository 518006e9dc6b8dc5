import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import type { Key } from "../../catalogue/words.ts"
import { t } from "../../catalogue/words.ts"
import { bullets, page, paragraphs } from "../../ui/page.ts"
import type { View } from "../../ui/view.ts"
import { confidentialNotAnonymous } from "../asking/small.ts"

const ROWS = [
  ["who.peer", "who.peer.can", "who.peer.cannot"],
  ["who.coordinator", "who.coordinator.can", "who.coordinator.cannot"],
  ["who.command", "who.command.can", "who.command.cannot"],
  ["who.host", "who.host.can", "who.host.cannot"],
  ["who.network", "who.network.can", "who.network.cannot"],
  ["who.phone", "who.phone.can", "who.phone.cannot"],
  ["who.court", "who.court.can", "who.court.cannot"],
] as const satisfies readonly (readonly [Key, Key, Key])[]

/** Who can see what, and who cannot: true without flattery, limits included. */
export function whoSees(view: View): TemplateResult {
  return page(view, t("who.title"), [
    html`<p class="lead">${t("who.lead")}</p>`,
    confidentialNotAnonymous(view),
    table(),
    html`<h2>${t("who.limits")}</h2>`,
    bullets([t("who.limits.code"), t("who.limits.both"), t("who.limits.person"), t("who.limits.device")]),
    html`<h2>${t("who.never")}</h2>`,
    ...paragraphs(t("who.never.text")),
  ])
}

// The roles are named because a table that is laid out as cards loses its own.
function table(): TemplateResult {
  return html`<table class="sees" role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${t("who.head.who")}</th>
        <th role="columnheader" scope="col">${t("who.head.can")}</th>
        <th role="columnheader" scope="col">${t("who.head.cannot")}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${ROWS.map(
        ([who, can, cannot]) => html`<tr role="row">
          <th role="rowheader" scope="row">${t(who)}</th>
          <td role="cell"><span class="narrow">${t("who.head.can")}</span>${t(can)}</td>
          <td role="cell"><span class="narrow">${t("who.head.cannot")}</span>${t(cannot)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`
}
