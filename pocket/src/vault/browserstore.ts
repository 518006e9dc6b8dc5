import type { DBSchema, IDBPDatabase } from "idb"
import { deleteDB, openDB } from "idb"
import { PocketProblem } from "../contract.ts"
import type { Area, Store } from "./store.ts"

interface Schema extends DBSchema {
  open: { key: string; value: unknown }
  sealed: { key: string; value: unknown }
  keys: { key: string; value: unknown }
}

const AREAS: readonly Area[] = ["open", "sealed", "keys"]

/** Whether this device has a pocket already; looking leaves no trace on one that has none. */
export async function hasBrowserStore(name: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((database) => database.name === name)
  } catch {
    return false // no storage here at all
  }
}

/** The pocket's IndexedDB. Throws PocketProblem("no-storage") where the browser keeps nothing. */
export async function browserStore(name: string): Promise<Store> {
  const database = await opened(name)
  return {
    read: (area, record) => database.get(area, record),
    list: async (area, prefix) => {
      const range = IDBKeyRange.bound(prefix, prefix + "\uffff")
      const transaction = database.transaction(area, "readonly")
      const [names, values] = await Promise.all([transaction.store.getAllKeys(range), transaction.store.getAll(range)])
      return names.map((record, index): readonly [string, unknown] => [record, values[index]])
    },
    write: async (changes) => {
      // Strict: on the disk, not only promised to the disk, for the mailroom is told to forget next.
      const transaction = database.transaction(AREAS, "readwrite", { durability: "strict" })
      const done = changes.map(({ area, name: record, value }) => {
        const records = transaction.objectStore(area)
        return value === undefined ? records.delete(record) : records.put(value, record)
      })
      await Promise.all([...done, transaction.done])
    },
    destroy: async () => {
      database.close()
      await deleteDB(name)
    },
  }
}

async function opened(name: string): Promise<IDBPDatabase<Schema>> {
  try {
    return await openDB<Schema>(name, 1, {
      upgrade: (database) => {
        for (const area of AREAS) database.createObjectStore(area)
      },
      // Another window takes over or forgets everything: this one must not be in the way.
      blocking: (_current, _blocked, event) => {
        ;(event.target as IDBDatabase).close()
      },
    })
  } catch {
    throw new PocketProblem("no-storage")
  }
}
