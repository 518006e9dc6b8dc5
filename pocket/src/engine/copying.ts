import { find, takeIn } from "../backup/index.ts"
import { dayOf } from "../clock.ts"
import type { CameBack, Copying, Device } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mine } from "../rules/index.ts"
import { parsePhrase, slotKeys } from "../seal/index.ts"
import type { Vault } from "../vault/index.ts"
import type { Parts } from "./parts.ts"
import type { World } from "./world.ts"

type Home = Readonly<{
  world: World
  vault: () => Vault
  device: () => Device
  working: () => Promise<Parts>
  mine: () => Mine
  setMine: (mine: Mine) => Promise<void>
  /** The keys came: everything is opened anew with them. */
  reopen: () => Promise<void>
}>

/** `learn`: words were typed that open this vault. They are right whether or not there is a copy: what fails is tried at the next unlocking. */
export type CopyingHere = Copying & Readonly<{ learn: (words: string) => Promise<void> }>

/** Coming back with seven words, and the copy that this needs. */
export function copyingBy(home: Home): CopyingHere {
  return {
    learn: (words) => learn(home, words).catch(() => undefined),
    comeBack: (words) => comeBack(home, words),
    renew: async () => (await home.working()).copy.renew(),
    forget: async () => (await home.working()).copy.forget(),
  }
}

/** From the words the copy's keys, once. Waits for no room. */
async function learn({ world, working }: Home, typed: string): Promise<void> {
  const { copy, admission } = await working()
  const words = await parsePhrase(typed)
  const programId = admission.bulletin?.charter.programId
  if (words === undefined || programId === undefined || copy.knowsKeys) return
  await copy.learn({ ...(await slotKeys(words, programId, world.startWorker)), programId })
  void copy.goOn().catch(() => undefined)
}

async function comeBack(home: Home, typed: string): Promise<CameBack> {
  const vault = home.vault()
  // Two sets of the kept would stand side by side until then.
  if (vault.status === "locked") throw new PocketProblem("locked")
  const { admission, mailroom, copy } = await home.working()
  const own = home.device() === "own"
  const looking = { admission, mailroom, startWorker: home.world.startWorker }
  const found = await find(typed, looking)
  const { clock, random } = home.world
  await takeIn(found, { ...looking, vault, own, today: dayOf(clock.now()), random })
  const { backup, body, keys, words } = found
  const wordless = vault.status === "none" || vault.status === "unconfirmed"
  if (own && wordless) {
    await vault.adoptWords(words)
    await copy.learn(keys, { body, day: backup.day })
  }
  const { agency, unit } = backup
  if (home.mine().agency === undefined && agency !== "") await home.setMine({ agency, ...(unit === "" ? {} : { unit }) })
  await home.reopen()
  return { day: backup.day, card: backup.card !== undefined, kept: backup.kept.length + backup.reminders.length > 0, peer: own && backup.identity !== undefined }
}
