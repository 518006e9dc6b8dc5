import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import { orProblem } from "../doors/index.ts"
import { decodePublicOuter, LayoutError, NO_DATE_YET } from "../wire/index.ts"

/** From which day officers may ask, for a pocket that follows no program yet: read from its own host's mailroom and proven by nothing, so it
 * says one sentence and decides nothing. */
export class Glimpse {
  readonly #mailroom: Pick<Mailroom, "bulletin">
  #opensDay: number | undefined

  constructor(mailroom: Pick<Mailroom, "bulletin">) {
    this.#mailroom = mailroom
  }

  get opensDay(): number | undefined {
    return this.#opensDay
  }

  /** Once; what cannot be had now is looked for again at the next look. */
  async look(): Promise<void> {
    if (this.#opensDay !== undefined) return
    const found = await orProblem(this.#mailroom.bulletin("public"))
    if (found instanceof PocketProblem) {
      if (found.problem === "no-bulletin") this.#opensDay = NO_DATE_YET
      return
    }
    try {
      this.#opensDay = decodePublicOuter(found).opensDay
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error
    }
  }
}
