import { DAY_MS, MINUTE_MS, minuteOf } from "../clock.ts"
import type { PeerSide } from "../contract.ts"
import type { Bytes, Members } from "../wire/index.ts"
import { decodeVouch, sameBytes } from "../wire/index.ts"

export type Stage = PeerSide["stage"]
export type Shifts = PeerSide["shifts"]

const ON_DUTY = 0
const AVAILABLE = 1
const RESERVE = 2
const BACKSTOP = 3

/** This peer's shifts as an opened members' part has them, soonest first; undefined when the part does not list this peer. */
export function ownShifts({ members, rota }: Members, signingKey: Bytes): Shifts | undefined {
  const own = members.findIndex(({ vouch }) => sameBytes(decodeVouch(vouch).signingKey, signingKey))
  if (own < 0) return undefined
  const shifts = rota.filter(({ member }) => member === own).map(({ from, until, tier }) => ({ from, until, tier }))
  return shifts.sort((a, b) => a.from - b.from)
}

/** The same part with nobody in it but this peer. */
export function onlyOwn({ members }: Members, signingKey: Bytes): Members {
  return { members: members.filter(({ vouch }) => sameBytes(decodeVouch(vouch).signingKey, signingKey)), rota: [] }
}

/** The stage after a bulletin was read. `listedIn`: serial of the newest one before it that listed this peer. Just vouched, the
 * next bulletin is still to come; once listed, a newer one without this peer says that they stood down. */
export function stageAfter(stage: Stage, listed: boolean, serial: number, listedIn: number | undefined): Stage {
  if (stage !== "vouched" && stage !== "stood-down") return stage
  if (listed) return "vouched"
  return listedIn !== undefined && serial > listedIn ? "stood-down" : stage
}

export function isOnDuty(shifts: Shifts, at: number): boolean {
  return tiersAt(shifts, at).includes(ON_DUTY)
}

/** Whether this peer is rung now because nobody else has answered: of hours that overlap, duty and the switch count first. */
export function isBackstop(shifts: Shifts, at: number): boolean {
  return Math.min(...tiersAt(shifts, at).filter((tier) => tier <= AVAILABLE || tier === BACKSTOP)) === BACKSTOP
}

/** Whether the desk lists this peer as one who may be rung outside shifts. */
export function isInReserve(shifts: Shifts): boolean {
  return shifts.some(({ tier }) => tier === RESERVE)
}

function tiersAt(shifts: Shifts, at: number): readonly number[] {
  const minute = minuteOf(at)
  return shifts.filter(({ from, until }) => from <= minute && minute < until).map(({ tier }) => tier)
}

/** When something turns by itself next, in ms: a shift begins or ends, or, at midnight UTC, perhaps a week. */
export function nextTurn(shifts: Shifts, at: number): number {
  const midnight = (Math.floor(at / DAY_MS) + 1) * DAY_MS
  const turns = shifts.flatMap(({ from, until }) => [from * MINUTE_MS, until * MINUTE_MS]).filter((turn) => turn > at)
  return Math.min(midnight, ...turns)
}
