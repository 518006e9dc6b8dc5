/** Where records lie. `open`: readable without the words. `sealed`: boxes under the vault key. `keys`: this device's CryptoKeys. */
export type Area = "open" | "sealed" | "keys"

/** One record put (or, with `undefined`, removed). */
export type Change = Readonly<{ area: Area; name: string; value: unknown }>

export interface Store {
  read(area: Area, name: string): Promise<unknown>
  /** All records of an area whose names begin so, in the order of their names. */
  list(area: Area, prefix: string): Promise<readonly (readonly [string, unknown])[]>
  /** All of them or none, on disk before the promise resolves. */
  write(changes: readonly Change[]): Promise<void>
  destroy(): Promise<void>
}

/** A shared device's store: gone with the page. */
export function memoryStore(): Store {
  const areas = { open: new Map<string, unknown>(), sealed: new Map<string, unknown>(), keys: new Map<string, unknown>() }
  return {
    read: (area, name) => Promise.resolve(areas[area].get(name)),
    list: (area, prefix) => Promise.resolve([...areas[area]].filter(([name]) => name.startsWith(prefix)).sort(byName)),
    write: (changes) => {
      for (const { area, name, value } of changes) {
        if (value === undefined) areas[area].delete(name)
        else areas[area].set(name, value)
      }
      return Promise.resolve()
    },
    destroy: () => {
      for (const area of Object.values(areas)) area.clear()
      return Promise.resolve()
    },
  }
}

/** Copies everything of one store into another, in one write. */
export async function moveStore(from: Store, to: Store): Promise<void> {
  const areas: readonly Area[] = ["open", "sealed", "keys"]
  const records = await Promise.all(areas.map(async (area) => (await from.list(area, "")).map(([name, value]) => ({ area, name, value }))))
  await to.write(records.flat())
  await from.destroy()
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
