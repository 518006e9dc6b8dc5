/** For tests: Ben's pocket, and as much of Ana's as his ever meets. */
import { Admission } from "../admission.ts"
import type { AdmissionRecords } from "../admission.ts"
import { Mailroom } from "../delivery/index.ts"
import { Kept } from "../kept/index.ts"
import { oneByOne } from "../onebyone.ts"
import type { AgreementKey, SealingKey } from "../seal/index.ts"
import { mailboxAddress, newAgreementKey, newSealingKey, random, sealRequest } from "../seal/index.ts"
import { SEALS } from "../talks/letters.ts"
import { Talks } from "../talks/talks.ts"
import { TODAY } from "../trust/cast.fortests.ts"
import type { Store } from "../vault/index.ts"
import { memoryStore, Shelf, Vault } from "../vault/index.ts"
import { Notifier } from "../waking/index.ts"
import type { Bytes, SealedRequest } from "../wire/index.ts"
import { toHex } from "../wire/index.ts"
import { OnCall } from "./index.ts"
import type { Identity } from "./keys.ts"
import { ENROLLED, IDENTITY, OWN } from "./records.ts"
import type { Town } from "./town.fortests.ts"
import { DESK, MAIL, NOON, WAKE } from "./town.fortests.ts"

type Pocket = Readonly<{ vault: Vault; admission: Admission; kept: Kept; talks: Talks; onCall: OnCall }>

const RECORDS = new Shelf<AdmissionRecords[keyof AdmissionRecords]>("open", "admission")

/** Ana's pocket, as far as Ben's ever meets it. */
export class Ana {
  readonly requestId = random(16)
  readonly talkId = random(16)
  readonly readKey = random(32)
  readonly agreement: AgreementKey
  readonly returnKey: SealingKey

  private constructor(agreement: AgreementKey, returnKey: SealingKey) {
    this.agreement = agreement
    this.returnKey = returnKey
  }

  static async arrives(): Promise<Ana> {
    return new Ana(await newAgreementKey(random), await newSealingKey())
  }

  get request(): string {
    return toHex(this.requestId)
  }

  /** Her request, sealed to Ben's bundle of this week and lying at the mailroom. */
  async asks(town: Town, changes: Partial<SealedRequest> = {}): Promise<void> {
    const { dutyAddress, sealingKey } = town.bundle()
    const recipient = town.handedIn?.agreementKey ?? new Uint8Array()
    const request: SealedRequest = {
      requestId: this.requestId,
      talkId: this.talkId,
      replyAddress: await mailboxAddress(this.readKey),
      returnKey: this.returnKey.publicKey,
      returnLastDay: TODAY + 14,
      urgency: "now",
      bulletinSerial: 1,
      headHash: new Uint8Array(8),
      day: TODAY,
      keepsakeProof: undefined,
      ...changes,
    }
    const sealed = await sealRequest(request, this.agreement, { sealingKey, recipient, mailboxAddress: dutyAddress })
    town.requests.set(toHex(request.requestId), { sealed })
  }
}

/** Ben's pocket on one device: `restart` is a browser that was killed and opened again. */
export class Ben {
  readonly #town: Town
  readonly #store: Store = memoryStore()
  #now: Pocket | undefined

  private constructor(town: Town) {
    this.#town = town
  }

  static async arrives(town: Town): Promise<Ben> {
    const ben = new Ben(town)
    await ben.restart()
    return ben
  }

  get vault(): Vault {
    return this.#here().vault
  }

  get talks(): Talks {
    return this.#here().talks
  }

  get onCall(): OnCall {
    return this.#here().onCall
  }

  async restart(): Promise<void> {
    const { clock, fetch } = this.#town
    this.#now?.onCall.stop()
    this.#now?.talks.stop()
    const mailroom = new Mailroom(MAIL, fetch)
    const vault = await Vault.open({ store: this.#store, random, keep: true })
    const put = (records: Partial<AdmissionRecords>) => vault.write(Object.entries(records).map(([name, value]) => RECORDS.put(name, value)))
    const store = { get: (name: keyof AdmissionRecords) => RECORDS.get(vault, name), put }
    const admission = await Admission.open({ store: store as Parameters<typeof Admission.open>[0]["store"], mailroom, rooms: { mailroom: MAIL, desk: DESK }, fetch, random, clock, oneByOne: oneByOne(undefined, "", clock.after) })
    const given = { vault, mailroom, clock, random, stamp: () => ({ bulletinSerial: 1, headHash: new Uint8Array(8) }), changed: () => undefined }
    const kept = new Kept(given)
    const talks = new Talks({ ...given, kept, seals: SEALS, isAnswer: () => Promise.resolve(false) })
    await Promise.all([kept.load(), talks.load()])
    this.#now = { vault, admission, kept, talks, onCall: await OnCall.open({ ...given, lookAnew: () => undefined, admission, kept, talks, fetch, notifier: new Notifier(WAKE, fetch), push: this.#town.push, say: (frame) => this.#town.hears(frame) }) }
  }

  /** As the engine does every half hour. */
  async refreshes(): Promise<void> {
    await this.#here().admission.refresh()
    await this.onCall.bulletinSeen()
  }

  /** His keys, as nobody but this device has them. */
  async identity(): Promise<Identity> {
    const own = await IDENTITY.get(this.vault, OWN)
    if (own === undefined) throw new Error("Ben has no keys")
    return own
  }

  /** Whether this device still has the read key of a duty mailbox. */
  async knows(address: Bytes): Promise<boolean> {
    return (await this.vault.list("open", "duty-week/")).some(([name]) => name.endsWith(toHex(address)))
  }

  #here(): Pocket {
    if (this.#now === undefined) throw new Error("Ben has not arrived")
    return this.#now
  }

  /** Hands in, is vouched for and listed, on duty from now for an hour. */
  async enrols(): Promise<void> {
    const town = this.#town
    await this.onCall.enterInvitation(await town.link())
    await this.onCall.handIn({ handle: "Ben", about: "Nineteen years on patrol.", items: [] })
    await town.vouchFor()
    await town.publish([town.ben()], [{ from: NOON / 60_000 - 1, until: NOON / 60_000 + 60 }])
    await this.until(() => this.onCall.view?.shifts.length === 1)
    // The try of what was sealed to him goes along with his first word: told before it, that word would be said twice.
    await this.until(async () => (await ENROLLED.get(this.vault, OWN))?.opened !== undefined, 0)
  }

  rings(ana: Ana): void {
    this.onCall.frame({ kind: "ring", dutyAddress: this.#town.bundle().dutyAddress, requestId: ana.requestId, urgency: 0 })
  }

  /** Lets time pass, fifteen seconds after fifteen, until something is so. */
  async until(isSo: () => boolean | Promise<boolean>, everyMs = 15_000): Promise<void> {
    for (let round = 0; round < 1_000; round++) {
      if (await isSo()) return
      await new Promise((resolve) => setTimeout(resolve, 20))
      await this.#town.clock.move(everyMs)
    }
    throw new Error("it never came to be so")
  }
}
