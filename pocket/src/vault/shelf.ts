import type { Change } from "./store.ts"
import type { Vault } from "./vault.ts"

type Reading = Pick<Vault, "read" | "list">

/** A place in the vault for records of one shape: names that begin with `prefix`, open or sealed. */
export class Shelf<T> {
  readonly #area: "open" | "sealed"
  readonly #prefix: string

  constructor(area: "open" | "sealed", prefix: string) {
    this.#area = area
    this.#prefix = `${prefix}/`
  }

  /** What lies there was put by `put`, under this device's own hand, so its shape is trusted. */
  async get(vault: Reading, name: string): Promise<T | undefined> {
    return (await vault.read(this.#area, this.#prefix + name)) as T | undefined
  }

  async all(vault: Reading): Promise<readonly T[]> {
    return (await vault.list(this.#area, this.#prefix)).map(([, value]) => value as T)
  }

  put(name: string, value: T): Change {
    return { area: this.#area, name: this.#prefix + name, value }
  }

  remove(name: string): Change {
    return { area: this.#area, name: this.#prefix + name, value: undefined }
  }
}
