import type { TemplateResult } from "lit-html"
import { html } from "lit-html"
import en from "./catalogue/en.json"
import es from "./catalogue/es.json"
import type { Catalogue, Language } from "./catalogue/words.ts"
import { speak, t } from "./catalogue/words.ts"
import { page } from "./ui/page.ts"
import { neutralPage } from "./ui/hidden.ts"
import { SCREENS } from "./ui/places.ts"
import { serialise } from "./ui/serialise.ts"
import { shell } from "./ui/shell.ts"
import type { Place, View } from "./ui/view.ts"
import { freshMemory } from "./ui/view.ts"
import us from "../../src/leanto/data/helplines/us.json"

/** Runs at build time: the pages as they stand before any script, in every language. */
export type Assets = Readonly<{ script: string; style: string }>
type Page = Readonly<{ title: string; body: string; script: boolean }>

const READABLE_WITHOUT_SCRIPT: readonly Place[] = [
  "talk",
  "worried",
  "self",
  "self-call",
  "self-breathe",
  "self-sleep",
  "self-firearms",
  "self-investigation",
  "find",
  "who",
]

/** Every page by its path. The first page holds all that can be read without a card, one section for each door. */
export function pages(assets: Assets): Readonly<Record<string, string>> {
  return {
    ...inLanguage("en", en, "", assets),
    ...inLanguage("es", es, "es/", assets),
  }
}

function inLanguage(language: Language, catalogue: Catalogue, folder: string, assets: Assets): Record<string, string> {
  speak(language, catalogue)
  const written = (made: Page) => documentOf(language, made, assets)
  const first = { title: "Leanto", body: serialise(shell(standing("landing"), firstPage())), script: true }
  const neutral = { title: t("neutral.title"), body: serialise(neutralPage(() => undefined)), script: false }
  const missing = { title: "Leanto", body: serialise(shell(standing("landing"), notHere())), script: false }
  return {
    [`${folder}index.html`]: written(first),
    [`${folder}notes.html`]: written(neutral),
    ...(folder === "" ? { "404.html": written(missing) } : {}),
  }
}

function firstPage(): TemplateResult {
  return html`${SCREENS.landing(standing("landing"))}
  ${READABLE_WITHOUT_SCRIPT.map((place) => html`<div class="page" id=${place}>${SCREENS[place](standing(place))}</div>`)}`
}

function notHere(): TemplateResult {
  return page(standing("landing"), t("missing.title"), html`<p class="lead">${t("missing.text")}</p>`, [
    html`<a class="button first" href="/">${t("missing.home")}</a>`,
  ])
}

/** A view of nothing: no pocket, no state, and the day on which the lines were last looked at. */
function standing(place: Place): View {
  const nothing = () => undefined
  return {
    pocket: undefined,
    state: undefined,
    place,
    memory: freshMemory(),
    nowMs: Date.parse(us.date),
    busy: false,
    problem: "",
    device: { iphone: false, installed: false },
    go: nothing,
    draw: nothing,
    refocus: nothing,
    focusOn: nothing,
    keepDraft: nothing,
    act: nothing,
    refuse: nothing,
    hide: nothing,
    changeLanguage: nothing,
  }
}

function documentOf(language: Language, { title, body, script }: Page, assets: Assets): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<meta name="theme-color" content="#0f1619" media="(prefers-color-scheme: dark)">
<meta name="theme-color" content="#f6f1e7" media="(prefers-color-scheme: light)">
<title>${title}</title>
<link rel="stylesheet" href="${assets.style}">
${script ? `<script type="module" src="${assets.script}"></script>\n` : ""}<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icon-180.png">
<link rel="manifest" href="/manifest.webmanifest">
</head>
<body>
<div id="leanto">${body.replaceAll(/\s*\n\s*/g, "\n")}</div>
</body>
</html>
`
}
