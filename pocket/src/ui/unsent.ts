import type { Talk } from "../contract.ts"

/** What was typed while the answer came and is not in the letter that went with it: it stays with whoever types, nothing lost or said twice. */
export function unsent(typed: string, { lines }: Talk): string {
  const sent = lines.findLast(({ mine, kind }) => mine && kind === "words")?.text ?? ""
  for (let length = typed.length; length > 0; length--) {
    if (sent.endsWith(typed.slice(0, length).trim())) return typed.slice(length).trimStart()
  }
  return typed
}
