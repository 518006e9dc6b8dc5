/** For tests: Ben's town. A true program, and what desk and mailroom answer, behind one `fetch`. */
import { DAY_MS } from "../clock.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { membersKeyHash, sha256, sign } from "../seal/index.ts"
import type { Program } from "../trust/cast.fortests.ts"
import { partSeal, sealedMembers, signedCharter, signedHead, TODAY } from "../trust/cast.fortests.ts"
import type { Bundle, Bytes, Member, Vouch } from "../wire/index.ts"
import { concat, decodeBundle, encodeVouch, invitationLink, LABELS, messageToSign, Reader, sameBytes, toHex, utf8 } from "../wire/index.ts"
import { WakingRoom } from "./wakingroom.fortests.ts"
import pack from "../../../src/leanto/data/packs/us-federal.json"

export const NOON = (TODAY + 0.5) * DAY_MS
export const INVITATION = utf8("sixteen letters!")
export const MAIL = "https://mail.example.org"
export const DESK = "https://desk.example.org"
export const WAKE = "https://wake.example.org"
const PUBLIC = utf8(
  JSON.stringify({
    program: { name: "Lean-to", region: "North", agencies: [] },
    pack,
    helplines: [],
    token_keys: [],
    patience: { now: 10, today: 120, whenever: 1_440 },
    card_place: { en: "the shelf" },
  }),
)
type HandedIn = Readonly<{ body: Bytes; handle: string; signingKey: Bytes; agreementKey: Bytes; bundles: readonly Bytes[] }>
/** A request as the mailroom has it. */
interface Asked {
  readonly sealed: Bytes
  claimer?: string
  answer?: Bytes
  passed?: boolean
}

export class Town {
  readonly clock = new FakeClock(NOON)
  readonly program: Program
  handIns: Bytes[] = []
  handedIn: HandedIn | undefined
  laterBundles: Bytes[] = []
  vouch: Bytes | undefined
  serial = 1
  members: readonly Member[] = []
  requests = new Map<string, Asked>()
  closed: string[] = []
  /** Every path asked, in order. */
  asked: string[] = []
  /** From this path on answers are lost on their way, `times` times. */
  lost: { path: string; times: number } | undefined
  /** What the desk was told of how Ben wants to be rung, without its signature; and what the mailroom was, by path. */
  standings: Bytes[] = []
  duties: { path: string; body: Bytes }[] = []
  readonly notifier = new WakingRoom()
  /** Frames that Ben's pocket said on its line; none while that is down. */
  frames: Bytes[] = []
  lineUp = true
  readonly push = this.notifier.push
  #parts = new Map<string, Bytes>()

  constructor(program: Program) {
    this.program = program
  }

  readonly fetch = (async (url: string, request: RequestInit) => {
    const path = url.replace(MAIL, "").replace(DESK, "").replace(WAKE, "")
    this.asked.push(path)
    const answer = url.startsWith(WAKE) ? this.notifier.answer(path, request.body as Bytes) : this.#answer(path, request.body as Bytes)
    if (this.lost?.path === path && this.lost.times-- > 0) throw new TypeError("network")
    return Promise.resolve(answer)
  }) as typeof fetch

  hears(frame: Bytes): boolean {
    if (this.lineUp) this.frames.push(frame)
    return this.lineUp
  }

  async link(): Promise<string> {
    return `https://pocket.example.org${await invitationLink({ invitation: INVITATION, fingerprint: this.program.id }, sha256)}`
  }

  /** A new bulletin with these members; Ben's rota, if any, is the first member's. */
  async publish(members: readonly Member[], rota: readonly Readonly<{ from: number; until: number; tier?: number }>[] = []): Promise<void> {
    this.members = members
    this.serial += 1
    const shifts = rota.map((shift) => ({ tier: 0, ...shift, member: 0 }))
    const parts = { public: PUBLIC, members: await sealedMembers(this.program, { members, rota: shifts }, this.serial) }
    const day = Math.floor(this.clock.now() / DAY_MS)
    const head = await signedHead(this.program, {
      serial: this.serial,
      previous: await sha256(this.#parts.get("head") ?? new Uint8Array()),
      membersKeyHash: await membersKeyHash(this.program.membersKey),
      public: await partSeal(parts.public),
      members: await partSeal(parts.members),
      day,
      lastDay: day + 2,
    })
    this.#parts = new Map(Object.entries({ charter: await signedCharter(this.program.key, this.program.charter), head, ...parts }))
  }

  /** The key holder signs what the desk was handed in; `changes` are what a liar would sign. */
  async vouchFor(changes: Partial<Vouch> = {}): Promise<void> {
    if (this.handedIn === undefined) throw new Error("nothing was handed in")
    const { handle, signingKey, agreementKey } = this.handedIn
    const body = encodeVouch({ programId: this.program.id, handle, signingKey, agreementKey, lastDay: TODAY + 365, ...changes })
    this.vouch = concat(body, await sign(this.program.key, messageToSign(body, LABELS.vouch)))
  }

  /** Ben as the bulletin lists him. */
  ben(): Member {
    return { vouch: this.vouch ?? new Uint8Array(), bundles: this.handedIn?.bundles.slice(0, 1) ?? [], shared: [], conflicts: [] }
  }

  bundle(): Bundle {
    return decodeBundle(this.handedIn?.bundles[0] ?? new Uint8Array())
  }

  #answer(path: string, body: Bytes): Response {
    const part = this.#parts.get(path.replace("/bulletin/", ""))
    if (part !== undefined) return new Response(part)
    if (path.startsWith("/enrolment/")) return this.#desk(path, body)
    if (path.startsWith("/requests/")) return this.#request(path, body)
    if (path.startsWith("/duty/")) {
      this.duties.push({ path, body })
      return this.notifier.isDown && path === "/duty/test" ? refusal(503, "too-busy") : new Response()
    }
    if (path === "/mailboxes/close") this.closed.push(toHex(body.slice(1)))
    return new Response()
  }

  #desk(path: string, body: Bytes): Response {
    if (path === "/enrolment/bundles") {
      const reader = new Reader(body.slice(1 + 16 + 32, -64), "bundles")
      this.laterBundles.push(...reader.times(reader.u8(), () => reader.bytes(1_301)))
      return new Response()
    }
    if (path === "/enrolment/standing") {
      this.standings.push(body.slice(0, -64))
      return new Response()
    }
    if (path === "/enrolment/state") return new Response(this.#state())
    this.handIns.push(body)
    const handIn = readHandIn(body)
    if (this.handedIn !== undefined && !sameBytes(this.handedIn.signingKey, handIn.signingKey)) return refusal(409, "invitation-used")
    this.handedIn ??= handIn
    return new Response()
  }

  #state(): Bytes {
    if (this.handedIn === undefined) return Uint8Array.of(1, 1)
    if (this.vouch === undefined) return Uint8Array.of(1, 2)
    return concat(Uint8Array.of(1, 3, 0, 4), this.program.membersKey, Uint8Array.of(this.vouch.length >> 8, this.vouch.length & 255), this.vouch)
  }

  #request(path: string, body: Bytes): Response {
    const asked = this.requests.get(toHex(body.slice(1, 17)))
    const peer = toHex(body.slice(17, 49))
    if (asked === undefined) return refusal(404, "request-unknown")
    if (path === "/requests/pass") {
      asked.passed = true
      return new Response()
    }
    if (path === "/requests/claim") asked.claimer ??= peer
    if (asked.claimer !== peer) return refusal(409, "request-taken")
    if (path === "/requests/claim") return new Response(concat(Uint8Array.of(1), asked.sealed))
    asked.answer ??= body.slice(49)
    return new Response(null, { status: 201 })
  }
}

function readHandIn(body: Bytes): HandedIn {
  const reader = new Reader(body, "hand-in")
  reader.version()
  reader.bytes(16)
  const [handle, signingKey, agreementKey] = [reader.text8(), reader.bytes(32), reader.bytes(32)]
  return { body, handle, signingKey, agreementKey, bundles: reader.times(reader.u8(), () => reader.bytes(1_301)) }
}

export function refusal(status: number, problem: string): Response {
  return new Response(JSON.stringify({ type: `urn:leanto:problem:${problem}` }), { status })
}
