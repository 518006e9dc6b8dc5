import type { Bilingual } from "../contract.ts"
import en from "./en.json"

export type Key = keyof typeof en.words
export type Language = "en" | "es"
export type Catalogue = Readonly<{ reviewed: boolean; words: Readonly<Record<string, string>> }>
export type Values = Readonly<Record<string, string | number>>

let language: Language = "en"
let chosen: Catalogue = en

/** From now on every text is in this language; what its catalogue lacks is said in English. */
export function speak(next: Language, catalogue: Catalogue): void {
  language = next
  chosen = catalogue
}

export function spoken(): Language {
  return language
}

/** Whether a person has read this language's texts; unreviewed ones are marked on screen. */
export function reviewed(): boolean {
  return chosen.reviewed
}

/** The text for people under `key`, with `{name}` replaced by the value of that name. */
export function t(key: Key, values: Values = {}): string {
  const text = chosen.words[key] ?? en.words[key]
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** The path of one of the pocket's own pages in the language spoken. */
export function ownPath(file = ""): string {
  return (language === "es" ? "/es/" : "/") + file
}

export function isKey(text: string): text is Key {
  return Object.hasOwn(en.words, text)
}

/** A text that came as data: in the language spoken, else in English. */
export function inWords(text: Bilingual): string {
  return (language === "es" ? text.es : undefined) ?? text.en
}

/** A day such as 2026-11-23 written out; what is no day is shown as it came, for it may stand in a bulletin. */
export function dayInWords(day: string): string {
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return day
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`))
}

/** A whole day since 1970 written out. */
export function dayNumberInWords(day: number): string {
  return dayInWords(new Date(day * 86_400_000).toISOString().slice(0, 10))
}

/** A minute since 1970 as day and time on this device's clock. */
export function momentInWords(minute: number): string {
  const parts = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const
  return new Intl.DateTimeFormat(language, parts).format(new Date(minute * 60_000))
}

/** A minute of a day, 0 to 1439, as people write it. */
export function timeInWords(minute: number): string {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(new Date(minute * 60_000))
}

/** A language code such as `es` by its name in the language spoken; what is no code is shown as it came. */
export function languageInWords(code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code
  } catch {
    return code
  }
}
