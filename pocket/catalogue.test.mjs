import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import ts from "typescript"
import { describe, expect, test } from "vitest"
import { PROBLEMS } from "./src/wire/problems.ts"
import en from "./src/catalogue/en.json"
import es from "./src/catalogue/es.json"

const SOURCES = path.join(import.meta.dirname, "src")
const FOLDERS = ["screens", "ui", "catalogue"]
// Keys made from a name at run time; the names themselves are listed where they are made.
const FAMILIES = ["problem.", "topic.", "drawing.", "ring.", "hushed.", "strip.asking.", "drills."]
// The product's own name, which is the same in every language.
const NAMES = new Set(["Leanto"])

const files = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(SOURCES, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => path.join(SOURCES, folder, name)),
).concat(path.join(SOURCES, "pages.ts"))
const parsed = files.map((file) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true))

describe("catalogues", () => {
  test("every text that English has is used somewhere", () => {
    // A text nobody sees is a text nobody keeps true.
    const written = new Set(parsed.flatMap(stringsOf))
    const unused = Object.keys(en.words).filter((key) => !written.has(key) && !FAMILIES.some((family) => key.startsWith(family)))
    expect(unused).toEqual([])
  })

  test("every refusal has its words", () => {
    // Max's guessed card and Ana's mistyped one each get a sentence that says what to do.
    const contract = readFileSync(path.join(SOURCES, "contract.ts"), "utf8")
    const own = /export type OwnProblem =([\s\S]*?)\n\n/.exec(contract)?.[1] ?? ""
    const names = [...PROBLEMS, ...[...own.matchAll(/"([\w-]+)"/g)].map((match) => match[1])]
    expect(names.length).toBeGreaterThan(PROBLEMS.length)
    expect(names.filter((name) => !(`problem.${name}` in en.words))).toEqual([])
  })

  test("Spanish says nothing that English does not, with the same blanks to fill", () => {
    for (const [key, text] of Object.entries(es.words)) {
      const english = en.words[key]
      expect(english, key).toBeDefined()
      expect(blanksOf(text), key).toEqual(blanksOf(english))
    }
  })

  test("a language that no person has read says so in its data", () => {
    expect(es.reviewed).toBe(false)
  })

  test("no words for people stand outside the catalogues", () => {
    // What is not in a catalogue can be neither translated nor reviewed.
    expect(parsed.flatMap(visibleTextsOf)).toEqual([])
  })

  test("the check for words outside the catalogues catches one", () => {
    const broken = ts.createSourceFile("broken.ts", "html`<p title=\"Hello\">Good night ${name}</p>`", ts.ScriptTarget.Latest, true)
    expect(visibleTextsOf(broken)).toEqual(["Good night", "Hello"])
  })

  test("nothing is promised that cannot be kept", () => {
    const promises = /completely anonymous|100 ?%|HIPAA/i
    expect(Object.values(en.words).filter((text) => promises.test(text))).toEqual([])
  })
})

function stringsOf(source) {
  const found = []
  visit(source, (node) => {
    if (ts.isStringLiteralLike(node)) found.push(node.text)
  })
  return found
}

function visibleTextsOf(source) {
  const found = []
  visit(source, (node) => {
    if (!ts.isTaggedTemplateExpression(node) || !/^(html|svg)$/.test(node.tag.getText())) return
    const template = node.template
    const parts = ts.isNoSubstitutionTemplateLiteral(template)
      ? [template.text]
      : [template.head.text, ...template.templateSpans.map((span) => span.literal.text)]
    const markup = parts.join("\u0000")
    const spoken = [...markup.matchAll(/(?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map((match) => match[1])
    const texts = markup.replaceAll(/<[^>]*>/g, "\u0000").split("\u0000")
    found.push(...[...texts, ...spoken].map((text) => text.trim()).filter((text) => /\p{L}/u.test(text) && !NAMES.has(text)))
  })
  return found
}

function visit(node, look) {
  look(node)
  node.forEachChild((child) => {
    visit(child, look)
  })
}

function blanksOf(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
}
