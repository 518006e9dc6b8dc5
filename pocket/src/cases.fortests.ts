/** For tests: spec/vectors, as its README describes them. */
import type { Bytes } from "./wire/index.ts"
import { concat, fromHex, LayoutError, MistypedError, toHex } from "./wire/index.ts"

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain }
export type Case = Readonly<Record<string, Plain>> & Readonly<{ name: string; ok: boolean }>

const files = import.meta.glob<Readonly<Record<string, readonly Case[]>>>("../../spec/vectors/*.json", { eager: true, import: "default" })

/** The cases of a group, with their bytes made from their recipes. Throws for a group that is not there. */
export function casesOf(file: string, group: string): readonly Case[] {
  const cases = files[`../../spec/vectors/${file}.json`]?.[group]
  if (cases === undefined) throw new Error(`no ${group} in ${file}`)
  return cases.map((one) => ({ ...one, ...made(one, cases) }))
}

export function bytesOf(one: Readonly<Record<string, Plain | undefined>>, name: string): Bytes {
  const hex = one[name]
  if (typeof hex !== "string") throw new Error(`${name} is not hex`)
  return fromHex(hex)
}

export function textOf(one: Case, name: string): string {
  const text = one[name]
  if (typeof text !== "string") throw new Error(`${name} is not text`)
  return text
}

/** A value as the vectors write it: bytes as hex, absent as null, names in snake_case. */
export function plain(value: unknown): Plain {
  if (value === undefined || value === null) return null
  if (value instanceof Uint8Array) return toHex(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, member]) => [snake(name), plain(member)]))
  return value as Plain
}

/** Which class of the README a thrown error is. */
export function problemOf(error: unknown): string {
  if (error instanceof MistypedError) return "wrong-check"
  if (error instanceof LayoutError) return error.fault === "size" ? "wrong-size" : "wrong-layout"
  throw error
}

function made(one: Case, cases: readonly Case[]): Readonly<Record<string, Plain>> {
  const { from } = one
  if (from === undefined) return {}
  const source = cases.find(({ name }) => name === from)
  const place = source?.["bytes"] === undefined ? "sealed" : "bytes"
  return { [place]: toHex(changed(bytesOf(source ?? {}, place), one)) }
}

function changed(bytes: Bytes, { cut, add, at, put }: Readonly<Record<string, Plain | undefined>>): Bytes {
  if (typeof cut === "number") return bytes.slice(0, bytes.length - cut)
  if (typeof add === "string") return concat(bytes, fromHex(add))
  if (typeof at !== "number" || typeof put !== "string") throw new Error("a recipe that the README does not name")
  const written = fromHex(put)
  return concat(bytes.slice(0, at), written, bytes.slice(at + written.length))
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
