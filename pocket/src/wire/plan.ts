import type { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"

export const PLAN_LINES = 24
const SPARE_SLOT = 0xff
const SPARE_OFFSET = 0xffff

/** One line of a plan: this slot is rung so many seconds after asking. */
export type PlannedRing = Readonly<{ slot: number; offsetSeconds: number }>
/** In the order of their time, at most 24; none is no plan. */
export type Plan = readonly PlannedRing[]

export function readPlan(reader: Reader, slots: number): Plan {
  const lines = reader.times(PLAN_LINES, () => ({ slot: reader.u8(), offsetSeconds: reader.u16() }))
  const used = lines.findIndex(({ slot }) => slot === SPARE_SLOT)
  const plan = used === -1 ? lines : lines.slice(0, used)
  for (const { slot, offsetSeconds } of lines.slice(plan.length)) {
    reader.within(slot, SPARE_SLOT, SPARE_SLOT)
    reader.within(offsetSeconds, SPARE_OFFSET, SPARE_OFFSET)
  }
  let earliest = 0
  for (const { slot, offsetSeconds } of plan) {
    reader.within(slot, 0, slots - 1)
    earliest = reader.within(offsetSeconds, earliest, SPARE_OFFSET)
  }
  return plan
}

export function writePlan(writer: Writer, plan: Plan): Writer {
  if (plan.length > PLAN_LINES) throw new LayoutError("count", writer.where)
  for (const { slot, offsetSeconds } of plan) writer.u8(slot).u16(offsetSeconds)
  for (let spare = plan.length; spare < PLAN_LINES; spare += 1) writer.u8(SPARE_SLOT).u16(SPARE_OFFSET)
  return writer
}
