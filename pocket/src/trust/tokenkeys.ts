import { sha256 } from "../seal/index.ts"
import type { TokenKey, TokenKeyPrint } from "../wire/index.ts"
import { sameBytes } from "../wire/index.ts"

/** The epoch that runs on this day; of two that overlap, the newer. Undefined between epochs. */
export function runningTokenKey(keys: readonly TokenKey[], today: number): TokenKey | undefined {
  const running = keys.filter((key) => key.firstDay <= today && today <= key.lastDay)
  return running.reduce<TokenKey | undefined>((newest, key) => (newest === undefined || key.epoch > newest.epoch ? key : newest), undefined)
}

/** Whose tokens to draw today: of the epoch whose members' key is missing, else the newest that runs. */
export function tokenKeyToDraw(keys: readonly TokenKey[], today: number, isMissing: (epoch: number) => boolean): TokenKey | undefined {
  const running = keys.filter((key) => key.firstDay <= today && today <= key.lastDay)
  return running.find(({ epoch }) => isMissing(epoch)) ?? runningTokenKey(running, today)
}

/** Whether bulletin and mailroom name the same key for this epoch. If not, somebody may be marking passes: nothing is drawn. */
export async function mailroomAgrees(key: TokenKey, prints: readonly TokenKeyPrint[]): Promise<boolean> {
  const id = await sha256(key.spki)
  const named = prints.filter((print) => print.epoch === key.epoch)
  return named.length > 0 && named.every((print) => sameBytes(print.tokenKeyId, id))
}
