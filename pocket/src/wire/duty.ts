import type { Bytes } from "./bytes.ts"
import { Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"

/** How often a peer agrees to be rung for nothing but to see that it works. */
export const DRILLS = ["none", "by-day", "day-and-night"] as const
export type Drills = (typeof DRILLS)[number]

/** As many phones, addresses and numbers as one peer is woken by. */
export const WAKES = 3
export const ENDPOINT_ID_LENGTH = 16

/** Body of `POST /duty/rest`. `untilHour` in hours since 1970, 0 for no rest; `keepsPlace`: nights rung move this peer to no later place. */
export function encodeRest(dutyReadKey: Uint8Array, rest: Readonly<{ untilHour: number; keepsPlace: boolean }>): Bytes {
  return ruled("rest", dutyReadKey).u32(rest.untilHour).flag(rest.keepsPlace).done()
}

/** Body of `POST /duty/wakes`: by what this peer is woken, in order; what is spare is zeros. */
export function encodeWakes(dutyReadKey: Uint8Array, drills: Drills, endpointIds: readonly Uint8Array[]): Bytes {
  if (endpointIds.length > WAKES) throw new LayoutError("count", "wakes")
  const writer = ruled("wakes", dutyReadKey).u8(DRILLS.indexOf(drills))
  for (const id of endpointIds) writer.bytes(id, ENDPOINT_ID_LENGTH)
  return writer.zeros((WAKES - endpointIds.length) * ENDPOINT_ID_LENGTH).done()
}

/** Body of `POST /duty/test`: the endpoint at this place, counted from 0, is woken now. */
export function encodeTestWake(dutyReadKey: Uint8Array, place: number): Bytes {
  return ruled("test wake", dutyReadKey).u8(place).done()
}

function ruled(where: string, dutyReadKey: Uint8Array): Writer {
  return new Writer(where).version().bytes(dutyReadKey, 32)
}
