import { expect, test } from "vitest"
import type { PocketState } from "../../contract.ts"
import type { View } from "../../ui/view.ts"
import { talkLeadsTo } from "./door.ts"

const CLOSED: Partial<PocketState> = { tab: "here", device: "own", card: "held", program: {} as NonNullable<PocketState["program"]>, opensLater: { nobody: true }, talks: [] }

function leadsFrom(state: Partial<PocketState>): string {
  return talkLeadsTo({ state: { ...CLOSED, ...state } } as View)
}

test("who is in a talk gets back to it although nobody else could be asked now", () => {
  expect(leadsFrom({})).toBe("talk")
  expect(leadsFrom({ talks: [{ state: "open", asleep: false } as PocketState["talks"][number]] })).toBe("talks")
})
