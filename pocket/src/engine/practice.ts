import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import { orProblem } from "../doors/index.ts"
import { partOfDay } from "../rules/index.ts"
import type { AnswerTimes } from "../wire/index.ts"

/** How long practice rings take to be answered: read whenever the bulletin is, by every pocket, so that reading it says nothing of need. */
export class Practice {
  readonly #mailroom: Pick<Mailroom, "answerTimes">
  #times: AnswerTimes | undefined

  constructor(mailroom: Pick<Mailroom, "answerTimes">) {
    this.#mailroom = mailroom
  }

  /** Where it cannot be had, what was read last stays. */
  async read(): Promise<void> {
    const times = await orProblem(this.#mailroom.answerTimes())
    if (!(times instanceof PocketProblem)) this.#times = times
  }

  /** Within how many minutes 9 of 10 were answered in this part of the day; undefined before enough are known. */
  usuallyMinutes(hour: number): number | undefined {
    const minutes = this.#times?.[partOfDay(hour)] ?? 0
    return minutes === 0 ? undefined : minutes
  }
}
