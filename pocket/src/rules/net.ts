/** The net under a request that rings, as far as an officer is told of it: spec/requests.md; the backstop's times are the mailroom's
 * (rules/backstop.py), and the cases `net` of spec/vectors/asked.json hold both to them. */
export const CHOSEN_ALONE_SECONDS = 60
const FIRST_BACKSTOP_AFTER_SECONDS = 120
const NEXT_BACKSTOP_AFTER_SECONDS = 60
const HAND_OVER_AFTER_SECONDS = 270

/** `backstops`: how many of those who have a copy are rung by now; `handOver`: it is time to offer who else answers; `nextSeconds`: when the
 * next of these changes, in seconds since the request was received. */
export type Net = Readonly<{ backstops: number; handOver: boolean; nextSeconds: number | undefined }>

export function netAt({ waitedSeconds, urgent, backstops }: Readonly<{ waitedSeconds: number; urgent: boolean; backstops: number }>): Net {
  const first = urgent ? 0 : FIRST_BACKSTOP_AFTER_SECONDS
  const rungAt = Array.from({ length: backstops }, (_, number) => first + number * NEXT_BACKSTOP_AFTER_SECONDS)
  const handOverAt = urgent ? 0 : HAND_OVER_AFTER_SECONDS
  const changes = [CHOSEN_ALONE_SECONDS, ...rungAt, handOverAt].filter((at) => at > waitedSeconds)
  return {
    backstops: rungAt.filter((at) => at <= waitedSeconds).length,
    handOver: waitedSeconds >= handOverAt,
    nextSeconds: changes.length === 0 ? undefined : Math.min(...changes),
  }
}
