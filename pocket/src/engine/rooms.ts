import { PocketProblem } from "../contract.ts"
import type { Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"

/** Where the rooms are, as this pocket's own host says. A charter that says otherwise is refused. */
export type Rooms = Readonly<{ mailroom: string; desk: string }>

const ROOMS = new Shelf<Rooms>("open", "rooms")
const NAME = "here"

/** From this device, else from the host's `/pocket.json`. Throws PocketProblem("unreachable"). */
export async function findRooms(vault: Vault, fetch: typeof globalThis.fetch): Promise<Rooms> {
  const known = await ROOMS.get(vault, NAME)
  if (known !== undefined) return known
  const rooms = await askHost(fetch)
  await vault.write([ROOMS.put(NAME, rooms)])
  return rooms
}

async function askHost(fetch: typeof globalThis.fetch): Promise<Rooms> {
  try {
    const answer = await fetch("/pocket.json", { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" })
    return roomsIn(await answer.json())
  } catch {
    throw new PocketProblem("unreachable")
  }
}

function roomsIn(json: unknown): Rooms {
  const found = json as Partial<Record<keyof Rooms, unknown>>
  if (!isOrigin(found.mailroom) || !isOrigin(found.desk)) throw new PocketProblem("unreachable")
  return { mailroom: found.mailroom, desk: found.desk }
}

function isOrigin(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).origin === value
}
