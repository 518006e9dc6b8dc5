import { expect, test } from "vitest"
import type { Peer } from "../trust/index.ts"
import { cardsOf } from "./listing.ts"

const AT = 1_800_000_000_000

function peer(handle: string, agency: string, rank?: string): Peer {
  const vouch = { handle, agreementKey: new Uint8Array([handle.charCodeAt(0)]) } as unknown as Peer["vouch"]
  const shared = rank === undefined ? [] : [{ kind: "rank" as const, text: rank }]
  return { vouch, bundle: {} as Peer["bundle"], shared, conflicts: [{ kind: "agency", text: agency }], shifts: [] }
}

function cards(agency?: string): ReturnType<typeof cardsOf> {
  const peers = [peer("Ben", "harlow-pd"), peer("Dev", "reed-so", "Sergeant"), peer("Gus", "reed-so")]
  return cardsOf(peers, agency === undefined ? {} : { agency }, AT, (key) => parseInt(key, 16))
}

test("peers of one's own agency are never offered first", () => {
  expect(cards("harlow-pd").map(({ handle }) => handle)).toEqual(["Dev", "Gus", "Ben"])
  expect(cards("reed-so").map(({ handle }) => handle)).toEqual(["Ben", "Dev", "Gus"])
  expect(cards().map(({ handle }) => handle)).toEqual(["Ben", "Dev", "Gus"])
})

test("who leads others says so on the card, and nobody else has a rank", () => {
  expect(cards().map(({ rank }) => rank)).toEqual([undefined, "Sergeant", undefined])
})
