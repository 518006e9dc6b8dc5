import { PocketProblem } from "../contract.ts"
import type { Fetch } from "../exchange.ts"
import { exchange } from "../exchange.ts"
import type { Act, AnswerTimes, Bytes, Drills, Fetched, RequestState, Slot } from "../wire/index.ts"
import {
  ASK_PATH,
  decodeAnswerTimes,
  decodeClaimAnswer,
  decodeFetched,
  decodeSealMoreAnswer,
  decodeSlotFetched,
  decodeSlotReceipt,
  decodeStateAnswer,
  encodeAct,
  encodeAnswer,
  encodeClaim,
  encodeDeposit,
  encodeForget,
  encodeReadKey,
  encodeRequestKey,
  encodeRest,
  encodeSealMore,
  encodeSlotWritten,
  encodeTestWake,
  encodeWakes,
  LayoutError,
  SLOTS_PATH,
  toBase64,
} from "../wire/index.ts"

const TIMEOUT_MS = 20_000

/** The mailroom's routes as functions. No cookie, no referrer, nothing kept. Each throws PocketProblem: a NAME of the law, or `unreachable`. */
export class Mailroom {
  readonly #origin: string
  readonly #fetch: Fetch

  constructor(origin: string, fetch: Fetch) {
    this.#origin = origin
    this.#fetch = fetch
  }

  bulletin(part: "charter" | "lineage" | "head" | "public" | "members"): Promise<Bytes> {
    return this.#send("GET", `/bulletin/${part}`)
  }

  tokenKeys(): Promise<Bytes> {
    return this.#send("GET", "/token-keys")
  }

  /** How long practice rings take to be answered. */
  answerTimes(): Promise<AnswerTimes> {
    return this.#read(decodeAnswerTimes, this.#send("GET", "/answer-times"))
  }

  async deposit(address: Bytes, envelope: Bytes): Promise<void> {
    await this.#post("/envelopes", encodeDeposit(address, envelope))
  }

  async fetch(readKey: Bytes): Promise<Fetched> {
    return this.#read(decodeFetched, this.#post("/envelopes/fetch", encodeReadKey(readKey)))
  }

  async forget(readKey: Bytes, ids: readonly Bytes[]): Promise<void> {
    await this.#post("/envelopes/forget", encodeForget(readKey, ids))
  }

  async close(readKey: Bytes): Promise<void> {
    await this.#post("/mailboxes/close", encodeReadKey(readKey))
  }

  /** Spends a token on a help request; the answer still has to be verified. */
  ask(body: Bytes, token: Bytes): Promise<Bytes> {
    return this.#post(ASK_PATH, body, token)
  }

  /** Spends the pass of a request that may still be under way, ends it if it is here, and closes its reply mailbox. */
  async withdraw(readKey: Bytes, token: Bytes): Promise<void> {
    await this.#post("/requests/withdraw", encodeReadKey(readKey), token)
  }

  async sealMore(requestId: Bytes, readKey: Bytes, slots: readonly Slot[]): Promise<number> {
    return (await this.#read(decodeSealMoreAnswer, this.#post("/requests/seal", encodeSealMore(requestId, readKey, slots)))).kept
  }

  async act(requestId: Bytes, readKey: Bytes, act: Act): Promise<void> {
    await this.#post("/requests/act", encodeAct(requestId, readKey, act))
  }

  requestState(requestId: Bytes, readKey: Bytes): Promise<RequestState> {
    return this.#read(decodeStateAnswer, this.#post("/requests/state", encodeRequestKey(requestId, readKey)))
  }

  /** The sealed request that only the winner is handed. */
  claim(requestId: Bytes, dutyReadKey: Bytes, talkAddress: Bytes): Promise<Bytes> {
    return this.#read(decodeClaimAnswer, this.#post("/requests/claim", encodeClaim(requestId, dutyReadKey, talkAddress)))
  }

  async pass(requestId: Bytes, dutyReadKey: Bytes): Promise<void> {
    await this.#post("/requests/pass", encodeRequestKey(requestId, dutyReadKey))
  }

  async answer(requestId: Bytes, dutyReadKey: Bytes, envelope: Bytes): Promise<void> {
    await this.#post("/requests/answer", encodeAnswer(requestId, dutyReadKey, envelope))
  }

  async rest(dutyReadKey: Bytes, rest: Readonly<{ untilHour: number; keepsPlace: boolean }>): Promise<void> {
    await this.#post("/duty/rest", encodeRest(dutyReadKey, rest))
  }

  /** By what this peer is woken, in order. */
  async wakes(dutyReadKey: Bytes, drills: Drills, endpointIds: readonly Bytes[]): Promise<void> {
    await this.#post("/duty/wakes", encodeWakes(dutyReadKey, drills, endpointIds))
  }

  async testWake(dutyReadKey: Bytes, place: number): Promise<void> {
    await this.#post("/duty/test", encodeTestWake(dutyReadKey, place))
  }

  /** Spends a token on a place for a sealed copy; gives the receipt, which still has to be verified. */
  openSlot(body: Bytes, token: Bytes): Promise<Bytes> {
    return this.#read(decodeSlotReceipt, this.#post(SLOTS_PATH, body, token))
  }

  fetchSlot(readKey: Bytes): Promise<Bytes> {
    return this.#read(decodeSlotFetched, this.#post("/slots/fetch", encodeReadKey(readKey)))
  }

  /** `replaced`: SHA-256 of the copy that lies there. */
  async writeSlot(readKey: Bytes, replaced: Bytes, body: Bytes): Promise<void> {
    await this.#post("/slots/write", encodeSlotWritten(readKey, replaced, body))
  }

  async forgetSlot(readKey: Bytes): Promise<void> {
    await this.#post("/slots/forget", encodeReadKey(readKey))
  }

  async #read<T>(decode: (bytes: Bytes) => T, answer: Promise<Bytes>): Promise<T> {
    const bytes = await answer
    try {
      return decode(bytes)
    } catch (error) {
      if (error instanceof LayoutError) throw new PocketProblem("not-proven")
      throw error
    }
  }

  #post(path: string, body: Bytes, token?: Bytes): Promise<Bytes> {
    return this.#send("POST", path, body, token)
  }

  #send(method: "GET" | "POST", path: string, body?: Bytes, token?: Bytes): Promise<Bytes> {
    return exchange(this.#fetch, {
      method,
      address: this.#origin + path,
      ...(body === undefined ? {} : { body }),
      ...(token === undefined ? {} : { authorization: `PrivateToken token="${toBase64(token)}"` }),
      timeoutMs: TIMEOUT_MS,
    })
  }
}
