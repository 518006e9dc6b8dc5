import { expect, test } from "vitest"
import { takeArrival } from "./arrival.ts"

function open(address: string): { arrival: ReturnType<typeof takeArrival>; bar: string } {
  const url = new URL(address)
  let bar = url.href
  const past = {
    state: null,
    replaceState: (_state: unknown, _title: string, path: string) => {
      bar = new URL(path, url).href
    },
  }
  const arrival = takeArrival(url as unknown as Location, past as unknown as History)
  return { arrival, bar }
}

test("a card's code leaves the address bar as soon as it is read", () => {
  // Whoever looks at the screen or at the history later must not find Ana's card.
  const { arrival, bar } = open("https://leanto.example/#card=7K2M9QRS")
  expect(arrival).toEqual({ kind: "card", text: "7K2M9QRS" })
  expect(bar).toBe("https://leanto.example/")
})

test("an invitation leaves it too, in either language", () => {
  const { arrival, bar } = open("https://leanto.example/es/#invitation=ABCD")
  expect(arrival).toEqual({ kind: "invitation", text: "ABCD" })
  expect(bar).toBe("https://leanto.example/es/")
})

test("the name of what was opened does not stay in the history", () => {
  const { arrival, bar } = open("https://leanto.example/#worried")
  expect(arrival).toEqual({ kind: "place", text: "worried" })
  expect(bar).toBe("https://leanto.example/")
})
