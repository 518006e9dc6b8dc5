import { PocketProblem } from "../contract.ts"
import type { Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"

/** Where the rooms are, as this pocket's own host says. A charter that says otherwise is refused. No notifier: an empty text. */
export type Rooms = Readonly<{ mailroom: string; desk: string; notifier: string }>

const ROOMS = new Shelf<Rooms>("open", "rooms")
const NAME = "here"
const PATIENT_MS = 20_000
/** Who knows them from last time does not wait long. */
const QUICK_MS = 2_500

/** From the host's `/pocket.json`, for rooms may move; without a network as it was last time. Throws PocketProblem("unreachable"). */
export async function findRooms(vault: Vault, fetch: typeof globalThis.fetch): Promise<Rooms> {
  const known = await ROOMS.get(vault, NAME)
  const said = await askHost(fetch, known === undefined ? PATIENT_MS : QUICK_MS)
  const rooms = said ?? known
  if (rooms === undefined) throw new PocketProblem("unreachable")
  const isNews = said !== undefined && (said.mailroom !== known?.mailroom || said.desk !== known.desk || said.notifier !== known.notifier)
  if (isNews) await vault.write([ROOMS.put(NAME, said)])
  return rooms
}

async function askHost(fetch: typeof globalThis.fetch, patienceMs: number): Promise<Rooms | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch("/pocket.json", { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error", signal })
    return roomsIn(await answer.json())
  } catch {
    return undefined
  }
}

function roomsIn(json: unknown): Rooms | undefined {
  const { mailroom, desk, notifier = "" } = json as Partial<Record<keyof Rooms, unknown>>
  return isOrigin(mailroom) && isOrigin(desk) && (notifier === "" || isOrigin(notifier)) ? { mailroom, desk, notifier } : undefined
}

function isOrigin(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).origin === value
}
