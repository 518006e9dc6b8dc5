/** When a pocket draws by itself: at a random minute of the epoch's first week, so that the moment says nothing about need. */
const MINUTES_PER_DAY = 1_440
const WEEK_MINUTES = 7 * MINUTES_PER_DAY

/** The minute (since 1970) at which to draw the first batch of an epoch that began on `firstDay`. `chance` is in [0, 1).
 * Whoever opens the pocket only after the first week draws at once. */
export function drawMinute(firstDay: number, nowMinute: number, chance: number): number {
  const end = firstDay * MINUTES_PER_DAY + WEEK_MINUTES
  const from = Math.max(nowMinute, firstDay * MINUTES_PER_DAY)
  return from >= end ? nowMinute : from + Math.floor((end - from) * chance)
}

/** Whether an epoch's first batch may still wait: its first week is not over, so the list of peers opens without it. */
export function mayWait(firstDay: number, nowMinute: number): boolean {
  return nowMinute < firstDay * MINUTES_PER_DAY + WEEK_MINUTES
}

/** A number in [0, 1), from four bytes of somebody's chance. */
export function chance(random: (length: number) => Uint8Array<ArrayBuffer>): number {
  return new DataView(random(4).buffer).getUint32(0) / 2 ** 32
}
