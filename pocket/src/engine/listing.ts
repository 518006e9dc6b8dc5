import type { PeerCard } from "../contract.ts"
import { coordinates, standingOf } from "../doors/index.ts"
import type { Mine } from "../rules/index.ts"
import { inConflict } from "../rules/index.ts"
import type { Peer } from "../trust/index.ts"
import type { SharedKind } from "../wire/index.ts"
import { toHex } from "../wire/index.ts"

/** Those whom this officer may be shown: no conflict, whatever they will choose, and not this pocket's own peer. */
export function askable(peers: readonly Peer[], mine: Mine, ownHandle: string | undefined): readonly Peer[] {
  return peers.filter(({ vouch, conflicts }) => !inConflict(conflicts, mine, false) && vouch.handle !== ownHandle)
}

export function onDutyNow(peers: readonly Peer[], at: number): number {
  return peers.filter((peer) => standingOf(peer, at) === "on-duty").length
}

/** The peers as cards, those of the officer's own agency last: never offered first. `place` gives each key its place for as long as the page is open, so that no card jumps while it is read. */
export function cardsOf(peers: readonly Peer[], mine: Mine, at: number, place: (key: string) => number): readonly PeerCard[] {
  const cards = peers.map((peer) => cardOf(peer, mine, at))
  return cards.sort((a, b) => Number(a.ownAgency) - Number(b.ownAgency) || place(a.key) - place(b.key))
}

function cardOf(peer: Peer, mine: Mine, at: number): PeerCard {
  const all = (kind: SharedKind): string[] => peer.shared.filter((item) => item.kind === kind).map(({ text }) => text)
  const one = <Name extends string>(name: Name, kind: SharedKind): Partial<Record<Name, string>> => {
    const [text] = all(kind)
    return text === undefined ? {} : ({ [name]: text } as Record<Name, string>)
  }
  return {
    key: toHex(peer.vouch.agreementKey),
    handle: peer.vouch.handle,
    ...one("about", "about"),
    ...one("rank", "rank"),
    ...one("years", "years"),
    work: all("work"),
    been: all("been"),
    languages: all("language"),
    ...one("faith", "faith"),
    veteran: all("veteran").length > 0,
    ...one("gender", "gender"),
    ...one("region", "region"),
    ...one("drawing", "drawing"),
    onDuty: standingOf(peer, at) === "on-duty",
    shows: standingOf(peer, at) === "shows",
    coordinates: coordinates(peer),
    ownAgency: peer.conflicts.some(({ kind, text }) => kind === "agency" && text === mine.agency),
  }
}
