import { beforeAll, describe, expect, test } from "vitest"
import { Admission } from "./admission.ts"
import { browserClock, DAY_MS } from "./clock.ts"
import { Mailroom } from "./delivery/index.ts"
import { FakeClock } from "./fakeclock.fortests.ts"
import { oneByOne } from "./onebyone.ts"
import { random, sha256 } from "./seal/index.ts"
import { membersOf, newPeerKeys, newProgram, partSeal, publicPart, sealedMembers, signedBundle, signedCharter, signedHead, signedVouch, TODAY, tokenKeys } from "./trust/cast.fortests.ts"
import type { Issuer } from "./trust/issuercast.fortests.ts"
import { newIssuer } from "./trust/issuercast.fortests.ts"
import type { Bytes } from "./wire/index.ts"
import { cardLink, decodeDrawRequest, encodeDrawAnswer, toHex, utf8 } from "./wire/index.ts"

const ROOMS = { mailroom: "https://mail.example.org", desk: "https://desk.example.org" }

let issuer: Issuer

beforeAll(async () => {
  issuer = await newIssuer()
})

/** Windows of one device: they share what lies on it and a Web Lock, and nothing else. */
async function device() {
  const program = await newProgram()
  const ben = await newPeerKeys()
  const listed = membersOf([{ vouch: await signedVouch(program, ben), bundle: await signedBundle(program, ben) }])
  const parts = { public: publicPart(issuer.spki), members: await sealedMembers(program, listed, 12) }
  const head = await signedHead(program, { public: await partSeal(parts.public), members: await partSeal(parts.members) })
  const served = new Map<string, Bytes>([
    ["/bulletin/charter", await signedCharter(program.key, program.charter)],
    ["/bulletin/head", head],
    ["/bulletin/public", parts.public],
    ["/bulletin/members", parts.members],
    ["/token-keys", tokenKeys(await sha256(issuer.spki))],
  ])
  const batches = new Set<string>()
  const fetch = (async (address: string, { body }: RequestInit) => {
    const bytes = served.get(address.replace(ROOMS.mailroom, ""))
    if (bytes !== undefined) return new Response(bytes)
    batches.add(toHex(body as Bytes))
    await new Promise((resolve) => setTimeout(resolve, 20))
    const { epoch, blinded } = decodeDrawRequest(body as Bytes)
    return new Response(encodeDrawAnswer({ epoch, membersKey: program.membersKey, signed: blinded.map((one) => issuer.sign(one)) }))
  }) as typeof globalThis.fetch
  const disk = new Map<string, unknown>()
  const store = {
    get: (name: string) => Promise.resolve(disk.get(name) as never),
    put: (records: object) => {
      for (const [name, record] of Object.entries(records)) disk.set(name, record)
      return Promise.resolve()
    },
  }
  let held: Promise<unknown> = Promise.resolve()
  const request = (_name: string, _options: LockOptions, work: () => Promise<unknown>): Promise<unknown> => (held = held.then(work, work))
  const locks = { request } as unknown as LockManager
  const window = () =>
    Admission.open({ store, mailroom: new Mailroom(ROOMS.mailroom, fetch), rooms: ROOMS, fetch, random, clock: new FakeClock(TODAY * DAY_MS), oneByOne: oneByOne(locks, "draw", browserClock.after) })
  const link = `https://leanto.example.org${await cardLink({ code: utf8("ten bytes!"), fingerprint: program.id }, sha256)}`
  return { window, link, batches }
}

describe("two windows of one device", () => {
  test("that draw at the same moment use one batch, and each has its passes", async () => {
    const { window, link, batches } = await device()
    const [first, second] = await Promise.all([window(), window()])
    await first.enterProgram(new Uint8Array(16)).catch(() => undefined)
    await Promise.all([first.enterCard(link, TODAY), second.enterCard(link, TODAY)])
    expect(batches.size).toBe(1)
    expect([first.tokensLeft, second.tokensLeft]).toEqual([10, 10])
    const [one, other] = [await first.takeToken(TODAY), await second.takeToken(TODAY)]
    expect(one).not.toEqual(other)
  })
})

describe("a window", () => {
  test("that stands still in the midst of its work holds up nobody for longer than ten seconds, and its own work counts all the same", async () => {
    // Somebody may be waiting for the pass of an urgent request.
    const locks = webLocks()
    const clock = new FakeClock(0)
    const frozen: { goOn?: (done: string) => void } = {}
    const here = oneByOne(locks, "draw", clock.after)(() => new Promise<string>((goOn) => (frozen.goOn = goOn)))
    const there = oneByOne(locks, "draw", clock.after)(() => Promise.resolve("there"))
    const soon = (): Promise<string> => Promise.race([there, new Promise<string>((resolve) => setTimeout(() => { resolve("waits") }, 20))])
    await clock.move(9_000)
    expect(await soon()).toBe("waits")
    await clock.move(1_000)
    expect(await soon()).toBe("there")
    frozen.goOn?.("here")
    expect(await here).toBe("here")
  })
})

/** Web Locks as a browser has them, for one name: in line, given up by a signal, taken away by `steal`. */
function webLocks(): LockManager {
  let holder: { lost: (reason: Error) => void } | undefined
  const line: (() => void)[] = []
  const hold = (work: () => Promise<unknown>, resolve: (value: unknown) => void, reject: (reason: Error) => void): void => {
    const own = (holder = { lost: reject })
    const next = (): void => {
      if (holder !== own) return
      holder = undefined
      line.shift()?.()
    }
    work().then(resolve, reject).finally(next)
  }
  const request = (_name: string, { signal, steal }: LockOptions, work: () => Promise<unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const begin = (): void => { hold(work, resolve, reject) }
      if (steal === true) holder?.lost(new Error("stolen"))
      if (steal === true || holder === undefined) {
        begin()
        return
      }
      line.push(begin)
      signal?.addEventListener("abort", () => {
        line.splice(line.indexOf(begin), 1)
        reject(new Error("given up"))
      })
    })
  return { request } as unknown as LockManager
}
