import type { Bytes } from "../wire/index.ts"
import type { Random } from "./hash.ts"

/** 7 words of 11 bits each. */
export const PHRASE_WORDS = 7
const BITS_PER_WORD = 11

/** Seven words for a new vault: 77 random bits, each word equally likely (2,048 words, so nothing is thrown away). */
export async function newPhrase(random: Random): Promise<readonly string[]> {
  return wordsFrom(random(10), PHRASE_WORDS)
}

/** The first `count` × 11 bits as words; with six, the words that two people compare by voice. */
export async function wordsFrom(bytes: Bytes, count: number): Promise<readonly string[]> {
  const words = await wordList()
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("")
  return Array.from({ length: count }, (_, index) => {
    const word = words[Number.parseInt(bits.slice(index * BITS_PER_WORD, (index + 1) * BITS_PER_WORD), 2)]
    if (word === undefined) throw new RangeError("too few bits for so many words")
    return word
  })
}

/** What somebody typed, as words: any case, any spaces, commas or hyphens between. Undefined if it cannot be a phrase. */
export async function parsePhrase(text: string): Promise<readonly string[] | undefined> {
  const typed = text.toLowerCase().split(/[^a-z]+/).filter((word) => word !== "")
  const words = new Set(await wordList())
  return typed.length === PHRASE_WORDS && typed.every((word) => words.has(word)) ? typed : undefined
}

async function wordList(): Promise<readonly string[]> {
  const { default: text } = await import("../../../src/leanto/data/words.txt")
  return text.trim().split("\n")
}
