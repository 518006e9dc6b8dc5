import { PocketProblem } from "../contract.ts"
import { Errands } from "../errands.ts"
import type { Hex } from "../talks/state.ts"
import type { Act } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import type { Carried } from "./anew.ts"
import { preparedAnew } from "./anew.ts"
import { withAllSaid } from "./answers.ts"
import type { AskingOptions } from "./asking.ts"
import { copiesFor, newcomers } from "./newcomers.ts"
import type { KeptRequests } from "./openrequests.ts"
import { keyOfPeer } from "./preparing.ts"
import type { OpenRequest } from "./request.ts"
import { isSeen, wanted, wordsOf } from "./request.ts"
import { isHeard, nextPass, orProblem, send, tell } from "./sending.ts"
import { netInOneWord } from "./shown.ts"
import { backstopsAmong } from "./standing.ts"

/** Full, or not at work: nothing was burned, and it is tried again. */
const TAKES_NOTHING = ["store-full", "too-busy", "broken", "not-ready"]

/** What a request does by itself once it is on this device's disk: goes out, is told of acts, asks newcomers, rings on, and is forgotten. */
export class GoingOn {
  readonly #options: AskingOptions
  readonly #kept: KeptRequests
  readonly #errands: Errands
  /** Since when all that waited at the mailroom has been opened here: nobody is called silent before. */
  #heardSince: number | undefined
  readonly #shown = new Map<Hex, string>()

  constructor(options: AskingOptions, kept: KeptRequests) {
    this.#options = options
    this.#kept = kept
    this.#errands = new Errands(options.clock, (id) => this.#doNext(id))
  }

  run(id: Hex): void {
    this.#errands.run(id)
  }

  /** The line is there: nothing waits any longer. */
  forgive(): void {
    this.#errands.forgive()
  }

  /** Everything that waited has been opened, or, with false, the line is gone and something may wait. */
  caughtUp(is: boolean): void {
    this.#heardSince = is ? this.#options.clock.now() : undefined
    for (const { id } of this.#kept.all) this.run(id)
  }

  stop(): void {
    this.#errands.stop()
  }

  async #doNext(id: Hex): Promise<boolean> {
    const now = this.#options.clock.now()
    const request = await this.#kept.asOf(id, now)
    if (request === undefined) return false
    const words = wordsOf(request, this.#kept.secrets(id) !== undefined, this.#options.talks.all)
    const due = wanted(request, words, now, this.#heardSince)
    if (due.send) return this.#send(request)
    if (due.tell !== undefined) return this.#tell(request, due.tell)
    if (due.close) await this.#kept.patch(id, { acts: ["close"], over: true })
    if (due.resume) await this.#kept.patch(id, { acts: ["resume"], resumed: true, heard: "ringing" })
    if (due.anew) return this.#replace(request)
    if (due.forget) await this.#forget(request)
    if (due.next === undefined) return due.close || due.resume
    this.#errands.at(id, due.next)
    this.#show(request, now)
    await this.#askNewcomers(request)
    return false
  }

  /** Nothing happened but time: the screen says what is true by now. */
  #show(request: OpenRequest, now: number): void {
    const net = netInOneWord(request, now)
    if (this.#shown.get(request.id) === net) return
    this.#shown.set(request.id, net)
    this.#options.changed()
  }

  /** Sent first and then remembered: what is lost between the two is sent again, and an answer until then rings the others. */
  async #askNewcomers(request: OpenRequest): Promise<void> {
    const secrets = this.#kept.secrets(request.id)
    if (secrets === undefined || isSeen(request)) return
    const peers = await newcomers(this.#options, secrets)
    if (peers.length === 0) return
    const { slots, reached } = await copiesFor(peers, request, secrets, this.#options.stamp(), this.#options.random)
    if (reached.length === 0) return
    const sealed = await orProblem(this.#options.mailroom.sealMore(fromHex(request.id), request.replyKey, slots))
    if (sealed instanceof PocketProblem) return
    const added = reached.map((peer) => ({ key: keyOfPeer(peer), handle: peer.vouch.handle }))
    await this.#kept.keepSecrets(request.id, ({ asked }) => ({ asked: [...asked, ...added] }))
    const net = backstopsAmong(reached, this.#options.clock.now())
    if (net > 0) await this.#kept.patch(request.id, ({ backstops = 0 }) => ({ backstops: backstops + net }))
  }

  async #send(request: OpenRequest): Promise<boolean> {
    if (request.token === undefined) return this.#takePass(request)
    const outcome = await send(this.#options, request.body, request.token)
    if (outcome === "received") {
      await this.#kept.patch(request.id, { receivedAt: this.#options.clock.now(), heard: "ringing", refused: undefined })
      return true
    }
    await this.#kept.patch(request.id, { refused: refusalOf(outcome) })
    // Another pass, but not at once: ten that all fail would otherwise be gone in a second.
    if (outcome.startsWith("token-")) await this.#kept.patch(request.id, { token: undefined })
    if (outcome !== "nobody-left" && outcome !== "request-exists") return this.#errands.later(request.id)
    await this.#kept.patch(request.id, { heard: "nobody-left" })
    // The pass was not used up.
    const next = await this.#askAnew(request, { heard: "nobody-left", token: request.token })
    return this.#errands.later(next ?? request.id)
  }

  async #takePass({ id, drawnAtOnce }: OpenRequest): Promise<boolean> {
    const pass = await nextPass(this.#options)
    if (pass === undefined) {
      this.#options.changed() // the card may be used up: the screen says so
      return this.#errands.later(id)
    }
    await this.#kept.patch(id, { token: pass.token, drawnAtOnce: drawnAtOnce || pass.drawnAtOnce })
    return true
  }

  async #replace(request: OpenRequest): Promise<boolean> {
    await this.#kept.patch(request.id, { gone: true })
    const next = await this.#askAnew(request, {})
    if (next === undefined) return this.#errands.later(request.id)
    this.#errands.run(next)
    return false
  }

  async #askAnew(request: OpenRequest, carried: Carried): Promise<Hex | undefined> {
    const silent = this.#options.talks.all.find(({ id }) => id === request.talk)
    const secrets = this.#kept.secrets(request.id)
    const anew = secrets && (await preparedAnew(this.#options, request, withAllSaid(secrets, silent), carried))
    if (secrets === undefined || anew === undefined) return undefined
    await this.#kept.inTurn(async () => {
      // Whoever waits may write on meanwhile.
      const { draft } = withAllSaid(this.#kept.secrets(request.id) ?? secrets, silent)
      await this.#kept.keep(anew.request, { ...anew.secrets, draft }, request.id)
    })
    return anew.request.id
  }

  async #tell(request: OpenRequest, act: Act): Promise<boolean> {
    const told = await orProblem(tell(this.#options.mailroom, request, act))
    if (told instanceof PocketProblem && !isHeard(told)) return this.#errands.later(request.id)
    // As it is when this is written: the officer may have said more meanwhile, and that is not heard yet.
    await this.#kept.patch(request.id, (now) => {
      const gone = told instanceof PocketProblem && !now.over && now.receivedAt !== undefined && !isSeen(now)
      return { acts: now.acts[0] === act ? now.acts.slice(1) : now.acts, ...(gone ? { gone } : {}) }
    })
    return true
  }

  /** Over and heard. Without a talk nobody writes to the reply mailbox any more. */
  async #forget(request: OpenRequest): Promise<void> {
    if (request.talk === undefined) await orProblem(this.#options.mailroom.close(request.replyKey))
    await this.#kept.forget(request.id)
  }
}

/** What the screen says while the mailroom takes nothing; a pass that is refused, or no answer, is no such thing. */
function refusalOf(outcome: string): string | undefined {
  return TAKES_NOTHING.includes(outcome) ? outcome : undefined
}
