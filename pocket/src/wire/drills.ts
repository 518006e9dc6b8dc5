import { Reader } from "./codec.ts"

const ANSWER_TIMES_LENGTH = 4

/** Within how many minutes nine of ten drills of a part of day were answered; 0: not enough drills to say. */
export type AnswerTimes = Readonly<{ day: number; evening: number; night: number }>

/** The answer of `GET /answer-times`. */
export function decodeAnswerTimes(bytes: Uint8Array): AnswerTimes {
  const reader = new Reader(bytes, "answer times", ANSWER_TIMES_LENGTH)
  reader.version()
  const [day, evening, night] = [reader.u8(), reader.u8(), reader.u8()]
  reader.end()
  return { day, evening, night }
}
