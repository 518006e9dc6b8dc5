/** For tests: a mailroom and a desk behind one `fetch`, and a shelf in memory. */
import type { AdmissionRecords, AdmissionStore } from "./admission.ts"
import { random, sha256 } from "./seal/index.ts"
import type { Program } from "./trust/cast.fortests.ts"
import { membersOf, newPeerKeys, partSeal, publicPart, sealedMembers, signedBundle, signedCharter, signedHead, signedVouch, tokenKeys } from "./trust/cast.fortests.ts"
import type { Issuer } from "./trust/issuercast.fortests.ts"
import type { Bytes, Head } from "./wire/index.ts"
import { decodeDrawRequest, encodeDrawAnswer, sameBytes } from "./wire/index.ts"

export const ROOMS = { mailroom: "https://mail.example.org", desk: "https://desk.example.org" }

export type Refusal = Readonly<{ status: number; problem: string }>

/** One town: a mailroom and a desk behind one `fetch`, and everything that was asked of them. */
export class Town {
  readonly asked: Readonly<{ url: string; request: RequestInit }>[] = []
  readonly batches: Bytes[] = []
  readonly served = new Map<string, Bytes>()
  refusal: Refusal | undefined
  cutAnswer = false
  spoil = false
  membersKey: Bytes
  readonly program: Program
  readonly issuer: Issuer

  constructor(program: Program, issuer: Issuer) {
    this.program = program
    this.issuer = issuer
    this.membersKey = program.membersKey
  }

  readonly fetch = ((url: string, request: RequestInit) => {
    this.asked.push({ url, request })
    return Promise.resolve(url).then(() => this.#answer(url, request))
  }) as typeof fetch

  async publish(changes: Partial<Head> = {}, peers = 1): Promise<void> {
    const keys = await Promise.all(Array.from({ length: peers }, newPeerKeys))
    const members = membersOf(await Promise.all(keys.map(async (peer) => ({ vouch: await signedVouch(this.program, peer), bundle: await signedBundle(this.program, peer) }))))
    const serial = changes.serial ?? 12
    const parts = { public: publicPart(this.issuer.spki), members: await sealedMembers(this.program, members, serial) }
    const head = await signedHead(this.program, { public: await partSeal(parts.public), members: await partSeal(parts.members), ...changes, serial })
    this.served.set("/bulletin/charter", await signedCharter(this.program.key, this.program.charter))
    this.served.set("/bulletin/lineage", Uint8Array.of(1, 0))
    this.served.set("/bulletin/head", head)
    this.served.set("/bulletin/public", parts.public)
    this.served.set("/bulletin/members", parts.members)
    this.served.set("/token-keys", tokenKeys(await sha256(this.issuer.spki)))
  }

  #answer(url: string, request: RequestInit): Response {
    if (url === `${ROOMS.desk}/issuance/draw`) return this.#draw(request.body as Bytes)
    const body = this.served.get(url.replace(ROOMS.mailroom, ""))
    return body === undefined ? refusal({ status: 404, problem: "no-bulletin" }) : new Response(body)
  }

  #draw(body: Bytes): Response {
    if (this.refusal) return refusal(this.refusal)
    const { epoch, blinded } = decodeDrawRequest(body)
    if (!this.batches.some((batch) => sameBytes(batch, body))) this.batches.push(body)
    if (this.cutAnswer) throw new TypeError("network")
    const signed = blinded.map((one) => this.issuer.sign(one))
    if (this.spoil) signed[9] = random(256)
    return new Response(encodeDrawAnswer({ epoch, membersKey: this.membersKey, signed }))
  }
}

export function memoryShelf(): AdmissionStore & { records: Partial<AdmissionRecords> } {
  const shelf = {
    records: {} as Partial<AdmissionRecords>,
    get: <Name extends keyof AdmissionRecords>(name: Name) => Promise.resolve(structuredClone(shelf.records[name])),
    put: (records: Partial<AdmissionRecords>) => {
      shelf.records = { ...shelf.records, ...structuredClone(records) }
      return Promise.resolve()
    },
  }
  return shelf
}

function refusal({ status, problem }: Refusal): Response {
  return new Response(JSON.stringify({ type: `urn:leanto:problem:${problem}`, title: problem, status, detail: "" }), { status })
}
