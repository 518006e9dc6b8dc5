/** The one place where issuance and delivery meet: the card's code goes to the desk, the tokens drawn with it to the mailroom,
 * and nothing of either to the other. Card, tokens and bulletin lie outside the locked vault: asking needs no words. */
import type { Clock } from "./clock.ts"
import { minuteOf, MINUTES_OF_A_DAY } from "./clock.ts"
import { PocketProblem } from "./contract.ts"
import type { Mailroom } from "./delivery/index.ts"
import type { Batch, Drawn } from "./issuance/index.ts"
import { drawBatch, isForGood } from "./issuance/index.ts"
import type { OneByOne } from "./onebyone.ts"
import type { HeldPasses } from "./passes.ts"
import { broughtBack, copiedPasses, drewLately, firstOf, GIVES_NOTHING, readCard, refuse, withKey } from "./passes.ts"
import { chance, drawMinute, mayWait } from "./rules/index.ts"
import type { Random } from "./seal/index.ts"
import { membersKeyHash, openMembersPart, SealError } from "./seal/index.ts"
import type { Bulletin, KeptBulletin, Outcome, Peer } from "./trust/index.ts"
import { cardFits, followBulletin, followCharter, heldCharter, readBulletin, runningTokenKey, tokenKeyToDraw, verifiedPeers } from "./trust/index.ts"
import type { Backup, Bytes, Members, TokenKey } from "./wire/index.ts"
import { LayoutError, sameBytes } from "./wire/index.ts"

/** What is kept of cards and passes. */
export type Passes = HeldPasses &
  Readonly<{
    /** A batch sent or about to be sent, without its answer yet. */
    batch: Batch | undefined
    /** When the running epoch's first batch is to be drawn, minutes since 1970. */
    drawAt: Readonly<{ epoch: number; minute: number }> | undefined
  }>

/** The two records that admission keeps, readable without the words. */
export type AdmissionRecords = Readonly<{ bulletin: KeptBulletin; passes: Passes }>

/** What admission needs of the vault's open shelf. `put` is all or nothing, and on disk before it resolves. */
export interface AdmissionStore {
  get<Name extends keyof AdmissionRecords>(name: Name): Promise<AdmissionRecords[Name] | undefined>
  put(records: Partial<AdmissionRecords>): Promise<void>
}

type Options = Readonly<{
  store: AdmissionStore
  mailroom: Mailroom
  /** The origins that the pocket's host names; a charter that names others is refused. */
  rooms: Readonly<{ mailroom: string; desk: string }>
  fetch: typeof fetch
  random: Random
  clock: Clock
  oneByOne: OneByOne
}>

const NOTHING: Passes = { code: undefined, tokens: [], membersKeys: [], batch: undefined, drawn: [], drawAt: undefined }

export class Admission {
  readonly #options: Options
  #passes: Passes
  #kept: KeptBulletin | undefined
  #bulletin: Bulletin | undefined
  #usedUp = false
  #turns: Promise<unknown> = Promise.resolve()

  private constructor(options: Options, passes: Passes, kept: KeptBulletin | undefined, bulletin: Bulletin | undefined) {
    this.#options = options
    this.#passes = passes
    this.#kept = kept
    this.#bulletin = bulletin
  }

  static async open(options: Options): Promise<Admission> {
    const [passes, kept] = await Promise.all([options.store.get("passes"), options.store.get("bulletin")])
    return new Admission(options, passes ?? NOTHING, kept, kept && (await readBulletin(kept)))
  }

  /** `used-up`: no pass is left, and the desk gave no more when it was asked last. */
  get card(): "none" | "held" | "used-up" {
    if (this.#passes.code === undefined) return "none"
    return this.#usedUp && this.tokensLeft === 0 ? "used-up" : "held"
  }

  /** The last good bulletin; undefined before the first card or invitation. */
  get bulletin(): Bulletin | undefined {
    return this.#bulletin
  }

  /** Whether a request with a pass of now could be tied to a draw. */
  get drewLately(): boolean {
    return drewLately(this.#passes, minuteOf(this.#options.clock.now()))
  }

  get tokensLeft(): number {
    return this.#passes.tokens.length
  }

  /** A card's link or its typed form: pins the program, verifies its bulletin, draws ten tokens, opens the members' part.
   * Problems: `card-mistyped`, `other-program`, `wrong-address`, `not-proven`, `unreachable`, or a NAME of bulletin or draw. */
  async enterCard(text: string, today: number): Promise<void> {
    const card = await readCard(text)
    await this.enterProgram(card.fingerprint)
    // The same card once more is no reason to use up its batches.
    if (!this.#holds(card.code) || this.tokensLeft === 0) await this.#draw(card.code, this.#tokenKeyToDraw(today))
    await this.peers(today)
  }

  /** Follows the program of a card's or an invitation's fingerprint. */
  async enterProgram(fingerprint: Bytes): Promise<void> {
    if (this.#kept === undefined) {
      refuse(await this.#follow(fingerprint))
    } else {
      // The program key may have passed on since this pocket looked last.
      await this.refresh()
      const held = { bytes: this.#kept.charter, charter: this.#followed().charter }
      if (!(await cardFits(held, fingerprint, () => this.#options.mailroom.bulletin("lineage")))) throw new PocketProblem("other-program")
    }
  }

  /** What a sealed copy holds of all this. Throws `no-bulletin` before there is a program. */
  get copied(): Pick<Backup, "charter" | "card" | "epochs" | "tokens"> {
    if (this.#kept === undefined) throw new PocketProblem("no-bulletin")
    return { charter: this.#kept.charter, ...copiedPasses(this.#passes) }
  }

  /** Follows the program that a copy names, and takes in what it brought. Rejects as `enterProgram` does, with nothing taken in. */
  async comeBack(backup: Backup): Promise<void> {
    if (this.#kept === undefined) {
      refuse(await this.#follow(new Uint8Array(), backup.charter))
    } else {
      await this.refresh()
      const { verdict } = await followCharter(heldCharter(backup.charter), this.#kept.charter, new Uint8Array(), () => this.#options.mailroom.bulletin("lineage"))
      if (verdict === "forged") throw new PocketProblem("other-program")
      refuse(verdict)
    }
    await this.#change((passes) => ({ ...passes, ...broughtBack(passes, backup) }))
  }

  /** Fetches and verifies what is newer. Whatever is refused, the last good one stays. Rejects with `unreachable`. */
  async refresh(): Promise<Outcome> {
    // The pin is asked only for the first charter; after that the held one decides.
    return this.#follow(new Uint8Array())
  }

  /** The peers whom this pocket may ask today. Without the epoch's members' key: none yet.
   * Rejects with `not-proven` when the key that was given is not the one that the head names. */
  async peers(today: number): Promise<readonly Peer[]> {
    const members = await this.members()
    return members === undefined ? [] : verifiedPeers(members, this.#followed().charter, today)
  }

  /** All that the members' part says, verified as the bulletin's and not further; undefined without the epoch's key. */
  async members(): Promise<Members | undefined> {
    const { head, members } = this.#followed()
    const key = this.#membersKey(head.head.epoch)
    if (key === undefined) return undefined
    try {
      return await openMembersPart(head.head, key, members)
    } catch (error) {
      if (error instanceof SealError || error instanceof LayoutError) throw new PocketProblem("not-proven")
      throw error
    }
  }

  /** A peer's pocket is given the key with its vouch. Rejects with `not-proven` for one that the head does not name. */
  async keepMembersKey(epoch: number, key: Bytes): Promise<void> {
    await this.#checkNamed(epoch, key)
    await this.#change((passes) => ({ ...passes, membersKeys: withKey(passes, epoch, key) }))
  }

  /** Takes one token for good; whoever asks keeps it with the body that it pays for. Undefined when none is left. */
  async takeToken(today: number): Promise<Bytes | undefined> {
    let token: Bytes | undefined
    await this.#change((passes) => {
      const { taken, tokens } = firstOf(passes.tokens, this.#bulletin?.publicPart.tokenKeys ?? [], today)
      token = taken
      return { ...passes, tokens }
    })
    return token
  }

  /** When none is left: draws now. Rejects with `no-card`. */
  async drawAtOnce(today: number): Promise<void> {
    if (this.#passes.code === undefined) throw new PocketProblem("no-card")
    await this.#draw(this.#passes.code, this.#tokenKeyToDraw(today))
  }

  /** Draws the running epoch's first batch when its random minute has come; while letters come and go (`inTouch`), later if it may wait. */
  async drawNextEpochIfDue(nowMinute: number, inTouch = false): Promise<boolean> {
    const today = Math.floor(nowMinute / MINUTES_OF_A_DAY)
    const tokenKey = runningTokenKey(this.#bulletin?.publicPart.tokenKeys ?? [], today)
    const { code, drawn } = this.#passes
    if (code === undefined || tokenKey === undefined || drawn.includes(tokenKey.epoch)) return false
    if (nowMinute < (await this.#drawMinute(tokenKey, nowMinute)) || (inTouch && mayWait(tokenKey.firstDay, nowMinute))) return false
    // Put off before it is tried: a desk that refuses, or does not answer, must not see this card every minute.
    const again = nowMinute + 1 + Math.floor(MINUTES_OF_A_DAY * chance(this.#options.random))
    await this.#change((passes) => ({ ...passes, drawAt: { epoch: tokenKey.epoch, minute: again } }))
    await this.#draw(code, tokenKey)
    return true
  }

  /** `charter`: what a copy held, before this pocket follows any. */
  async #follow(pinned: Bytes, charter = this.#kept?.charter): Promise<Outcome> {
    const { outcome, kept } = await followBulletin(this.#kept, pinned, (part) => this.#options.mailroom.bulletin(part), charter)
    if (kept === undefined || kept === this.#kept) return outcome
    const bulletin = await readBulletin(kept)
    const { mailroom, desk } = this.#options.rooms
    if (bulletin.charter.mailroom !== mailroom || bulletin.charter.issuance !== desk) throw new PocketProblem("wrong-address")
    await this.#options.store.put({ bulletin: kept })
    this.#kept = kept
    this.#bulletin = bulletin
    return outcome
  }

  /** One draw after the other, in every window of this device: what came by another one meanwhile is not drawn again. */
  #draw(code: Bytes, tokenKey: TokenKey, held = this.tokensLeft): Promise<void> {
    return this.#options.oneByOne(async () => {
      await this.#change((passes) => passes)
      if (!this.#holds(code) || this.tokensLeft <= held) await this.#drawNow(code, tokenKey)
    })
  }

  async #drawNow(code: Bytes, tokenKey: TokenKey): Promise<void> {
    const { mailroom, random, fetch } = this.#options
    const { charter } = this.#followed()
    // Another card's batch is no use: the desk counts batches by card.
    const batch = this.#holds(code) ? this.#passes.batch : undefined
    const { code: codeBefore, batch: batchBefore } = this.#passes
    const drawn = await drawBatch({
      desk: charter.issuance,
      code,
      programId: charter.programId,
      tokenKey,
      tokenKeys: await mailroom.tokenKeys(),
      batch,
      save: (made) => this.#change((passes) => ({ ...passes, code, batch: made })),
      random,
      fetch,
    }).catch(async (error: unknown) => {
      this.#usedUp = error instanceof PocketProblem && GIVES_NOTHING.includes(error.problem)
      if (isForGood(error)) await this.#change((passes) => ({ ...passes, code: codeBefore, batch: batchBefore }))
      throw error
    })
    this.#usedUp = false
    await this.#keep(drawn)
  }

  async #keep({ epoch, tokens, membersKey }: Drawn): Promise<void> {
    await this.#checkNamed(epoch, membersKey)
    await this.#change((passes) => ({
      ...passes,
      tokens: [...passes.tokens, ...tokens.map((token) => ({ epoch, token }))],
      membersKeys: withKey(passes, epoch, membersKey),
      batch: undefined,
      drawn: [...passes.drawn.filter((known) => known !== epoch), epoch],
      drawAt: undefined,
      drawnAt: minuteOf(this.#options.clock.now()),
    }))
  }

  /** A key of one's own would make this pocket read a list of its own. */
  async #checkNamed(epoch: number, membersKey: Bytes): Promise<void> {
    const { head } = this.#followed().head
    const named = epoch !== head.epoch || sameBytes(await membersKeyHash(membersKey), head.membersKeyHash)
    if (!named) throw new PocketProblem("not-proven")
  }

  async #drawMinute({ epoch, firstDay }: TokenKey, nowMinute: number): Promise<number> {
    const { drawAt } = this.#passes
    if (drawAt?.epoch === epoch) return drawAt.minute
    const minute = drawMinute(firstDay, nowMinute, chance(this.#options.random))
    await this.#change((passes) => ({ ...passes, drawAt: { epoch, minute } }))
    return minute
  }

  #tokenKeyToDraw(today: number): TokenKey {
    const { head, publicPart } = this.#followed()
    const key = tokenKeyToDraw(publicPart.tokenKeys, today, (epoch) => epoch === head.head.epoch && this.#membersKey(epoch) === undefined)
    if (key === undefined) throw new PocketProblem("epoch-over")
    return key
  }

  #holds(code: Bytes): boolean {
    return this.#passes.code !== undefined && sameBytes(this.#passes.code, code)
  }

  #membersKey(epoch: number): Bytes | undefined {
    return this.#passes.membersKeys.find((known) => known.epoch === epoch)?.key
  }

  #followed(): Bulletin {
    if (this.#bulletin === undefined) throw new PocketProblem("no-bulletin")
    return this.#bulletin
  }

  /** One after the other, each from what the one before left: two who ask at once take two passes, and a draw beside them loses none. */
  #change(change: (passes: Passes) => Passes): Promise<void> {
    const done = this.#turns.then(async () => {
      const passes = change((await this.#options.store.get("passes")) ?? this.#passes)
      await this.#options.store.put({ passes })
      this.#passes = passes
    })
    this.#turns = done.catch(() => undefined)
    return done
  }
}
