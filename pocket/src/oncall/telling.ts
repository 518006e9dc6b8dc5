import type { Admission } from "../admission.ts"
import type { Clock } from "../clock.ts"
import { minuteOf } from "../clock.ts"
import type { DutySettings } from "../contract.ts"
import type { Mailbox, Mailroom } from "../delivery/index.ts"
import type { Vault } from "../vault/index.ts"
import { fromHex } from "../wire/index.ts"
import { enrolmentDesk } from "./desk.ts"
import { signedStanding } from "./keys.ts"
import type { Told } from "./records.ts"
import { IDENTITY, OWN, TOLD } from "./records.ts"
import { FRESH, isTold, NO_REST, restNow, standingOf } from "./settings.ts"
import { mondayOf } from "./weeks.ts"

export type TellingOptions = Readonly<{
  vault: Pick<Vault, "list" | "read" | "write">
  mailroom: Pick<Mailroom, "rest" | "wakes">
  admission: Pick<Admission, "bulletin">
  fetch: typeof fetch
  clock: Clock
}>

/** How this peer wants to be rung, all that desk and mailroom are told of. `inReserve`: what the desk takes for granted before it has a word of the
 * peer's own. */
export type Wanted = Readonly<{ settings: DutySettings; inReserve: boolean; full: boolean; endpoints: readonly string[]; reachedDay: number; openedDay: number; mailboxes: readonly Mailbox[]; today: number }>

const UNTOLD: Told = { saidMinute: 0, rest: NO_REST, wakes: { drills: "none", endpoints: [], week: 0 } }

/** Tells each room what it must know of how this peer wants to be rung, until it knows. */
export class Telling {
  readonly #options: TellingOptions
  #told: Told = UNTOLD

  constructor(options: TellingOptions) {
    this.#options = options
  }

  async load(): Promise<void> {
    this.#told = (await TOLD.get(this.#options.vault, OWN)) ?? UNTOLD
  }

  /** Whether the desk was told that this peer may be rung outside shifts; undefined before it was told anything. */
  get toldReserve(): boolean | undefined {
    return this.#told.standing?.reserveConsent
  }

  /** Until which hour the mailroom was told that this peer rests. */
  get toldRestHour(): number {
    return this.#told.rest.untilHour
  }

  knows(wanted: Wanted): boolean {
    return this.#deskKnows(wanted) && this.#restIsKnown(wanted) && this.#wakesAreKnown(wanted)
  }

  /** Tells whoever does not know; one room that is down keeps nothing from the other. Throws PocketProblem. */
  async tell(wanted: Wanted): Promise<void> {
    const said = await Promise.allSettled([this.#tellDesk(wanted), this.tellMailroom(wanted)])
    for (const one of said) if (one.status === "rejected") throw one.reason as Error
  }

  /** Rest and endpoints, which the mailroom alone needs. Throws PocketProblem. */
  async tellMailroom(wanted: Wanted): Promise<void> {
    const { mailroom, clock } = this.#options
    const [mailbox] = wanted.mailboxes
    if (mailbox === undefined || (this.#restIsKnown(wanted) && this.#wakesAreKnown(wanted))) return
    const rest = restNow(wanted.settings, wanted.full, this.#told.rest, clock.now())
    if (!this.#restIsKnown(wanted)) {
      await mailroom.rest(mailbox.readKey, rest)
      await this.#keep({ ...this.#told, rest })
    }
    if (this.#wakesAreKnown(wanted)) return
    const wakes = wakesOf(wanted)
    await mailroom.wakes(mailbox.readKey, wakes.drills, wakes.endpoints.map(fromHex))
    await this.#keep({ ...this.#told, wakes })
  }

  /** Another invitation: nothing of this was ever said. */
  async forget(): Promise<void> {
    await this.#keep(UNTOLD)
  }

  async #tellDesk(wanted: Wanted): Promise<void> {
    const { vault, admission, fetch, clock } = this.#options
    const charter = admission.bulletin?.charter
    const identity = this.#deskKnows(wanted) ? undefined : await IDENTITY.get(vault, OWN)
    if (charter === undefined || identity === undefined) return
    const standing = standingOf(wanted.settings, wanted)
    // The newest word counts, also of two in one minute or of a clock that went back.
    const saidMinute = Math.max(minuteOf(clock.now()), this.#told.saidMinute + 1)
    await this.#keep({ ...this.#told, saidMinute })
    await enrolmentDesk(charter.issuance, fetch).standing(await signedStanding(identity, charter.programId, { ...standing, saidMinute }))
    await this.#keep({ ...this.#told, standing })
  }

  /** That this pocket opens what is sealed to it goes along with something else: by itself it would put the peer's own word in the place of the
   * coordinator's. Only where a word was said before the first try, the first try is worth another. */
  #deskKnows({ settings, reachedDay, openedDay, inReserve }: Wanted): boolean {
    const { standing } = this.#told
    if (standing === undefined) return same(standingOf(settings, { reachedDay, openedDay: 0 }), standingOf({ ...FRESH, reserve: inReserve }, { reachedDay: 0, openedDay: 0 }))
    return same(standingOf(settings, { reachedDay, openedDay: standing.openedDay || openedDay }), standing)
  }

  #restIsKnown({ settings, full }: Wanted): boolean {
    const at = this.#options.clock.now()
    return isTold(restNow(settings, full, this.#told.rest, at), this.#told.rest, at)
  }

  /** Said again with each week's mailbox: what the mailroom lost is mended within a week. */
  #wakesAreKnown(wanted: Wanted): boolean {
    const { wakes } = this.#told
    const isNothing = wanted.endpoints.length === 0 && wanted.settings.drills === "none"
    return isNothing && wakes.endpoints.length === 0 && wakes.drills === "none" ? true : same(wakesOf(wanted), wakes)
  }

  async #keep(told: Told): Promise<void> {
    await this.#options.vault.write([TOLD.put(OWN, told)])
    this.#told = told
  }
}

function wakesOf({ settings, endpoints, today }: Wanted): Told["wakes"] {
  return { drills: settings.drills, endpoints, week: mondayOf(today) }
}

/** Records that both sides of it wrote in this one order. */
function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
