/** A sealed plan made: what the adaptive wave would do if everybody stayed silent. The twin of rules/planning.py and, of rules/wave.py, of as
 * much as silence needs; the cases of spec/vectors/planning.json hold for both. */
const [AT_MOST, ONE_MORE_EVERY_SECONDS, EVERY_SECONDS] = [8, 45, 15]
const [RINGS_FOR_SECONDS, HORIZON_SECONDS, CONNECTS_WITHIN_SECONDS] = [90, 90, 10]
const CHOSEN_ALONE_SECONDS = 60
const THETA = 0.6
const [MEDIAN_SECONDS, NIGHT_MEDIAN_SECONDS, SIGMA] = [35, 60, 0.8]
// All may be busy with the same thing at once: three levels of it, in logits, and how likely each.
const SHOCKS = [
  { shock: -0.6, weight: 0.22 },
  { shock: 0, weight: 0.56 },
  { shock: 0.6, weight: 0.22 },
] as const
/** The chance that somebody of this tier accepts, by tier: on duty, available, reserve. The backstop has its own time, and no place here. */
const ACCEPTS = [0.7, 0.35, 0.18] as const
const CHOSEN_ACCEPTS = 0.35

export type PlannedRing = Readonly<{ slot: number; offsetSeconds: number }>

type Rung = Readonly<{ slot: number; accepts: number; at: number }>
type Waiting = Readonly<{ slot: number; tier: number; accepts: number }>

/** Which slot rings how many seconds after asking, in the order of time, one line each. `tiers` by slot, 3 and 4 are in no plan; slot 0 is the
 * chosen one if there is one, and is then rung alone for a minute, whatever its tier. */
export function sealedPlan({ tiers, chosenFirst, night }: Readonly<{ tiers: readonly number[]; chosenFirst: boolean; night: boolean }>): readonly PlannedRing[] {
  const all = tiers.map((tier, slot) => ({ slot, tier, accepts: ACCEPTS[tier] ?? CHOSEN_ACCEPTS }))
  const peers = all.filter(({ slot, tier }) => tier < ACCEPTS.length && !(chosenFirst && slot === 0))
  let waiting: readonly Waiting[] = peers.sort((a, b) => b.accepts - a.accepts || a.tier - b.tier || a.slot - b.slot)
  const rung: Rung[] = chosenFirst ? [{ slot: 0, accepts: all[0]?.accepts ?? CHOSEN_ACCEPTS, at: 0 }] : []
  for (let now = chosenFirst ? CHOSEN_ALONE_SECONDS : 0; waiting.length > 0; now += EVERY_SECONDS) {
    const next = wave(waiting, rung, night, now)
    waiting = waiting.slice(next.length)
    rung.push(...next)
  }
  return rung.map(({ slot, at }) => ({ slot, offsetSeconds: at }))
}

/** Whom to ring now of those who wait, most likely first: until one of the ringing phones is likely enough to be answered, or too many ring. */
function wave(waiting: readonly Waiting[], rung: readonly Rung[], night: boolean, now: number): readonly Rung[] {
  const limit = AT_MOST + Math.floor(now / ONE_MORE_EVERY_SECONDS)
  const fresh = rung.filter(({ at }) => now < at + RINGS_FOR_SECONDS).length
  const ring: Rung[] = []
  for (const { slot, accepts } of waiting) {
    const enough = chanceOfAnswer([...rung, ...ring], night, now) >= THETA
    if (fresh + ring.length > 0 && (enough || rung.length + ring.length >= limit)) break
    ring.push({ slot, accepts, at: now })
  }
  return ring
}

/** The chance that one of these accepts within the horizon. Silence so far speaks for a bad moment for all: it moves the weights of the shocks. */
function chanceOfAnswer(on: readonly Rung[], night: boolean, now: number): number {
  const inOrder = [...on].sort((a, b) => a.slot - b.slot)
  const levels = SHOCKS.map(({ shock, weight }) => ({
    weight: weight * product(inOrder.map((one) => silentSoFar(one, shock, night, now))),
    missed: product(inOrder.map((one) => staysSilent(one, shock, night, now))),
  }))
  const total = levels.reduce((sum, { weight }) => sum + weight, 0)
  return 1 - levels.reduce((sum, { weight, missed }) => sum + weight * missed, 0) / total
}

function silentSoFar({ accepts, at }: Rung, shock: number, night: boolean, now: number): number {
  return 1 - atShock(accepts, shock) * answeredWithin(now - at, night)
}

function staysSilent({ accepts, at }: Rung, shock: number, night: boolean, now: number): number {
  const chance = atShock(accepts, shock)
  const byNow = answeredWithin(now - at, night)
  const byThen = answeredWithin(now - at + HORIZON_SECONDS - CONNECTS_WITHIN_SECONDS, night)
  return 1 - (chance * (byThen - byNow)) / (1 - chance * byNow)
}

function atShock(accepts: number, shock: number): number {
  return 1 / (1 + Math.exp(-Math.log(accepts / (1 - accepts)) - shock))
}

/** Of those who accept at all, the share that has done so after so many seconds. */
function answeredWithin(seconds: number, night: boolean): number {
  if (seconds <= 0) return 0
  return 0.5 * (1 + erf(Math.log(seconds / (night ? NIGHT_MEDIAN_SECONDS : MEDIAN_SECONDS)) / SIGMA / Math.SQRT2))
}

/** The error function by its series, which for |x| < 5 is as exact as numbers here are; beyond that it is 1 to the last place. */
function erf(x: number): number {
  if (Math.abs(x) >= 5) return Math.sign(x)
  let [sum, term] = [x, x]
  for (let n = 1; Math.abs(term) > 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

function product(factors: readonly number[]): number {
  return factors.reduce((all, one) => all * one, 1)
}
