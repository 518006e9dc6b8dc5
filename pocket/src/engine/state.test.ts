import { expect, test } from "vitest"
import { NO_DATE_YET, OPEN } from "../wire/index.ts"
import { opensLater } from "./state.ts"

const TODAY = 20_800

test("before it opens a program is said to open on its day, or some day once that has come", () => {
  expect(opensLater("none", TODAY + 3, TODAY)).toEqual({ opensLater: { on: TODAY + 3 } })
  expect(opensLater("none", TODAY, TODAY)).toEqual({ opensLater: {} })
  expect(opensLater("none", NO_DATE_YET, TODAY)).toEqual({ opensLater: {} })
  expect(opensLater("none", OPEN, TODAY)).toEqual({})
})

test("whoever holds a card is not turned away by a desk that takes its opening back", () => {
  for (const card of ["held", "used-up"] as const) expect(opensLater(card, TODAY + 3, TODAY)).toEqual({})
})
