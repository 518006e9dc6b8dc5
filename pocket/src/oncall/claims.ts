import type { Clock } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import type { Kept } from "../kept/index.ts"
import type { Random } from "../seal/index.ts"
import { mailboxAddress } from "../seal/index.ts"
import type { Hex } from "../talks/state.ts"
import { step } from "../talks/step.ts"
import type { Talks } from "../talks/talks.ts"
import type { Vault } from "../vault/index.ts"
import type { Bytes, SeenBulletin } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import { answerTo } from "./answering.ts"
import type { DutyWeeks } from "./dutyweeks.ts"
import type { Week } from "./keys.ts"
import type { Claim } from "./records.ts"
import { CLAIMS, IDENTITY, OPENED, OWN } from "./records.ts"

export type ClaimsOptions = Readonly<{
  vault: Pick<Vault, "list" | "read" | "write">
  mailroom: Pick<Mailroom, "claim" | "answer" | "pass" | "close">
  talks: Pick<Talks, "all" | "record" | "adopt">
  kept: Pick<Kept, "recognises">
  clock: Clock
  random: Random
  stamp: () => SeenBulletin
}>

const RETRY_MS = 2_000
/** Then the mailroom gives a request without an answer to the next peer. */
const ANSWER_WITHIN_MS = 60_000
const REMEMBERED_DAYS = 21
/** No answer to the question: the same again says what became of it. */
const ASK_AGAIN = ["unreachable", "too-slow", "too-busy", "store-full", "broken"]
/** Won, and not to be answered here: given back at once. */
const GIVE_BACK = ["not-proven", "locked"]

/** Claims from "I'm here" to the talk. Every step is on disk before the next one is sent, and each may be sent twice. */
export class Claims {
  readonly #options: ClaimsOptions
  readonly #weeks: DutyWeeks
  #running = new Map<Hex, Promise<void>>()
  #waiting = new Set<() => void>()

  constructor(options: ClaimsOptions, weeks: DutyWeeks) {
    this.#options = options
    this.#weeks = weeks
  }

  /** Goes on with what a closed browser left unfinished; while the vault is locked there is nothing to read. */
  async resume(): Promise<void> {
    for (const { request } of await CLAIMS.all(this.#options.vault)) {
      // Nobody waits for these any more: what comes of them is seen in the talks.
      this.#run(request, () => this.#toTheEnd(request)).catch(() => undefined)
    }
  }

  /** Resolves when the talk is this peer's. Throws `request-taken`, `request-unknown`, `not-proven`, `ring-over`, `locked`, or,
   * after a minute of trying and still trying, `unreachable`. */
  claim(request: Hex, week: Week, opening: string): Promise<void> {
    const running = this.#run(request, async () => {
      await this.#begin(request, week, opening)
      await this.#toTheEnd(request)
    })
    return Promise.race([running, this.#moment(ANSWER_WITHIN_MS).then(() => Promise.reject(new PocketProblem("unreachable")))])
  }

  /** Ids and bodies of requests are remembered for 21 days. */
  async forgetOld(today: number): Promise<void> {
    const old = (await OPENED.all(this.#options.vault)).filter(({ day }) => day + REMEMBERED_DAYS < today)
    if (old.length > 0) await this.#options.vault.write(old.map(({ request }) => OPENED.remove(request)))
  }

  stop(): void {
    for (const stop of this.#waiting) stop()
  }

  #run(request: Hex, task: () => Promise<void>): Promise<void> {
    const running = this.#running.get(request) ?? task().finally(() => this.#running.delete(request))
    this.#running.set(request, running)
    return running
  }

  async #begin(request: Hex, { address, readKey }: Week, opening: string): Promise<void> {
    const { vault, clock, random } = this.#options
    if ((await IDENTITY.get(vault, OWN)) === undefined || (await this.#weeks.seed(address)) === undefined) throw new PocketProblem("locked")
    const talkReadKey = (await this.#talkBefore(request)) ?? random(32)
    const claim = { request, duty: address, dutyReadKey: readKey, opening, talkReadKey, startedAt: clock.now() }
    await vault.write([CLAIMS.put(request, claim)])
  }

  async #toTheEnd(request: Hex): Promise<void> {
    const claim = await CLAIMS.get(this.#options.vault, request)
    if (claim === undefined) return
    try {
      await this.#answer(claim.answer === undefined ? await this.#opened(claim) : claim)
    } catch (error) {
      if (error instanceof PocketProblem) await this.#drop(claim, GIVE_BACK.includes(error.problem))
      throw error
    }
  }

  /** Wins the request, opens it and seals the answer; all of that is stored before any of it is sent. */
  async #opened(claim: Claim): Promise<Claim> {
    const { vault, mailroom, talks, kept, clock, random, stamp } = this.#options
    const address = await mailboxAddress(claim.talkReadKey)
    const until = claim.startedAt + ANSWER_WITHIN_MS
    const sealed = await this.#asking(until, () => mailroom.claim(fromHex(claim.request), claim.dutyReadKey, address))
    const [identity, seed, before] = await Promise.all([IDENTITY.get(vault, OWN), this.#weeks.seed(claim.duty), OPENED.get(vault, claim.request)])
    if (identity === undefined || seed === undefined) throw new PocketProblem("locked")
    const { opened, ...answer } = await answerTo({ claim, sealed, identity, seed, before, talks: talks.all, kept, at: clock.now(), random, stamp: stamp() })
    const next = { ...claim, answer }
    await vault.write([OPENED.put(claim.request, opened), CLAIMS.put(claim.request, next)])
    return next
  }

  async #answer({ request, dutyReadKey, answer }: Claim): Promise<void> {
    const { vault, mailroom, talks, clock } = this.#options
    if (answer === undefined) return
    // It may have arrived without its answer, and then it counts however late this is asked again.
    await this.#asking(Infinity, () => mailroom.answer(fromHex(request), dutyReadKey, answer.envelope))
    const [letter] = answer.talk?.outbox ?? []
    if (answer.talk === undefined || letter === undefined) return vault.write([CLAIMS.remove(request)])
    const talk = step(answer.talk, { type: "posted", id: letter.id, seen: answer.talk.head, at: clock.now() })
    await vault.write([CLAIMS.remove(request), talks.record(talk)])
    talks.adopt(talk)
  }

  /** The same question until there is an answer or the time is over. */
  async #asking<T>(until: number, ask: () => Promise<T>): Promise<T> {
    while (this.#options.clock.now() < until) {
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof PocketProblem) || !ASK_AGAIN.includes(error.problem)) throw error
      }
      await this.#moment(RETRY_MS)
    }
    throw new PocketProblem("ring-over")
  }

  /** Nothing is left of it but the memory of its request. */
  async #drop(claim: Claim, giveBack: boolean): Promise<void> {
    const { vault, mailroom } = this.#options
    const isTalkHere = (await this.#talkBefore(claim.request)) !== undefined
    await vault.write([CLAIMS.remove(claim.request)])
    // What of this stays undone ends by itself: the claim after a minute, the mailbox with its lease.
    await Promise.allSettled([
      ...(giveBack ? [mailroom.pass(fromHex(claim.request), claim.dutyReadKey)] : []),
      ...(isTalkHere ? [] : [mailroom.close(claim.talkReadKey)]),
    ])
  }

  /** The read key of the talk that this very request began, for a request that came back. */
  async #talkBefore(request: Hex): Promise<Bytes | undefined> {
    const before = await OPENED.get(this.#options.vault, request)
    return this.#options.talks.all.find(({ id }) => id === before?.talk)?.mine.readKey
  }

  #moment(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const off = this.#options.clock.after(ms, () => {
        this.#waiting.delete(stop)
        resolve()
      })
      const stop = (): void => {
        off()
        reject(new PocketProblem("elsewhere"))
      }
      this.#waiting.add(stop)
    })
  }
}
