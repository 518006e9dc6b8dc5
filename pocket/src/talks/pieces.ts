import type { StoredLine } from "./state.ts"

const MOST = 1_572
/** A piece longer than this says that the next letter goes on: no character needs more than four bytes. */
const GOES_ON = MOST - 4

/** Words as a person typed or pasted them, in the one form that letters take: NFC, no control character but the line feed. */
export function tidyWords(words: string): string {
  const lines = words.toWellFormed().replaceAll(/\r\n?|\u2028|\u2029/gu, "\n")
  return lines.replaceAll("\t", " ").replaceAll(/[\u0000-\u0009\u000B-\u001F]/gu, "").normalize("NFC").trim()
}

/** Cuts tidy words into the texts of letters; spec/talks.md says where. */
export function cutWords(words: string): string[] {
  const pieces: string[] = []
  let piece = ""
  let length = 0
  for (const character of words) {
    const more = byteLength(character)
    if (length + more > MOST) {
      pieces.push(piece)
      piece = ""
      length = 0
    }
    piece += character
    length += more
  }
  pieces.push(piece)
  // A full last piece would promise another one.
  if (length > GOES_ON) pieces.push("")
  return pieces
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
    if (line.kind === "words" && byteLength(line.text) > GOES_ON) open.set(line.mine, at ?? whole.length - 1)
    else open.delete(line.mine)
  }
  return whole
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
