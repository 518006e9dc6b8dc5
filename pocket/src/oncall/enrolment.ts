import type { Admission } from "../admission.ts"
import type { Clock } from "../clock.ts"
import { dayOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Random } from "../seal/index.ts"
import { sha256 } from "../seal/index.ts"
import { tidyWords } from "../talks/pieces.ts"
import type { Bulletin } from "../trust/index.ts"
import { verifiedPeers, verifiedVouch } from "../trust/index.ts"
import type { Change, Vault } from "../vault/index.ts"
import type { Bytes, EnrolmentState, Invitation, Members, SharedItem } from "../wire/index.ts"
import { LayoutError, MistypedError, parseInvitation, sameBytes, SHARED_KINDS, toHex } from "../wire/index.ts"
import type { EnrolmentDesk } from "./desk.ts"
import { enrolmentDesk } from "./desk.ts"
import type { DutyWeeks } from "./dutyweeks.ts"
import { enrolmentWords, newIdentity, signedHandIn } from "./keys.ts"
import type { Shifts } from "./listing.ts"
import { onlyOwn, ownShifts, stageAfter } from "./listing.ts"
import type { Enrolled } from "./records.ts"
import { ENROLLED, IDENTITY, OWN } from "./records.ts"
import { opened } from "./trying.ts"

export type EnrolmentOptions = Readonly<{
  vault: Pick<Vault, "list" | "read" | "write">
  admission: Pick<Admission, "bulletin" | "enterProgram" | "refresh" | "members" | "keepMembersKey">
  fetch: typeof fetch
  clock: Clock
  random: Random
  changed: () => void
}>

export type Me = Readonly<{ handle: string; about: string; items: readonly Readonly<{ kind: string; text: string }>[] }>

/** From an invitation to a peer in the bulletin, and out of it again. What is sent is on disk before. */
export class Enrolment {
  readonly #options: EnrolmentOptions
  readonly #weeks: DutyWeeks
  #enrolled: Enrolled | undefined
  #shifts: Shifts = []
  #unopened = false
  /** The mailroom's day, as it said last: a clock of this device that jumped ahead burns no keys. */
  #mailroomDay: number | undefined
  #turns: Promise<unknown> = Promise.resolve()

  constructor(options: EnrolmentOptions, weeks: DutyWeeks) {
    this.#options = options
    this.#weeks = weeks
  }

  async load(): Promise<void> {
    this.#enrolled = await ENROLLED.get(this.#options.vault, OWN)
  }

  get enrolled(): Enrolled | undefined {
    return this.#enrolled
  }

  get shifts(): Shifts {
    return this.#shifts
  }

  /** What officers would seal to this peer's entry in the list does not open here: its keys are not those of this phone. */
  get unopened(): boolean {
    return this.#enrolled?.stage === "vouched" && this.#unopened
  }

  /** The smaller of this device's day and the mailroom's. */
  get today(): number {
    return Math.min(dayOf(this.#options.clock.now()), this.#mailroomDay ?? Infinity)
  }

  mailroomSaid(today: number): void {
    this.#mailroomDay = today
  }

  /** Throws `invitation-mistyped`, a problem of admission.enterProgram, `invitation-unknown` or `invitation-used`. */
  async enterInvitation(text: string): Promise<void> {
    const { invitation, fingerprint } = await readInvitation(text)
    await this.#options.admission.enterProgram(fingerprint)
    await this.#inTurn(async () => {
      if (this.#enrolled !== undefined && sameBytes(this.#enrolled.invitation, invitation)) return
      if ((await this.#desk().state(invitation)).state !== "invited") throw new PocketProblem("invitation-used")
      const enrolled: Enrolled = { invitation, stage: "invited" }
      await this.#weeks.forgetAll([ENROLLED.put(OWN, enrolled), IDENTITY.remove(OWN)])
      this.#shifts = []
      this.#is(enrolled)
    })
  }

  /** Makes the keys and hands in their public halves. Pressed again after `unreachable` it is the same hand-in. */
  async handIn(me: Me): Promise<void> {
    const shared = sharedItems(me)
    const handle = tidyWords(me.handle).replaceAll("\n", " ")
    await this.#inTurn(async () => {
      // An earlier try may have arrived without its answer; what it said then stands at the desk.
      if (this.#enrolled?.sent !== undefined) await this.#ask()
      if (this.#enrolled?.stage !== "invited") return
      await this.#handIn(this.#enrolled, handle, shared)
    })
  }

  /** Does what can be done now: asks the desk, reads the bulletin, keeps weeks ahead. Throws PocketProblem. */
  async goOn(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#enrolled?.sent === undefined) return
      // What is dead goes first, whether or not anyone can be reached.
      await this.#weeks.turn(undefined, this.#bulletin().charter.programId, this.today)
      if (this.#enrolled.stage === "handed-in" || this.#enrolled.stage === "invited") await this.#ask()
      await this.#read()
      await this.#keepWeeks()
    })
  }

  /** Whether the desk still lacks something that this pocket can give. */
  get owesWeeks(): boolean {
    return this.#enrolled?.stage === "vouched" && this.#weeks.toHandIn(this.today).length > 0
  }

  async #handIn(enrolled: Enrolled, handle: string, shared: readonly SharedItem[]): Promise<void> {
    const { vault, random } = this.#options
    const known = await IDENTITY.get(vault, OWN)
    if (enrolled.sent !== undefined && known === undefined) throw new PocketProblem("locked")
    const identity = known ?? (await newIdentity(random))
    const { programId } = this.#bulletin().charter
    const sent = { handle, signingKey: identity.signing.publicKey, agreementKey: identity.agreement.publicKey, words: await enrolmentWords(programId, identity) }
    await this.#keep({ ...enrolled, sent }, [IDENTITY.put(OWN, identity)])
    await this.#weeks.turn(identity, programId, this.today)
    const weeks = this.#weeks.toHandIn(this.today)
    const body = await orMistaken(() => signedHandIn(identity, programId, { invitation: enrolled.invitation, handle, shared, bundles: weeks.map(({ bundle }) => bundle) }))
    await this.#desk().handIn(body)
    const handedIn: Enrolled = { ...enrolled, sent, stage: "handed-in" }
    await this.#weeks.handedIn(weeks, [ENROLLED.put(OWN, handedIn)])
    this.#is(handedIn)
  }

  /** How far the desk says it is. Nothing of a vouch counts but what verifies. */
  async #ask(): Promise<void> {
    const enrolled = this.#enrolled
    if (enrolled === undefined) return
    const answer = await this.#desk().state(enrolled.invitation).catch((error: unknown) => {
      if (error instanceof PocketProblem && error.problem === "invitation-unknown") return undefined
      throw error
    })
    if (answer === undefined) {
      // Withdrawn, or stood down: the desk tells nobody which.
      if (enrolled.stage === "invited") throw new PocketProblem("invitation-unknown")
      return this.#keep({ ...enrolled, stage: "stood-down" })
    }
    if (answer.state !== "invited" && enrolled.stage === "invited") {
      await this.#weeks.handedIn(this.#weeks.toHandIn(this.today))
      await this.#keep({ ...enrolled, stage: "handed-in" })
    }
    if (answer.state === "vouched") await this.#vouchedFor(answer)
  }

  async #vouchedFor({ vouch, epoch, membersKey }: EnrolmentState & { state: "vouched" }): Promise<void> {
    const enrolled = this.#enrolled
    if (enrolled === undefined) return
    const isOwn = (await this.#isOwnVouch(enrolled, vouch)) || (await this.#isOwnVouchByNow(enrolled, vouch))
    if (!isOwn) throw new PocketProblem("not-proven")
    await this.#options.admission.keepMembersKey(epoch, membersKey)
    if (enrolled.stage === "handed-in") await this.#keep({ ...enrolled, stage: "vouched" })
  }

  /** The charter held may be older than a change of the program key. */
  async #isOwnVouchByNow(enrolled: Enrolled, vouch: Bytes): Promise<boolean> {
    await this.#options.admission.refresh()
    return this.#isOwnVouch(enrolled, vouch)
  }

  async #isOwnVouch({ sent }: Enrolled, bytes: Bytes): Promise<boolean> {
    const vouch = await verifiedVouch(bytes, this.#bulletin().charter, this.today)
    if (sent === undefined || vouch?.handle !== sent.handle) return false
    return sameBytes(vouch.signingKey, sent.signingKey) && sameBytes(vouch.agreementKey, sent.agreementKey)
  }

  /** The mailroom says that requests reach this peer: some bulletin lists them, newer than the one held here. True if that is news. */
  async isListedAtMailroom(): Promise<boolean> {
    const enrolled = this.#enrolled
    if (enrolled?.stage !== "vouched" || enrolled.listedIn !== undefined) return false
    await this.#keep({ ...enrolled, listedIn: this.#bulletin().head.head.serial })
    return true
  }

  /** What the bulletin says of this peer: listed or not, and when on duty. */
  async #read(): Promise<void> {
    const before = this.#enrolled?.stage
    if (before !== "vouched" && before !== "stood-down") return
    const { admission } = this.#options
    // The bulletin that lists this peer for the first time is made right after the vouch.
    if (this.#enrolled?.listedIn === undefined) await admission.refresh()
    // Each epoch has a members' key of its own; the invitation asks for it.
    if ((await admission.members()) === undefined) await this.#ask()
    const members = await admission.members()
    const enrolled = this.#enrolled
    if (members === undefined || enrolled?.sent === undefined) return
    const { serial } = this.#bulletin().head.head
    const shifts = ownShifts(members, enrolled.sent.signingKey)
    const stage = stageAfter(enrolled.stage, shifts !== undefined, serial, enrolled.listedIn)
    this.#shifts = shifts ?? []
    const listedIn = shifts === undefined ? enrolled.listedIn : serial
    if (stage !== enrolled.stage || listedIn !== enrolled.listedIn) await this.#keep({ ...enrolled, stage, listedIn })
    else this.#options.changed()
    await this.#tryOwn(members)
  }

  /** Once for each week's key: whoever is sent here must be understood here. */
  async #tryOwn(members: Members): Promise<void> {
    const { vault, random } = this.#options
    const [identity, enrolled] = [await IDENTITY.get(vault, OWN), this.#enrolled]
    if (identity === undefined || enrolled?.stage !== "vouched") return
    const [own] = await verifiedPeers(onlyOwn(members, identity.signing.publicKey), this.#bulletin().charter, this.today)
    if (own === undefined) return
    const duty = toHex(own.bundle.dutyAddress)
    const before = enrolled.opened?.duty === duty
    const seed = before ? undefined : await this.#weeks.seed(duty)
    const opens = before || (seed !== undefined && (await opened(own, { identity, seed, today: this.today, random })))
    // Weeks that the desk does not have yet cannot be in the list: the list after them tells.
    this.#unopened = !opens && !this.owesWeeks
    if (opens && !before) await this.#keep({ ...enrolled, opened: { duty, day: this.today } })
    else this.#options.changed()
  }

  async #keepWeeks(): Promise<void> {
    if (this.#enrolled?.stage !== "vouched") return
    const { programId } = this.#bulletin().charter
    await this.#weeks.turn(await IDENTITY.get(this.#options.vault, OWN), programId, this.today)
    await this.#weeks.handIn(programId, this.today, this.#desk().bundles)
    this.#options.changed()
  }

  #desk(): EnrolmentDesk {
    return enrolmentDesk(this.#bulletin().charter.issuance, this.#options.fetch)
  }

  #bulletin(): Bulletin {
    const { bulletin } = this.#options.admission
    if (bulletin === undefined) throw new PocketProblem("no-bulletin")
    return bulletin
  }

  async #keep(enrolled: Enrolled, changes: readonly Change[] = []): Promise<void> {
    await this.#options.vault.write([...changes, ENROLLED.put(OWN, enrolled)])
    this.#is(enrolled)
  }

  #is(enrolled: Enrolled): void {
    this.#enrolled = enrolled
    this.#options.changed()
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }
}

async function readInvitation(text: string): Promise<Invitation> {
  try {
    return await parseInvitation(text, sha256)
  } catch (error) {
    if (error instanceof MistypedError || error instanceof LayoutError) throw new PocketProblem("invitation-mistyped")
    throw error
  }
}

/** A name too long, or too many items: the same refusal that the desk would give. */
async function orMistaken<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof LayoutError) throw new PocketProblem("wrong-layout")
    throw error
  }
}

/** What the peer chose to share, in the kinds and the form of the law. */
function sharedItems({ about, items }: Me): SharedItem[] {
  return [{ kind: "about", text: about }, ...items].flatMap(({ kind, text }) => {
    const known = SHARED_KINDS.find((one) => one === kind)
    const tidy = tidyWords(text)
    return known === undefined || tidy === "" ? [] : [{ kind: known, text: tidy }]
  })
}
