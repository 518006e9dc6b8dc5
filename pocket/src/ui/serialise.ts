import type { TemplateResult } from "lit-html"

// What stands before a value when the value is an attribute's: its name, with lit's sign for what it binds.
const ATTRIBUTE = /\s([.?@]?)([\w:-]+)=$/

/**
 * A template as a string of HTML, for pages that are made at build time and for tests that read a screen as text.
 * Listeners and properties are left out: what is written here works without JavaScript.
 */
export function serialise(value: unknown): string {
  if (value === undefined || value === null || typeof value === "symbol" || value === false) return ""
  if (Array.isArray(value)) return value.map(serialise).join("")
  if (isTemplate(value)) return filled(value)
  if (typeof value === "string" || typeof value === "number") return escaped(String(value))
  throw new TypeError("A page made at build time holds templates, lists, texts and numbers only.")
}

function filled({ strings, values }: TemplateResult): string {
  let html = ""
  strings.forEach((part, index) => {
    html += part
    if (index === values.length) return
    const attribute = ATTRIBUTE.exec(html)
    if (attribute && insideTag(html)) {
      const [whole, sign = "", name = ""] = attribute
      html = html.slice(0, -whole.length) + attributeOf(sign, name, values[index])
    } else {
      html += serialise(values[index])
    }
  })
  return html
}

function attributeOf(sign: string, name: string, value: unknown): string {
  if (sign === "@" || sign === ".") return ""
  if (sign === "?") return value ? ` ${name}` : ""
  if (typeof value !== "string" && typeof value !== "number") return ""
  return ` ${name}="${escaped(String(value))}"`
}

function insideTag(html: string): boolean {
  return html.lastIndexOf("<") > html.lastIndexOf(">")
}

function isTemplate(value: unknown): value is TemplateResult {
  return typeof value === "object" && value !== null && "strings" in value && "values" in value
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
}
