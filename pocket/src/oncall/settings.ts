import { MINUTE_MS, minuteOf } from "../clock.ts"
import type { DutySettings } from "../contract.ts"
import type { TalkState } from "../talks/state.ts"
import type { Standing } from "../wire/index.ts"

export const FRESH: DutySettings = {
  availableUntil: 0,
  reserve: false,
  quietFrom: 0,
  quietUntil: 0,
  drills: "none",
  restsUntil: 0,
  keepsPlace: false,
  mostTalks: 0,
}

/** A rest that lasts as long as there are too many talks is asked for a day at a time, so that it ends by itself when this phone is lost. */
const FULL_REST_HOURS = 24
const RENEWED_BELOW_HOURS = 12
export const HOUR_MINUTES = 60

/** What the mailroom should know of this peer's rest: spec/requests.md, `POST /duty/rest`. */
export type Rest = Readonly<{ untilHour: number; keepsPlace: boolean }>

export const NO_REST: Rest = { untilHour: 0, keepsPlace: false }

/** Whether this peer holds as many talks as they said are enough. */
export function isFull({ mostTalks }: DutySettings, talks: readonly Pick<TalkState, "role" | "stage">[]): boolean {
  return mostTalks > 0 && talks.filter(({ role, stage }) => role === "peer" && stage === "open").length >= mostTalks
}

/** The rest to tell of: the one that the peer chose, or while there are too many talks at least that of the day. `told`: what was told last. */
export function restNow(settings: DutySettings, full: boolean, told: Rest, at: number): Rest {
  const hour = minuteOf(at) / HOUR_MINUTES
  const ownHour = inFuture(Math.ceil(settings.restsUntil / HOUR_MINUTES), hour)
  const lastsOn = told.untilHour >= hour + RENEWED_BELOW_HOURS && told.untilHour <= hour + FULL_REST_HOURS + 1
  const fullHour = !full ? 0 : lastsOn ? told.untilHour : Math.ceil(hour) + FULL_REST_HOURS
  return { untilHour: Math.max(ownHour, fullHour), keepsPlace: settings.keepsPlace }
}

/** Whether the mailroom knows: a rest that is over is none. */
export function isTold(rest: Rest, told: Rest, at: number): boolean {
  const hour = minuteOf(at) / HOUR_MINUTES
  return rest.keepsPlace === told.keepsPlace && rest.untilHour === inFuture(told.untilHour, hour)
}

/** What the desk is told of how this peer wants to be rung; the minute in which it is said comes when it is said. */
export function standingOf(settings: DutySettings, { reachedDay, openedDay }: Readonly<{ reachedDay: number; openedDay: number }>): Omit<Standing, "saidMinute"> {
  return {
    reserveConsent: settings.reserve,
    quietFromMinute: settings.quietFrom,
    quietUntilMinute: settings.quietUntil,
    availableUntilMinute: settings.availableUntil,
    reachedDay,
    openedDay,
  }
}

/** When something of this turns by itself next, in ms: the switch goes off, a rest ends. */
export function nextOwnTurn({ availableUntil, restsUntil }: DutySettings, at: number): number {
  const turns = [availableUntil, restsUntil].map((minute) => minute * MINUTE_MS).filter((turn) => turn > at)
  return Math.min(Infinity, ...turns)
}

function inFuture(untilHour: number, hour: number): number {
  return untilHour > hour ? untilHour : 0
}
