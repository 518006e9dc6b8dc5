import type { PeerCard } from "../../contract.ts"
import type { Memory, View } from "../../ui/view.ts"

/** Those who would be asked: without the own agency's, while someone from outside is wished for. */
export function peersInReach({ state, memory }: View): readonly PeerCard[] {
  const { outside, without } = memory.asking
  return (state?.peers ?? []).filter((peer) => peer.key !== without && !(outside && peer.ownAgency))
}

/** Whether a peer is what the officer looks for; decided on the device, told to nobody. */
export function fits(peer: PeerCard, filter: Memory["filter"]): boolean {
  return (
    (filter.been === "" || peer.been.includes(filter.been)) &&
    (filter.language === "" || peer.languages.includes(filter.language)) &&
    (filter.work === "" || peer.work.includes(filter.work)) &&
    (!filter.duty || peer.onDuty) &&
    (!filter.veteran || peer.veteran)
  )
}
