import { memoryStore, Vault } from "../vault/index.ts"
import type { Outside } from "./parts.ts"

/** Everything around the pocket: a browser, or what a test puts in its place. */
export type World = Outside &
  Readonly<{
    /** The name of this pocket's database on the device. */
    storage: string
    /** Starts the worker that stretches the seven words; without one it is done here. */
    startWorker?: () => Worker
    /** Asks the browser not to clear what is kept here. */
    persist: () => Promise<unknown>
  }>

/** A vault that is gone with the page. */
export function memoryVault(world: World): Promise<Vault> {
  return Vault.open({ ...vaultOptions(world), store: memoryStore(), keep: false })
}

export function vaultOptions({ random, startWorker }: World): Pick<World, "random" | "startWorker"> {
  return startWorker === undefined ? { random } : { random, startWorker }
}
