import type { Duty, PeerSide } from "../contract.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailbox } from "../delivery/index.ts"
import type { Hex } from "../talks/state.ts"
import type { Vault } from "../vault/index.ts"
import type { Frame } from "../wire/index.ts"
import { drilledFrame, fromHex, heardFrame, toHex, urgencyName } from "../wire/index.ts"
import type { Bytes } from "../wire/index.ts"
import type { ClaimsOptions } from "./claims.ts"
import { Claims } from "./claims.ts"
import { DutyWeeks } from "./dutyweeks.ts"
import type { EnrolmentOptions, Me } from "./enrolment.ts"
import { Enrolment } from "./enrolment.ts"
import { isBackstop, isInReserve, isOnDuty, nextTurn } from "./listing.ts"
import type { Week } from "./keys.ts"
import type { OwnOptions } from "./own.ts"
import type { Leaving } from "./own.ts"
import { Own } from "./own.ts"
import type { Reached } from "./reached.ts"
import type { Ringing, Rings } from "./rings.ts"
import { mondayOf } from "./weeks.ts"
import { drillRung, drillStands, hushed, nextSilence, notRepeated, QUIET, rung, stillRinging } from "./rings.ts"

/** `lookAnew`: a newer bulletin is looked for at once. `say`: a frame for the line; false while it is down. */
export type OnCallOptions = EnrolmentOptions & ClaimsOptions & OwnOptions & Readonly<{ lookAnew: () => void; say: (frame: Bytes) => boolean }>

const ASK_EVERY_MS = 15_000
const HAND_IN_AGAIN_MS = 300_000
/** What still rings is repeated right after the line's answer; in this time all of it has come. */
const REPEATS_WITHIN_MS = 5_000

/** A peer's pocket: enrolment, weeks, rings and claims. */
export class OnCall {
  readonly #options: OnCallOptions
  readonly #weeks: DutyWeeks
  readonly #enrolment: Enrolment
  readonly #claims: Claims
  readonly #own: Own
  #rings: Rings = QUIET
  /** Rings of which the mailroom knows that they were seen. */
  #shown = new Set<string>()
  /** Mailboxes of which the mailroom said that requests reach them; empty while the line is down. */
  #reached = new Set<Hex>()
  #callOff = new Map<string, () => void>()
  #stopped = false

  private constructor(options: OnCallOptions) {
    // A write that comes after the end must not bring back what was forgotten.
    const write: Vault["write"] = (changes) => (this.#stopped ? Promise.reject(new PocketProblem("elsewhere")) : options.vault.write(changes))
    const vault = { read: options.vault.read.bind(options.vault), list: options.vault.list.bind(options.vault), write }
    this.#options = { ...options, vault }
    this.#weeks = new DutyWeeks(this.#options)
    this.#enrolment = new Enrolment(this.#options, this.#weeks)
    this.#claims = new Claims(this.#options, this.#weeks)
    this.#own = new Own(this.#options, { mailboxes: () => this.mailboxes(), today: () => this.#enrolment.today, inReserve: () => isInReserve(this.#enrolment.shifts), openedDay: () => this.#enrolment.enrolled?.opened?.day ?? 0 })
  }

  /** Reads what lies in the vault and goes on with all of it in the background: anew whenever keys come or go, and after
   * talks.load(), for claims look at the talks. */
  static async open(options: OnCallOptions): Promise<OnCall> {
    const onCall = new OnCall(options)
    await Promise.all([onCall.#weeks.load(), onCall.#enrolment.load(), onCall.#own.load()])
    await onCall.#claims.resume()
    void onCall.#goOn()
    return onCall
  }

  /** Undefined for officers. */
  get view(): PeerSide | undefined {
    const { enrolled, shifts } = this.#enrolment
    if (enrolled === undefined) return undefined
    const handle = enrolled.sent?.handle
    const now = this.#options.clock.now()
    return {
      ...this.#own.view,
      stage: enrolled.stage,
      ...(handle === undefined ? {} : { handle }),
      words: enrolled.sent?.words ?? [],
      unopened: this.#enrolment.unopened,
      listening: this.mailboxes().some(({ address }) => this.#reached.has(toHex(address))),
      onDuty: isOnDuty(shifts, now),
      backstop: isBackstop(shifts, now),
      shifts,
      rings: this.#rings.ringing.map(({ request, urgency }) => ({ request, urgency, backstop: isBackstop(shifts, now) })),
      drill: drillStands(this.#rings, now),
      ...(this.#rings.hushed === undefined ? {} : { hushed: this.#rings.hushed }),
    }
  }

  /** The duty mailboxes to listen to now. */
  mailboxes(): readonly Mailbox[] {
    return this.#enrolment.enrolled?.stage === "vouched" ? this.#weeks.mailboxes(this.#enrolment.today) : []
  }

  /** Throws `invitation-mistyped`, `invitation-unknown`, `invitation-used`, or what admission.enterProgram throws. */
  async enterInvitation(text: string): Promise<void> {
    const before = this.#enrolment.enrolled
    await this.#enrolment.enterInvitation(text)
    if (this.#enrolment.enrolled !== before) await this.#own.forget()
    this.#quiet(QUIET)
  }

  /** Makes the keys and hands them in; then the desk is asked until the vouch is there. */
  async handIn(me: Me): Promise<void> {
    await this.#enrolment.handIn(me)
    void this.#goOn()
  }

  /** "I'm here." Resolves when the talk is in `talks`. */
  async claim(request: Hex, opening: string): Promise<void> {
    const { week } = this.#ringing(request)
    try {
      await this.#claims.claim(request, week, opening)
      this.#quiet(hushed(this.#rings, request, undefined))
    } catch (error) {
      if (error instanceof PocketProblem) this.#lost(request, error.problem)
      throw error
    }
  }

  /** "Not now", without a reason: the next one is rung. */
  async pass(request: Hex): Promise<void> {
    const { week } = this.#ringing(request)
    try {
      await this.#options.mailroom.pass(fromHex(request), week.readKey)
    } catch (error) {
      if (!isOver(error)) throw error
    }
    this.#quiet(hushed(this.#rings, request, undefined))
  }

  /** These rings stand on a screen that somebody may be looking at: said once for each time that the mailroom rang. */
  showing(requests: readonly Hex[]): void {
    for (const { request, duty, heardAt } of this.#rings.ringing) {
      const ring = `${duty} ${request} ${heardAt}`
      if (!requests.includes(request) || this.#shown.has(ring)) continue
      if (this.#options.say(heardFrame(fromHex(duty), fromHex(request)))) this.#shown.add(ring)
    }
  }

  /** "I'm there", to a drill. What the line does not take is asked again by the mailroom. */
  drilled(): void {
    const { drill } = this.#rings
    if (drill === undefined || !this.#options.say(drilledFrame(fromHex(drill.duty), fromHex(drill.id)))) throw new PocketProblem("unreachable")
    this.#quiet({ ...this.#rings, drill: undefined })
  }

  change(settings: Parameters<Duty["change"]>[0]): Promise<void> {
    return this.#own.change(settings)
  }

  setBuddy(buddy: PeerSide["buddy"]): Promise<void> {
    return this.#own.setBuddy(buddy)
  }

  /** By what this peer is woken; whatever changes there is told to whom it concerns. */
  async reach<T>(act: (reached: Reached) => Promise<T>): Promise<T> {
    const done = await act(this.#own.reached)
    this.#own.tellSoon()
    return done
  }

  test(channel: Hex): Promise<void> {
    return this.#own.test(channel)
  }

  /** Everything here is about to be forgotten. */
  leave(): Leaving {
    return this.#own.leave()
  }

  talksChanged(): void {
    void this.#own.talksChanged()
  }

  /** Every frame of the line; only those for duty mailboxes mean anything here. */
  frame(frame: Frame): void {
    if (frame.kind === "listening") {
      for (const { address, what } of frame.mailboxes) {
        if (what === "duty") this.#reached.add(toHex(address))
        else this.#reached.delete(toHex(address))
      }
      this.#heard(frame.today, frame.mailboxes.map(({ address }) => toHex(address)))
      if (frame.mailboxes.some(({ what }) => what === "duty")) void this.#listed()
      if (frame.mailboxes.some(({ address, what }) => what === "unknown" && this.#isOfThisWeek(toHex(address)))) this.#options.lookAnew()
    } else if (frame.kind === "ring") {
      const duty = toHex(frame.dutyAddress)
      const ring: Ringing = { request: toHex(frame.requestId), urgency: urgencyName(frame.urgency), duty, heardAt: this.#options.clock.now() }
      if (this.#weeks.week(duty) !== undefined) this.#quiet(rung(this.#rings, ring))
    } else if (frame.kind === "drill") {
      const duty = toHex(frame.dutyAddress)
      if (this.#weeks.week(duty) !== undefined) this.#quiet(drillRung(this.#rings, { duty, id: toHex(frame.drillId), heardAt: this.#options.clock.now() }))
    } else if (frame.kind === "hush") {
      this.#quiet(hushed(this.#rings, toHex(frame.requestId), frame.reason))
    }
  }

  lineDown(): void {
    this.#reached.clear()
    this.#options.changed()
  }

  /** A bulletin was looked at, newer or not: shifts, being listed, and whether more weeks are needed. Waits for nobody's answer. */
  bulletinSeen(): Promise<void> {
    void this.#goOn()
    return Promise.resolve()
  }

  stop(): void {
    this.#stopped = true
    this.#claims.stop()
    this.#own.stop()
    for (const off of this.#callOff.values()) off()
    this.#callOff.clear()
  }

  /** Never rejects: whoever is not reached now is asked again later. */
  async #goOn(): Promise<void> {
    if (this.#stopped) return
    try {
      await this.#enrolment.goOn()
      this.#own.goOn()
      await this.#claims.forgetOld(this.#enrolment.today)
    } catch (error) {
      if (!(error instanceof PocketProblem)) throw error
    } finally {
      this.#wakeAt("turn", this.#nextTurn(), () => {
        this.#options.changed()
        void this.#goOn()
      })
    }
  }

  #nextTurn(): number {
    const now = this.#options.clock.now()
    const { enrolled, shifts, owesWeeks } = this.#enrolment
    const waiting = enrolled?.stage === "handed-in" || (enrolled?.stage === "vouched" && enrolled.listedIn === undefined)
    if (waiting) return now + ASK_EVERY_MS
    const turn = Math.min(nextTurn(shifts, now), this.#own.nextTurn)
    return owesWeeks ? Math.min(turn, now + HAND_IN_AGAIN_MS) : turn
  }

  #heard(today: number, mailboxes: readonly Hex[]): void {
    const { clock } = this.#options
    const since = clock.now()
    const before = this.#enrolment.today
    this.#enrolment.mailroomSaid(today)
    this.#wakeAt(`repeated ${since}`, since + REPEATS_WITHIN_MS, () => { this.#quiet(notRepeated(this.#rings, mailboxes, since)) })
    this.#options.changed()
    if (before !== this.#enrolment.today) void this.#goOn()
  }

  async #listed(): Promise<void> {
    if (await this.#enrolment.isListedAtMailroom()) this.#options.lookAnew()
  }

  /** Requests should reach this mailbox now: if the mailroom does not list it, a newer bulletin may say why. */
  #isOfThisWeek(address: Hex): boolean {
    return this.#weeks.week(address)?.firstDay === mondayOf(this.#enrolment.today)
  }

  #ringing(request: Hex): Readonly<{ week: Week }> {
    const ring = this.#rings.ringing.find((one) => one.request === request)
    const week = ring && this.#weeks.week(ring.duty)
    if (week === undefined) throw new PocketProblem("ring-over")
    return { week }
  }

  #lost(request: Hex, problem: string): void {
    // What needs the words or the network first may still be claimed while it rings.
    if (problem === "locked" || problem === "unreachable") return
    // Perhaps because this peer is not listed any more.
    if (problem === "request-unknown") this.#options.lookAnew()
    const reason = problem === "request-taken" ? "answered" : problem === "request-unknown" ? "ended" : undefined
    this.#quiet(hushed(this.#rings, request, reason))
  }

  #quiet(rings: Rings): void {
    const { clock, changed } = this.#options
    this.#rings = stillRinging(rings, clock.now())
    const silence = nextSilence(this.#rings)
    if (silence !== undefined) this.#wakeAt("silence", silence, () => { this.#quiet(this.#rings) })
    changed()
  }

  #wakeAt(name: string, at: number, run: () => void): void {
    this.#callOff.get(name)?.()
    if (this.#stopped) return
    const { clock } = this.#options
    const ring = (): void => {
      this.#callOff.delete(name)
      run()
    }
    this.#callOff.set(name, clock.after(Math.max(0, at - clock.now()), ring))
  }
}

function isOver(error: unknown): boolean {
  return error instanceof PocketProblem && (error.problem === "request-unknown" || error.problem === "request-taken")
}
