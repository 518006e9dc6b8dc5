import type { Clock } from "../clock.ts"
import { DAY_MS, dayOf } from "../clock.ts"

/** Midnight, and a minute or two of difference, are no wrong date. */
const TOLERATED_DAYS = 1

/** This device's clock, put right by whole days where its date must be wrong: a phone that is months off must find peers and be answered.
 *
 * Forward only to the day of a signed bulletin, for a mailroom's word alone must burn no key; back on the mailroom's word, never before that. */
export class Calendar implements Clock {
  readonly after: Clock["after"]
  readonly #device: Clock
  #signedDay = 0
  #aheadDays = 0

  constructor(device: Clock) {
    this.#device = device
    this.after = device.after
  }

  readonly now = (): number => {
    const said = this.#device.now() - this.#aheadDays * DAY_MS
    const behind = this.#signedDay - dayOf(said)
    return behind > TOLERATED_DAYS ? said + behind * DAY_MS : said
  }

  get isDeviceWrong(): boolean {
    return this.now() !== this.#device.now()
  }

  /** The day of the bulletin that is held: today is that day or later. */
  bulletinOf(day: number): void {
    this.#signedDay = day
  }

  mailroomSaid(today: number): void {
    const ahead = dayOf(this.#device.now()) - today
    this.#aheadDays = ahead > TOLERATED_DAYS ? ahead : 0
  }
}
