import type { Keeping } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import { sameBytes } from "../wire/index.ts"
import type { Parts } from "./parts.ts"

/** What screens may ask of what is kept. `working` opens the parts, or says why it cannot. */
export function keepingBy(working: () => Promise<Parts>, isOwnDevice: () => boolean): Keeping {
  return {
    keep: async (talk, name) => {
      // On a shared device it would be gone with the page, and the peer reminded for nothing.
      if (!isOwnDevice()) throw new PocketProblem("own-device-only")
      await keep(await working(), talk, name)
    },
    rename: async (id, name) => (await working()).kept.rename(id, name),
    forget: async (id) => (await working()).kept.forgetPeer(id),
    remind: async (id, words) => (await working()).kept.remind(id, words),
    forgetReminder: async (id) => (await working()).kept.forgetReminder(id),
  }
}

async function keep({ talks, kept, vouches }: Parts, id: string, name: string): Promise<void> {
  const talk = talks.all.find((one) => one.id === id)
  if (talk?.role !== "officer") throw new PocketProblem("talk-over")
  const vouch = vouches?.find(({ handle, agreementKey }) => handle === talk.with && sameBytes(agreementKey, talk.theirs.staticPublic))
  if (vouch === undefined) throw new PocketProblem("not-listed")
  await kept.keep(vouch, name, (keepsake, record) => talks.keep(id, keepsake, record))
}
