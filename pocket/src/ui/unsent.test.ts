import { expect, test } from "vitest"
import type { Talk } from "../contract.ts"
import { unsent } from "./unsent.ts"

test("words typed in the very moment of the answer stay in the field of the talk, and those that went do not", () => {
  // Ana never sees a word disappear, and Ben never reads one twice.
  const talk = (text?: string): Talk => ({
    id: "t",
    role: "officer",
    with: "Ben",
    state: "open",
    asleep: false,
    lines: [
      { id: "1", mine: false, kind: "begin", text: "I'm here.", state: "seen" },
      ...(text === undefined ? [] : [{ id: "2", mine: true, kind: "words" as const, text, state: "sent" as const }]),
    ],
  })
  expect(unsent("Bad night.", talk("Bad night."))).toBe("")
  expect(unsent("Bad night. It was a kid.", talk("Bad night."))).toBe("It was a kid.")
  expect(unsent("Bad night. It w", talk("About: sleep\n\nBad ni"))).toBe("ght. It w")
  expect(unsent("Another thought", talk("Bad night."))).toBe("Another thought")
  expect(unsent("Bad night.", talk())).toBe("Bad night.")
  expect(unsent("", talk("Bad night."))).toBe("")
})
