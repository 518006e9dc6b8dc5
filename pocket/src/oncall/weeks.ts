/** When a peer's bundles turn; spec/bulletin.md, Bundle. Days are whole days since 1970. */
export const WEEK = 7
const WEEKS_AHEAD = 4
const SEED_LIVES_DAYS = 21

/** The Monday on or before this day. Day 4 was the first one. */
export function mondayOf(day: number): number {
  return day - ((day + 3) % WEEK)
}

/** First days of the bundles that should lie at the desk: this week's, and four ahead. */
export function weeksToKeep(today: number): number[] {
  return Array.from({ length: WEEKS_AHEAD + 1 }, (_, week) => mondayOf(today) + week * WEEK)
}

/** Requests reach this week's and last week's duty mailbox. Next week's is listened to ahead: a clock that is behind, or a turn
 * at midnight, makes nobody unreachable. */
export function isListenedTo(firstDay: number, today: number): boolean {
  return Math.abs(firstDay - mondayOf(today)) <= WEEK
}

/** Seed and read key are gone from this day on. */
export function isDead(firstDay: number, today: number): boolean {
  return today >= firstDay + SEED_LIVES_DAYS
}
