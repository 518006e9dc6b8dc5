import { Admission } from "../admission.ts"
import { SlotKeeper } from "../backup/index.ts"
import type { Clock } from "../clock.ts"
import { dayOf, minuteOf } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import type { Mailbox, Socket } from "../delivery/index.ts"
import { Line, Mailroom } from "../delivery/index.ts"
import { Asking, listedPeers } from "../doors/index.ts"
import { OnCall } from "../oncall/index.ts"
import { Kept } from "../kept/index.ts"
import type { Mine } from "../rules/index.ts"
import type { Random } from "../seal/index.ts"
import { SEALS, Talks } from "../talks/index.ts"
import type { Peer } from "../trust/index.ts"
import { verifiedVouches } from "../trust/index.ts"
import type { Vault } from "../vault/index.ts"
import type { BrowserPush } from "../waking/index.ts"
import { Notifier } from "../waking/index.ts"
import type { Bytes, Delivered, Frame, SeenBulletin, Vouch } from "../wire/index.ts"
import { sameBytes, toHex } from "../wire/index.ts"
import { admissionStore } from "./admissionstore.ts"
import { Calendar } from "./calendar.ts"
import { ignoreProblem, Looking } from "./looking.ts"
import { Glimpse } from "./glimpse.ts"
import type { Debt, Owed } from "./owed.ts"
import { oneByOne } from "../onebyone.ts"
import { Practice } from "./practice.ts"
import { Reach } from "./reach.ts"
import type { Rooms } from "./rooms.ts"

export type Outside = Readonly<{
  clock: Clock
  random: Random
  fetch: typeof fetch
  socket: Socket
  /** A topic's code in words, for the peer who answers. */
  topicWords: (topic: string) => string
  locks: LockManager | undefined
  push: BrowserPush
}>

type Inside = Readonly<{ vault: Vault; rooms: Rooms; mine: () => Mine; changed: () => void }>

const LEAVE_WITHIN_MS = 3_000
const LEAVE_LOOK_MS = 250
const NO_BULLETIN: SeenBulletin = { bulletinSerial: 0, headHash: new Uint8Array(8) }

/** Everything that works behind the screens while this window is the one: made anew whenever the keys come or go. */
export class Parts {
  readonly admission: Admission
  readonly reach: Reach
  readonly calendar: Calendar
  readonly kept: Kept
  readonly talks: Talks
  readonly asking: Asking
  readonly mailroom: Mailroom
  readonly practice: Practice
  readonly glimpse: Glimpse
  readonly #outside: Outside
  readonly #inside: Inside
  readonly #line: Line
  readonly #looking: Looking
  #oncall: OnCall | undefined
  #copy: SlotKeeper | undefined
  #peers: readonly Peer[] = []
  #vouches: readonly Vouch[] | undefined
  #letters: Promise<void> = Promise.resolve()
  #stopped = false

  private constructor(outside: Outside, inside: Inside, calendar: Calendar, admission: Admission, reach: Reach, mailroom: Mailroom) {
    const clock = calendar
    const { random, socket, topicWords } = outside
    this.calendar = calendar
    this.#outside = { ...outside, clock }
    this.#inside = inside
    const vault = this.#whileWorking()
    this.mailroom = mailroom
    this.practice = new Practice(mailroom)
    this.glimpse = new Glimpse(new Mailroom(inside.rooms.mailroom, outside.fetch))
    this.admission = admission
    this.reach = reach
    const given = { vault, mailroom, admission, clock, random, stamp: () => this.#stamp(), changed: () => { this.#changed() } }
    this.kept = new Kept(given)
    this.talks = new Talks({ ...given, kept: this.kept, seals: SEALS, isAnswer: (address, delivered) => this.asking.envelope(address, delivered) })
    const forget = (mailbox: Mailbox, ids: readonly Bytes[]): Promise<void> => this.#forget(mailbox, ids)
    this.asking = new Asking({ ...given, kept: this.kept, talks: this.talks, forget, mine: inside.mine, topicWords })
    const listener = { frame: (frame: Frame) => { this.#frame(frame) }, up: () => { this.#lineUp() }, down: () => { this.#lineDown() } }
    this.#looking = new Looking({ clock, admission, isOffline: () => reach.offline, look: () => this.#look(), before: () => this.glimpse.look(), seen: () => this.#listRead(), looked: () => { this.#changed() } })
    this.#line = new Line({ origin: inside.rooms.mailroom, socket, clock, random, listener })
  }

  /** Reads what lies in the vault and goes on with all of it. */
  static async open(outside: Outside, inside: Inside): Promise<Parts> {
    const { clock, random } = outside
    const { vault, rooms, changed } = inside
    const calendar = new Calendar(clock)
    const reach = new Reach(clock, changed)
    const fetch = reach.watching(outside.fetch)
    const mailroom = new Mailroom(rooms.mailroom, fetch)
    const admission = await Admission.open({ store: admissionStore(vault), mailroom, rooms, fetch: outside.fetch, random, clock: calendar, oneByOne: oneByOne(outside.locks, "leanto-draw", clock.after) })
    const parts = new Parts(outside, inside, calendar, admission, reach, mailroom)
    parts.#readDay()
    await parts.#start()
    return parts
  }

  get oncall(): OnCall {
    if (this.#oncall === undefined) throw new PocketProblem("unreachable")
    return this.#oncall
  }

  /** The sealed copy at the mailroom. */
  get copy(): SlotKeeper {
    if (this.#copy === undefined) throw new PocketProblem("unreachable")
    return this.#copy
  }

  /** Verified peers of the bulletin that is held, as of today. */
  get peers(): readonly Peer[] {
    return this.#peers
  }

  /** Everyone for whom the program vouches today; undefined where the list cannot be read. */
  get vouches(): readonly Vouch[] | undefined {
    return this.#vouches
  }

  /** A card or an invitation brought a bulletin, or a newer one was looked for. */
  async bulletinSeen(): Promise<void> {
    this.#readDay()
    await this.#readPeers()
    await this.#oncall?.bulletinSeen().catch(() => undefined)
    this.#changed()
  }

  resume(): void {
    this.#line.resume()
    this.lookAnew()
  }

  /** The list is about to be used, or is said to have changed: what is newer is fetched now, or soon if one has just been fetched. */
  lookAnew(): void {
    this.#looking.anew()
  }

  /** Whoever forgets everything is asked for no longer: waits a moment for the mailroom to hear that, not for long. What it did not hear goes
   * to `owed`. */
  async endAsking(owed: Owed, keep: boolean): Promise<void> {
    await this.asking.cancel()
    for (let waited = 0; waited < LEAVE_WITHIN_MS && (await this.#inside.vault.list("open", "asking/")).length > 0; waited += LEAVE_LOOK_MS) {
      await new Promise<void>((resolve) => {
        this.#outside.clock.after(LEAVE_LOOK_MS, resolve)
      })
    }
    const { mailroom } = this.#inside.rooms
    const requests = this.asking.unsaid.map((one) => ({ ...one, mailroom }))
    await owed.add([...requests, ...(await this.#stillWoken())], keep)
  }

  /** A peer who forgets everything is woken no more: what the rooms did not hear of that in time. */
  async #stillWoken(): Promise<readonly Debt[]> {
    if (this.#oncall === undefined) return []
    const { mailroom, notifier } = this.#inside.rooms
    const { endpoints, dutyKeys, heard } = this.#oncall.leave()
    const late = new Promise<boolean>((resolve) => this.#outside.clock.after(LEAVE_WITHIN_MS, () => { resolve(false) }))
    if (await Promise.race([heard.then(() => true, () => false), late])) return []
    return [...endpoints.map((endpoint) => ({ notifier, endpoint })), ...dutyKeys.map((dutyKey) => ({ mailroom, dutyKey }))]
  }

  stop(): void {
    this.#stopped = true
    this.#looking.stop()
    this.#line.close()
    this.talks.stop()
    this.asking.stop()
    this.#oncall?.stop()
  }

  /** What was stopped writes nothing any more: a lock or another window has changed what may be written, and with which key. */
  #whileWorking(): Pick<Vault, "list" | "read" | "write"> {
    const { vault } = this.#inside
    const write: Vault["write"] = (changes) => (this.#stopped ? Promise.reject(new PocketProblem("elsewhere")) : vault.write(changes))
    return { read: vault.read.bind(vault), list: vault.list.bind(vault), write }
  }

  async #start(): Promise<void> {
    const { clock, random, fetch } = this.#outside
    const { vault, rooms: { notifier } } = this.#inside
    await this.kept.load()
    await this.talks.load()
    await this.asking.load()
    const changed = (): void => { this.#changed() }
    const given = { vault, mailroom: this.mailroom, admission: this.admission, kept: this.kept, talks: this.talks, fetch, clock, random, changed }
    this.#oncall = await OnCall.open({ ...given, stamp: () => this.#stamp(), lookAnew: () => { this.lookAnew() }, say: (frame) => this.#line.say(frame), notifier: notifier === "" ? undefined : new Notifier(notifier, fetch), push: this.#outside.push })
    const passes = this.admission
    this.#copy = await SlotKeeper.open({ ...given, passes, copied: () => passes.copied, charter: () => passes.bulletin?.charter, mine: this.#inside.mine, vault: this.#whileWorking() })
    await this.bulletinSeen()
    this.#looking.start()
  }

  async #look(): Promise<void> {
    const { clock } = this.#outside
    // With the passes comes the key that opens the new epoch's list of peers.
    const inTouch = this.asking.view !== undefined || this.talks.all.some(({ stage }) => stage === "open")
    if ((await this.admission.drawNextEpochIfDue(minuteOf(clock.now()), inTouch).catch(ignoreProblem)) === true) await this.bulletinSeen()
    // Last, for it is the one thing that nobody waits for.
    await this.#copy?.goOn().catch(ignoreProblem)
  }

  #readDay(): void {
    const day = this.admission.bulletin?.head.head.day
    if (day !== undefined) this.calendar.bulletinOf(day)
  }

  /** Beside every look at the list, by every pocket: so it says nothing of need. */
  async #listRead(): Promise<void> {
    await this.bulletinSeen()
    await this.practice.read()
  }

  async #readPeers(): Promise<void> {
    const { bulletin } = this.admission
    if (bulletin === undefined) return
    const today = dayOf(this.#outside.clock.now())
    this.#peers = await listedPeers(this.admission, today).catch(() => [])
    const members = await this.admission.members().catch(() => undefined)
    this.#vouches = members === undefined ? undefined : await verifiedVouches(members, bulletin.charter, today)
  }

  #changed(): void {
    if (this.#stopped) return
    this.#oncall?.talksChanged()
    this.#line.listenTo([...(this.#oncall?.mailboxes() ?? []), ...this.asking.mailboxes(), ...this.talks.mailboxes()])
    this.asking.talksChanged()
    this.#inside.changed()
  }

  #frame(frame: Frame): void {
    if (frame.kind === "listening") this.calendar.mailroomSaid(frame.today)
    if (frame.kind === "envelope") {
      const { address, id, envelope } = frame
      this.#letters = this.#letters.then(() => this.#letter(address, { id, envelope }))
    }
    // Who is not listed any more hears it at once, and not at the next look.
    if (frame.kind === "hush" && frame.reason === "unlisted") this.lookAnew()
    this.asking.frame(frame)
    this.#oncall?.frame(frame)
  }

  async #letter(address: Bytes, delivered: Delivered): Promise<void> {
    const mailbox = this.talks.mailboxes().find((one) => sameBytes(one.address, address))
    try {
      await this.talks.envelope(toHex(address), delivered)
      if (mailbox !== undefined) await this.#forget(mailbox, [delivered.id])
    } catch {
      // Not stored, so not forgotten: the mailroom hands it over again.
    }
  }

  #lineUp(): void {
    this.reach.reached()
    void Promise.all([this.asking.lineUp(), this.talks.lineUp()]).then(() => { this.asking.caughtUp(this.#line.up) }, ignoreProblem)
  }

  #lineDown(): void {
    if (this.#stopped) return
    this.reach.failed()
    this.asking.caughtUp(false)
    this.#oncall?.lineDown()
  }

  async #forget({ address, readKey }: Mailbox, ids: readonly Bytes[]): Promise<void> {
    if (!this.#line.forget(address, ids)) await this.mailroom.forget(readKey, ids).catch(ignoreProblem)
  }

  #stamp(): SeenBulletin {
    const head = this.admission.bulletin?.head
    return head === undefined ? NO_BULLETIN : { bulletinSerial: head.head.serial, headHash: head.hash.slice(0, 8) }
  }
}
