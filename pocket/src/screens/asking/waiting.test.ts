import { describe, expect, test } from "vitest"
import type { Asking, PeerCard, PocketState } from "../../contract.ts"
import { serialise } from "../../ui/serialise.ts"
import type { View } from "../../ui/view.ts"
import { freshMemory } from "../../ui/view.ts"
import { waiting } from "./waiting.ts"

const PEER: PeerCard = { key: "b", handle: "Ben", work: [], been: [], languages: [], veteran: false, onDuty: true, shows: false, coordinates: false, ownAgency: false }
const ASKING: Asking = {
  sent: "received",
  urgency: "now",
  urgent: false,
  alone: false,
  backstops: 0,
  handOver: false,
  taken: false,
  late: false,
  nobodyLeft: false,
  drawnAtOnce: false,
  behindWords: false,
  draft: "",
}
const YES_AND_NO = [false, true]

/** The screen as it is read, without its marks. */
function read(asking: Partial<Asking>, more: Partial<PocketState> = {}): string {
  const program = { name: "", region: "", agencies: [], fresh: "fresh", ageDays: 0, cardPlace: { en: "" }, patienceMinutes: { now: 5, today: 30, whenever: 240 } } as const
  const state = { device: "own", card: "held", peers: [PEER, { ...PEER, key: "m" }], talks: [], program, offline: false, asking: { ...ASKING, ...asking }, ...more } as unknown as PocketState
  const view = { state, place: "waiting", memory: freshMemory(), nowMs: Date.UTC(2026, 10, 23), busy: false, problem: "" } as unknown as View
  return serialise(waiting(view)).replaceAll(/\s+/g, " ")
}

const told = (screen: string): string => (/<div role="status" class="told">(.*?)<\/div>/.exec(screen)?.[1] ?? "").replaceAll(/<[^>]*>/g, "").trim()

describe("the screen of whoever waits", () => {
  test("says who is on duty by the rota, and how soon by practice rings or not at all", () => {
    expect(told(read({}, { usuallyMinutes: 10 }))).toContain("2 peers are on duty. They are rung in turn.Someone usually answers within 10 minutes.")
    expect(told(read({}))).not.toContain("usually")
    const nobody = told(read({}, { usuallyMinutes: 10, peers: [{ ...PEER, onDuty: false }] }))
    expect(nobody).toContain("Nobody is on duty right now. Others may answer.")
    expect(nobody).not.toContain("usually")
  })

  test("is never silent, has the lines until a peer is there, and offers others whenever it is time", () => {
    for (const sent of ["not-sent", "received"] as const)
      for (const stays of [undefined, "waits", "left-word"] as const)
        for (const backstops of [0, 1, 2])
          for (const [alone = false, taken = false, late = false, nobodyLeft = false, handOver = false] of combinations(5)) {
            const screen = read({ sent, backstops, alone, taken, late, nobodyLeft, handOver, ...(stays === undefined ? {} : { stays }) })
            expect(told(screen).length).toBeGreaterThan(20)
            expect(screen).toContain('href="tel:988"')
            expect(screen.includes('href="#handover"')).toBe(handOver)
          }
  })

  test("does not offer to leave word where nothing is kept, and says that the page must stay open", () => {
    expect(read({})).toContain("Leave word")
    const shared = read({ stays: "waits" }, { device: "shared" })
    expect(shared).not.toContain("Leave word")
    expect(shared).toContain("keep this page open")
  })

  test("says of whoever answered that they help to run the program", () => {
    const talk = { id: "t", role: "officer", with: "Cleo", coordinates: true } as unknown as PocketState["talks"][number]
    expect(read({ sent: "seen", talk: "t" }, { talks: [talk] })).toContain("Cleo helps run this program")
  })
})

function combinations(count: number): boolean[][] {
  return count === 0 ? [[]] : combinations(count - 1).flatMap((one) => YES_AND_NO.map((value) => [...one, value]))
}
