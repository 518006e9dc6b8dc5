import { beforeAll, describe, expect, test } from "vitest"
import { bodyDigest, envelopeKeyId, random, sign } from "../seal/index.ts"
import type { PeerKeys } from "../trust/cast.fortests.ts"
import { membersOf, newPeerKeys, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import type { Peer } from "../trust/index.ts"
import { verifiedPeers } from "../trust/index.ts"
import type { Bytes } from "../wire/index.ts"
import { concat, decodeAsk, receiptMessage, sameBytes, toHex } from "../wire/index.ts"
import { answerOf, delivered, firstBody, settle, setUp, town, until, WISH } from "./cast.fortests.ts"

beforeAll(settle)

const zeros = (length: number): Bytes => new Uint8Array(length)
const ASKED = { path: "/requests", status: 201 }

/** Listed beside Ben for the length of one story. */
async function beside(others: readonly Peer[], story: () => Promise<void>): Promise<void> {
  const before = town.peers
  town.peers = [...others, ...before]
  await story().finally(() => {
    town.peers = before
  })
}

/** Max, vouched for by a careless key holder, with keys that are no keys. */
async function broken(keys: Partial<Readonly<{ sealingKey: Bytes; agreementKey: Bytes }>>): Promise<{ peer: Peer; max: PeerKeys }> {
  const max = await newPeerKeys()
  const { sealingKey = max.sealing.publicKey, agreementKey = max.agreement.publicKey } = keys
  const listed = { vouch: await signedVouch(town.program, max, { handle: "Max", agreementKey }), bundle: await signedBundle(town.program, max, { sealingKey }) }
  const [peer] = await verifiedPeers(membersOf([listed]), town.program.charter, TODAY)
  if (peer === undefined) throw new Error("not even vouched for")
  return { peer, max }
}

describe("a peer whose keys nobody can seal to", () => {
  const noKeys = {
    "noise for a sealing key": { sealingKey: random(1_216) },
    "a curve key of small order in it": { sealingKey: concat(zeros(1_184), zeros(32)) },
    "a vouched key of small order": { agreementKey: zeros(32) },
  }

  test.each(Object.entries(noKeys))("holds up nobody who asks: %s", async (_, keys) => {
    const { peer, max } = await broken(keys)
    await beside([peer], async () => {
      const { asking, talks, mailroom } = await setUp()
      await asking.ask({ ...WISH, chosen: toHex(peer.vouch.agreementKey) })
      await until(() => asking.view?.sent === "received")
      const { slots } = decodeAsk(firstBody(mailroom))
      expect(slots.filter(({ dutyAddress }) => sameBytes(dutyAddress, peer.bundle.dutyAddress))).toEqual([])
      expect(slots.filter(({ sealed }) => sameBytes(envelopeKeyId(concat(Uint8Array.of(1), sealed.slice(1))), max.sealing.keyId))).toEqual([])
      expect(asking.view?.chosen).toBeUndefined()
      const { address, envelope } = await answerOf(town.ben, firstBody(mailroom))
      await asking.envelope(address, delivered(envelope))
      expect(talks.all.map((talk) => talk.with)).toEqual(["Ben"])
    })
  })

  test("is nobody to ask when there is no other", async () => {
    const { peer } = await broken({ sealingKey: random(1_216) })
    const { asking, mailroom } = await setUp()
    const before = town.peers
    town.peers = [peer]
    await expect(asking.ask(WISH)).rejects.toMatchObject({ problem: "nobody-to-ask" })
    town.peers = before
    expect([mailroom.asked, asking.view]).toEqual([[], undefined])
  })
})

describe("received is not said", () => {
  async function receipt(body: Bytes, { path, status } = ASKED, key = town.program.receiptKey): Promise<Bytes> {
    return concat(Uint8Array.of(1, 0, 0, 0, 12, 1), await sign(key, receiptMessage(path, await bodyDigest("POST", "/requests", body), status)))
  }
  const lies: Record<string, (body: Bytes) => Promise<Bytes>> = {
    "for a yes without a receipt": () => Promise.resolve(zeros(0)),
    "for a receipt cut short": async (body) => (await receipt(body)).slice(0, -1),
    "for a receipt of another request": () => receipt(random(49_379)),
    "for a receipt of another door": (body) => receipt(body, { path: "/requests/seal", status: 201 }),
    "for a receipt of a refusal": (body) => receipt(body, { path: "/requests", status: 409 }),
    "for a receipt by the key that signs bulletins": (body) => receipt(body, ASKED, town.program.bulletinKey),
  }

  test.each(Object.entries(lies))("%s", async (_, lie) => {
    const { asking, mailroom, clock } = await setUp()
    const honest = mailroom.ask
    mailroom.ask = async (body, token) => {
      mailroom.asked.push({ body, token })
      return lie(body)
    }
    await asking.ask(WISH)
    await until(() => mailroom.asked.length === 1)
    expect(asking.view?.sent).toBe("not-sent")
    mailroom.ask = honest
    await clock.move(3_000)
    await until(() => asking.view?.sent === "received")
    expect(mailroom.asked[1]).toEqual(mailroom.asked[0])
  })
})

describe("an answer", () => {
  test("of a peer who is vouched for and was not asked is nobody's", async () => {
    const { asking, talks, mailroom } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const cara = await newPeerKeys()
    const listed = { vouch: await signedVouch(town.program, cara, { handle: "Cara" }), bundle: await signedBundle(town.program, cara) }
    await beside(await verifiedPeers(membersOf([listed]), town.program.charter, TODAY), async () => {
      const { address, envelope } = await answerOf(cara, firstBody(mailroom))
      expect(await asking.envelope(address, delivered(envelope))).toBe(true)
      expect([asking.view?.sent, talks.all]).toEqual(["received", []])
    })
  })

  test("to an earlier request, played again at a later one, begins nothing; a true one twice begins one talk", async () => {
    const { asking, talks, mailroom } = await setUp()
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const old = await answerOf(town.ben, firstBody(mailroom))
    await asking.cancel()
    await until(() => asking.view === undefined)
    await asking.ask(WISH)
    await until(() => asking.view?.sent === "received")
    const body = mailroom.asked[1]?.body ?? zeros(0)
    const { address, envelope } = await answerOf(town.ben, body)
    await asking.envelope(address, delivered(old.envelope))
    expect([asking.view?.sent, talks.all.length]).toEqual(["received", 0])
    await asking.envelope(address, delivered(envelope))
    await asking.envelope(address, delivered(envelope))
    expect([asking.view?.sent, talks.all.length]).toEqual(["seen", 1])
  })
})
