import type { Key } from "../../catalogue/words.ts"
import { isKey, t } from "../../catalogue/words.ts"

/** What a talk may be about and a peer may have been through: the codes of spec/bulletin.md. */
export const TOPICS = [
  "after-a-bad-call",
  "sleep",
  "family",
  "money",
  "alcohol",
  "hurt",
  "grief",
  "work",
  "under-investigation",
  "retirement",
  "other",
] as const

const TOPIC_KEYS: Readonly<Record<(typeof TOPICS)[number], Key>> = {
  "after-a-bad-call": "topic.after-a-bad-call",
  sleep: "topic.sleep",
  family: "topic.family",
  money: "topic.money",
  alcohol: "topic.alcohol",
  hurt: "topic.hurt",
  grief: "topic.grief",
  work: "topic.work",
  "under-investigation": "topic.under-investigation",
  retirement: "topic.retirement",
  other: "topic.other",
}

/** A topic's code in words; a code that is not known is shown as it came. */
export function topicInWords(code: string): string {
  const key = `topic.${code}`
  return isKey(key) ? t(key) : code
}

export function topicChoices(): { value: string; label: string }[] {
  return TOPICS.map((value) => ({ value, label: t(TOPIC_KEYS[value]) }))
}
