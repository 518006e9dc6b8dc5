import { dayOf } from "../clock.ts"
import type { Device, Helpline, PocketState, Program } from "../contract.ts"
import { cardOf, hasLeft, keptIn } from "../kept/index.ts"
import type { Mine } from "../rules/index.ts"
import { coordinates } from "../doors/index.ts"
import type { TalkState } from "../talks/index.ts"
import { viewOf } from "../talks/index.ts"
import type { Bulletin, Peer } from "../trust/index.ts"
import { freshness } from "../trust/index.ts"
import type { Vault } from "../vault/index.ts"
import { NO_DATE_YET, OPEN, sameBytes } from "../wire/index.ts"
import us from "../../../src/leanto/data/helplines/us.json"
import { askable, cardsOf, onDutyNow } from "./listing.ts"
import type { Parts } from "./parts.ts"

const DOUBTED_AFTER_DAYS = 30
const OWN_LINES = us.lines as readonly Helpline[]

export type Seen = Readonly<{
  tab: PocketState["tab"]
  device: Device
  mine: Mine
  vault: Vault
  parts: Parts | undefined
  at: number
  place: (key: string) => number
}>

/** What screens see, made from what is. */
export function stateOf({ tab, device, mine, vault, parts, at, place }: Seen): PocketState {
  const bulletin = parts?.admission.bulletin
  const peer = parts?.oncall.view
  const asking = parts?.asking.view
  const copy = parts?.copy.view
  const usually = parts?.practice.usuallyMinutes(new Date(parts.calendar.now()).getHours())
  const peers = parts === undefined ? [] : askable(parts.peers, mine, peer?.handle)
  return {
    tab,
    device,
    ...(bulletin === undefined ? {} : { program: programOf(bulletin, at), pack: bulletin.publicPart.pack }),
    ...opensLater(parts?.admission.card ?? "none", bulletin?.publicPart.opensDay ?? parts?.glimpse.opensDay, dayOf(at)),
    ...(parts !== undefined && isEmpty(parts) ? { opensLater: { nobody: true } } : {}),
    lines: linesOf(bulletin),
    card: parts?.admission.card ?? "none",
    vault: vault.status,
    peers: cardsOf(peers, mine, parts?.calendar.now() ?? at, place),
    onDutyNow: onDutyNow(peers, parts?.calendar.now() ?? at),
    mine,
    ...(usually === undefined ? {} : { usuallyMinutes: usually }),
    ...(asking === undefined ? {} : { asking }),
    ...(parts === undefined ? NOTHING : keptOf(parts, mine, at)),
    ...(peer === undefined ? {} : { peer }),
    ...(copy === undefined ? {} : { copy }),
    offline: parts?.reach.offline ?? false,
    wrongDate: parts !== undefined && isDateDoubtful(parts, at),
  }
}

/** Where the mailroom or a signed bulletin contradicts this device; or, with no other word of the day, a list just read that is a month over. */
function isDateDoubtful({ calendar, admission, reach }: Parts, at: number): boolean {
  const lastDay = admission.bulletin?.head.head.lastDay ?? Infinity
  return calendar.isDeviceWrong || (!reach.offline && dayOf(at) > lastDay + DOUBTED_AFTER_DAYS)
}

type OfTalks = Pick<PocketState, "talks" | "kept" | "reminders">

const NOTHING: OfTalks = { talks: [], kept: [], reminders: [] }

function keptOf({ talks, kept, admission, vouches, peers, calendar }: Parts, mine: Mine, at: number): OfTalks {
  const isFresh = admission.bulletin !== undefined && freshness(admission.bulletin.head.head, dayOf(at)).state === "fresh"
  return {
    talks: talks.all.map((talk) => ({
      ...viewOf(talk, calendar.now()),
      ...keptIn(talk, kept.peers, kept.reminders),
      ...(hasLeft(talk, { vouches, isFresh }) ? { left: true as const } : {}),
      ...(withCoordinator(talk, peers) ? { coordinates: true as const } : {}),
    })),
    kept: kept.peers.map((one) => cardOf(one, { vouches, peers, isFresh, mine, at })),
    reminders: kept.reminders.map(({ id, words }) => ({ id, words })),
  }
}

function withCoordinator({ role, theirs }: TalkState, peers: readonly Peer[]): boolean {
  return role === "officer" && peers.some((peer) => coordinates(peer) && sameBytes(peer.vouch.agreementKey, theirs.staticPublic))
}

function programOf(bulletin: Bulletin, at: number): Program {
  const { program, cardPlace, patienceMinutes } = bulletin.publicPart
  const { state, ageDays } = freshness(bulletin.head.head, dayOf(at))
  const passedOn = bulletin.keyPassedOn ? { keyPassedOn: true as const } : {}
  return { ...program, fresh: bulletin.forked ? "forked" : state, ageDays, cardPlace, patienceMinutes, ...passedOn }
}

/** No card is made before a program opened: who holds one is never turned away by a day that says it did not. */
export function opensLater(card: PocketState["card"], day: number | undefined, today: number): Pick<PocketState, "opensLater"> {
  if (card !== "none" || day === undefined || day === OPEN) return {}
  return { opensLater: day > today && day < NO_DATE_YET ? { on: day } : {} }
}

/** An open program whose list was read, and names nobody who can be asked, whoever asks. */
function isEmpty({ admission, vouches, peers }: Parts): boolean {
  return admission.bulletin?.publicPart.opensDay === OPEN && vouches !== undefined && peers.length === 0
}

/** The few that are built in stand beside the bulletin's, whatever that says of them. */
function linesOf(bulletin: Bulletin | undefined): readonly Helpline[] {
  if (bulletin === undefined) return OWN_LINES
  const builtin = OWN_LINES.filter((line) => line.builtin)
  const others = bulletin.publicPart.helplines.filter(({ id }) => !builtin.some((line) => line.id === id))
  return [...builtin, ...others]
}
