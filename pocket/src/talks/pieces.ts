import { goesOn } from "../wire/index.ts"
import type { StoredLine } from "./state.ts"

/** Words as a person typed or pasted them, in the one form that letters take: NFC, no control character but the line feed. */
export function tidyWords(words: string): string {
  const lines = words.toWellFormed().replaceAll(/\r\n?|\u2028|\u2029/gu, "\n")
  return lines.replaceAll("\t", " ").replaceAll(/[\u0000-\u0009\u000B-\u001F]/gu, "").normalize("NFC").trim()
}

/** Lines as they were written: cut words together again, each side's for itself, since the other's may stand between.
 * The first piece names the whole; `last` is the id of the last one. */
export function joinPieces(lines: readonly StoredLine[]): (StoredLine & Readonly<{ last: string }>)[] {
  const whole: (StoredLine & Readonly<{ last: string }>)[] = []
  const open = new Map<boolean, number>()
  for (const line of lines) {
    const at = line.kind === "words" ? open.get(line.mine) : undefined
    const before = at === undefined ? undefined : whole[at]
    if (at !== undefined && before !== undefined) whole[at] = { ...before, text: before.text + line.text, last: line.id }
    else whole.push({ ...line, last: line.id })
    if (line.kind === "words" && goesOn(line.text)) open.set(line.mine, at ?? whole.length - 1)
    else open.delete(line.mine)
  }
  return whole
}

export { cutWords } from "../wire/index.ts"
