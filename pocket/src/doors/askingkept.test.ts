import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import type { KeptPeer } from "../kept/index.ts"
import { recognised } from "../kept/recognising.ts"
import { KEPT_PEERS } from "../kept/records.ts"
import { openRequest, random } from "../seal/index.ts"
import type { PeerKeys } from "../trust/cast.fortests.ts"
import { membersOf, newPeerKeys, signedBundle, signedVouch, TODAY } from "../trust/cast.fortests.ts"
import { verifiedPeers } from "../trust/index.ts"
import type { SealedRequest } from "../wire/index.ts"
import { decodeAsk, toHex } from "../wire/index.ts"
import { anasPocket, firstBody, settle, setUp, town, until, WISH } from "./cast.fortests.ts"

const KEEPSAKE = random(32)
const ADDRESSES = { ben: random(16), cara: random(16) }

let cara: PeerKeys

beforeAll(settle)

beforeEach(async () => {
  cara = await newPeerKeys()
  await listed({ ben: town.ben, cara })
})

describe("asking a kept peer", () => {
  test("rings them first, and the proof stands in their copy alone", async () => {
    const { asking, mailroom } = await withBenKept()
    await asking.ask({ ...WISH, kept: "b" })
    await until(() => asking.view?.sent === "received")
    const { chosenFirst, slots } = decodeAsk(firstBody(mailroom))
    expect(chosenFirst).toBe(true)
    expect(toHex(slots[0]?.dutyAddress ?? random(16))).toBe(toHex(ADDRESSES.ben))
    const [his, hers] = [await copyOf("ben", firstBody(mailroom)), await copyOf("cara", firstBody(mailroom))]
    expect(await recognised(his, town.ben.agreement.publicKey, [{ keepsake: KEEPSAKE }])).toBeDefined()
    expect(hers.keepsakeProof).toBeUndefined()
  })

  test("as one of the list, or with others first, says nothing of what was before", async () => {
    const { asking, mailroom } = await withBenKept()
    await asking.ask({ ...WISH, chosen: toHex(town.ben.agreement.publicKey) })
    await until(() => asking.view?.sent === "received")
    expect((await copyOf("ben", firstBody(mailroom))).keepsakeProof).toBeUndefined()
  })

  test.each(["signing", "agreement"] as const)("whose %s key is another now is refused: it may be somebody else", async (which) => {
    const { asking } = await withBenKept()
    await listed({ ben: { ...town.ben, [which]: (await newPeerKeys())[which] }, cara })
    await expect(asking.ask({ ...WISH, kept: "b" })).rejects.toEqual(new PocketProblem("kept-gone"))
  })

  test("who stood down, or was forgotten, is refused, and anyone else can be asked", async () => {
    const { asking } = await withBenKept()
    await expect(asking.ask({ ...WISH, kept: "forgotten" })).rejects.toEqual(new PocketProblem("kept-gone"))
    await listed({ cara })
    await expect(asking.ask({ ...WISH, kept: "b" })).rejects.toEqual(new PocketProblem("kept-gone"))
    await asking.ask(WISH)
    expect(asking.view).toBeDefined()
  })
})

test("who asks for somebody else is not brought to the same peer", async () => {
  const { asking, mailroom } = await withBenKept()
  await asking.ask({ ...WISH, without: toHex(town.ben.agreement.publicKey) })
  await until(() => asking.view?.sent === "received")
  expect(decodeAsk(firstBody(mailroom)).slots.map(({ dutyAddress }) => toHex(dutyAddress))).not.toContain(toHex(ADDRESSES.ben))
})

async function withBenKept(): Promise<Awaited<ReturnType<typeof setUp>>> {
  const first = await setUp()
  const { signing, agreement } = town.ben
  const ben: KeptPeer = { id: "b", name: "Night shift Ben", handle: "Ben", signingKey: signing.publicKey, agreementKey: agreement.publicKey, keepsake: KEEPSAKE, day: TODAY }
  await first.vault.write([KEPT_PEERS.put(ben.id, ben)])
  return { ...first, ...(await anasPocket(first.mailroom, first.clock, first.vault, first.tokens)) }
}

/** From now on the bulletin lists these, and nobody else. */
async function listed(peers: Partial<Record<keyof typeof ADDRESSES, PeerKeys>>): Promise<void> {
  const members = Object.entries(peers).map(async ([name, keys]) => {
    const dutyAddress = ADDRESSES[name as keyof typeof ADDRESSES]
    return { vouch: await signedVouch(town.program, keys, { handle: name }), bundle: await signedBundle(town.program, keys, { dutyAddress }) }
  })
  town.peers = await verifiedPeers(membersOf(await Promise.all(members)), town.program.charter, TODAY)
}

async function copyOf(name: keyof typeof ADDRESSES, body: ReturnType<typeof firstBody>): Promise<SealedRequest> {
  const keys = { ben: town.ben, cara }[name]
  const slot = decodeAsk(body).slots.find(({ dutyAddress }) => toHex(dutyAddress) === toHex(ADDRESSES[name]))
  const opening = { sealingKey: keys.sealing, recipient: keys.agreement, mailboxAddress: ADDRESSES[name] }
  return (await openRequest(slot?.sealed ?? new Uint8Array(), opening)).request
}
