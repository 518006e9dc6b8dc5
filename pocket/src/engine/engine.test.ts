import "fake-indexeddb/auto"
import { beforeEach, describe, expect, test } from "vitest"
import { DAY_MS } from "../clock.ts"
import { PocketProblem } from "../contract.ts"
import { FakeClock, settled } from "../fakeclock.fortests.ts"
import { idle } from "../idle.fortests.ts"
import { random, sha256 } from "../seal/index.ts"
import { newTalk } from "../talks/index.ts"
import { membersOf, newPeerKeys, newProgram, partSeal, publicPart, sealedMembers, signedBundle, signedCharter, signedHead, signedVouch, tokenKeys } from "../trust/cast.fortests.ts"
import { newIssuer } from "../trust/issuercast.fortests.ts"
import { browserStore, hasBrowserStore, Shelf, Vault } from "../vault/index.ts"
import type { Bytes } from "../wire/index.ts"
import { decodeDrawRequest, encodeDrawAnswer, toBase64, toHex, utf8 } from "../wire/index.ts"
import { ENDPOINTS } from "../oncall/records.ts"
import { Engine } from "./engine.ts"
import type { World } from "./world.ts"

const NOON = Date.UTC(2026, 10, 23, 12)
const TALK = "aa".repeat(16)
const TALKS = new Shelf("sealed", "talk")

/** A browser without a network, but for the page's own host. */
function browser(): World {
  const fetch = ((address: string) =>
    address === "/pocket.json"
      ? Promise.resolve(Response.json({ mailroom: "https://mail.example.org", desk: "https://desk.example.org" }))
      : Promise.reject(new TypeError("no network"))) as typeof globalThis.fetch
  class NoSocket extends EventTarget {
    readonly readyState = 3
    close = () => undefined
  }
  return {
    clock: new FakeClock(NOON),
    random,
    fetch,
    socket: NoSocket as unknown as typeof WebSocket,
    topicWords: (topic) => topic,
    storage: toHex(random(8)),
    locks: oneLock(),
    push: { state: () => "impossible", subscribe: () => Promise.reject(new PocketProblem("push-failed")), current: () => Promise.resolve(undefined), drop: () => Promise.resolve() },
    persist: () => Promise.resolve(true),
  }
}

/** Web Locks as a browser has them, as far as one lock goes. */
function oneLock(): LockManager {
  let holder: ((reason: Error) => void) | undefined
  const request = (_: string, options: LockOptions, run: (lock: Lock | null) => Promise<unknown> | undefined): Promise<unknown> => {
    if (holder !== undefined && options.steal !== true) return Promise.resolve(run(null))
    holder?.(new Error("stolen"))
    return new Promise((resolve, reject) => {
      holder = reject
      void run({ name: "leanto", mode: "exclusive" })?.then(resolve)
    })
  }
  return { request } as unknown as LockManager
}

/** A device with a talk on it. */
async function withTalk(world: World): Promise<Engine> {
  const engine = await Engine.start(world)
  await engine.chooseDevice("own")
  const vault = await Vault.open({ store: await browserStore(world.storage), random, keep: true })
  const theirs = { staticPublic: random(32), address: "bb".repeat(16), key: { public: random(1_216), lastDay: 30_000 } }
  const mine = { staticSecret: random(32), staticPublic: random(32), readKey: random(32), address: "cc".repeat(16) }
  await vault.write([TALKS.put(TALK, newTalk({ id: TALK, role: "officer", with: "Ben", mine, theirs, keys: [] }, NOON))])
  return Engine.start({ ...world, locks: oneLock() })
}

// Stretching words takes its second, or several on a busy machine.
describe("the pocket behind the screens", { timeout: 60_000 }, () => {
  let world: World

  beforeEach(() => {
    world = browser()
  })

  test("keeps nothing before the device is one's own, and then keeps what was there", async () => {
    const first = await Engine.start(world)
    await first.setMine({ agency: "north" })
    await first.chooseDevice("shared")
    expect(await hasBrowserStore(world.storage)).toBe(false)
    await first.chooseDevice("own")
    const again = await Engine.start({ ...world, locks: oneLock() })
    expect(again.state).toMatchObject({ device: "own", mine: { agency: "north" } })
    await again.forgetAll()
    expect(again.state).toMatchObject({ device: "unasked", mine: {}, card: "none" })
    expect(await hasBrowserStore(world.storage)).toBe(false)
  })

  test("without a network the lines stand, and asking says why it cannot", async () => {
    const engine = await Engine.start({ ...world, fetch: () => Promise.reject(new TypeError("no network")) })
    expect(engine.state.lines.length).toBeGreaterThan(2)
    await expect(engine.ask({ urgency: "now", outside: true, words: "" })).rejects.toEqual(new PocketProblem("unreachable"))
    const known = await Engine.start(browser())
    await expect(known.ask({ urgency: "now", outside: true, words: "" })).rejects.toEqual(new PocketProblem("no-card"))
  })

  test("knows without a network where the rooms are, and hears from its host when they move", async () => {
    const first = await Engine.start(world)
    await first.chooseDevice("own")
    const moved = ((address: string, request: RequestInit) =>
      address === "/pocket.json" ? Promise.resolve(Response.json({ mailroom: "https://new.example.org", desk: "https://desk.example.org" })) : world.fetch(address, request)) as typeof fetch
    const rooms = async (): Promise<unknown> => (await Vault.open({ store: await browserStore(world.storage), random, keep: true })).read("open", "rooms/here")
    await Engine.start({ ...world, locks: oneLock(), fetch: () => Promise.reject(new TypeError("no network")) })
    expect(await rooms()).toMatchObject({ mailroom: "https://mail.example.org" })
    await Engine.start({ ...world, locks: oneLock(), fetch: moved })
    expect(await rooms()).toMatchObject({ mailroom: "https://new.example.org" })
  })

  test("only one window works; another can take over, and the first one then leaves everything alone", async () => {
    const first = await Engine.start(world)
    await first.chooseDevice("own")
    await first.setMine({ unit: "Patrol" })
    const second = await Engine.start(world)
    expect(second.state).toMatchObject({ tab: "elsewhere", mine: {} })
    await expect(second.setMine({})).rejects.toEqual(new PocketProblem("elsewhere"))
    await second.useHere()
    await settled()
    expect(second.state).toMatchObject({ tab: "here", mine: { unit: "Patrol" } })
    expect(first.state.tab).toBe("elsewhere")
    await expect(first.setMine({})).rejects.toEqual(new PocketProblem("elsewhere"))
  })

  test("a lock takes the talks away at once, from this page and the next, and a sentence on its way is lost to nobody else", async () => {
    const engine = await withTalk(world)
    const words = await engine.makeVault()
    await engine.confirmWords(words.join(" "))
    await engine.say(TALK, "before")
    const late = engine.say(TALK, "on its way").catch(() => undefined)
    engine.lock()
    expect(engine.state).toMatchObject({ vault: "locked", talks: [] })
    await late
    await settled()
    const next = await Engine.start({ ...world, locks: oneLock() })
    expect(next.state).toMatchObject({ vault: "locked", talks: [] })
    await expect(next.say(TALK, "who is this")).rejects.toEqual(new PocketProblem("talk-over"))
    await next.unlock(words.join(" "))
    expect(next.state.talks[0]?.lines[0]?.text).toBe("before")
  })

  test("when the mailroom cannot be reached for a while it says so, and what is written waits", async () => {
    const engine = await withTalk(world)
    let told = 0
    engine.subscribe(() => (told += 1))
    await engine.say(TALK, "hello")
    expect(engine.state.talks[0]?.lines).toMatchObject([{ text: "hello", state: "waiting" }])
    for (let second = 0; second < 25; second++) {
      await (world.clock as FakeClock).move(1_000)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(engine.state.offline).toBe(true)
    expect(told).toBeGreaterThan(1)
  })

  test("forgets everything without a network, but for the word that ends what it asked for: that is said when it can be, and then gone too", async () => {
    await (await Engine.start(world)).chooseDevice("own")
    const vault = await Vault.open({ store: await browserStore(world.storage), random, keep: true })
    const [replyKey, token] = [random(32), random(354)]
    const shared = { urgency: "now", body: random(100), drawnAtOnce: false, madeAt: NOON, resumed: false, acts: [], over: false }
    const request = { ...shared, id: "ab".repeat(16), replyKey, replyAddress: "cd".repeat(16), token }
    await vault.write([new Shelf("open", "asking").put(request.id, request)])
    const engine = await Engine.start({ ...world, locks: oneLock() })
    const clock = world.clock as FakeClock
    const forgotten = { now: false }
    void engine.forgetAll().then(() => (forgotten.now = true))
    for (let tries = 0; tries < 400 && !forgotten.now; tries++) {
      await clock.move(250)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const left = () => Promise.all([hasBrowserStore(world.storage), hasBrowserStore(`${world.storage}-owed`)])
    expect(await left()).toEqual([false, true])

    const said: { address: string; request: RequestInit }[] = []
    const online = ((address: string, init: RequestInit) => {
      if (!address.startsWith("https://mail.example.org/requests")) return world.fetch(address, init)
      said.push({ address, request: init })
      return Promise.resolve(new Response(null, { status: 204 }))
    }) as typeof globalThis.fetch
    await Engine.start({ ...world, fetch: online, locks: oneLock() })
    for (let tries = 0; tries < 400 && (await left())[1]; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await left()).toEqual([false, false])
    expect(said.map(({ address }) => address)).toEqual(["https://mail.example.org/requests/withdraw"])
    expect(toHex(said[0]?.request.body as Bytes)).toBe(`01${toHex(replyKey)}`)
    expect(new Headers(said[0]?.request.headers).get("Authorization")).toContain(toBase64(token))
  })

  test("forgets a peer's phone without a network: that nothing wakes it any more is said to both rooms when it can be, and then gone too", async () => {
    const rooms = { mailroom: "https://mail.example.org", desk: "https://desk.example.org", notifier: "https://wake.example.org" }
    const host = ((address: string) => (address === "/pocket.json" ? Promise.resolve(Response.json(rooms)) : Promise.reject(new TypeError("no network")))) as typeof globalThis.fetch
    await (await Engine.start({ ...world, fetch: host })).chooseDevice("own")
    const vault = await Vault.open({ store: await browserStore(world.storage), random, keep: true })
    const id = "ab".repeat(16)
    await vault.write([ENDPOINTS.put(id, { id, kind: "email", place: 0, state: "working", deliveredDay: 0, reachedDay: 0, given: "cd".repeat(32) })])
    const engine = await Engine.start({ ...world, fetch: host, locks: oneLock() })
    await engine.forgetAll()
    const left = () => Promise.all([hasBrowserStore(world.storage), hasBrowserStore(`${world.storage}-owed`)])
    expect(await left()).toEqual([false, true])

    const said: string[] = []
    const online = ((address: string, init: RequestInit) => {
      if (!address.startsWith("https://wake.example.org")) return host(address, init)
      said.push(`${address} ${toHex(init.body as Bytes)}`)
      return Promise.resolve(new Response(null, { status: 204 }))
    }) as typeof globalThis.fetch
    await Engine.start({ ...world, fetch: online, locks: oneLock() })
    for (let tries = 0; tries < 400 && (await left())[1]; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await left()).toEqual([false, false])
    expect(said).toEqual([`https://wake.example.org/endpoints/forget 01${id}`])
  })

  test("an epoch that turned while the pocket was closed is drawn for, and its peers are shown at once", async () => {
    const { fetch, kept } = await turnedEpoch()
    const passes = { code: utf8("ten bytes!"), tokens: [], membersKeys: [], batch: undefined, drawn: [], drawAt: undefined }
    await (await Engine.start(world)).chooseDevice("own")
    const vault = await Vault.open({ store: await browserStore(world.storage), random, keep: true })
    const records = new Shelf<unknown>("open", "admission")
    await vault.write([records.put("bulletin", kept), records.put("passes", passes)])
    const online = ((address: string, request: RequestInit) => fetch(address, request) ?? world.fetch(address, request)) as typeof globalThis.fetch
    const engine = await Engine.start({ ...world, fetch: online, locks: oneLock() })
    for (let tries = 0; tries < 400 && engine.state.peers.length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(engine.state.peers.map(({ handle }) => handle)).toEqual(["Ben"])
  })
  test("looks for a newer list again at once when the phone's date, which was months ahead, is set right", async () => {
    const { fetch, kept } = await turnedEpoch()
    const clock = world.clock as FakeClock
    clock.jump(60 * DAY_MS)
    await (await Engine.start(world)).chooseDevice("own")
    const vault = await Vault.open({ store: await browserStore(world.storage), random, keep: true })
    await vault.write([new Shelf<unknown>("open", "admission").put("bulletin", kept)])
    const heads = { asked: 0 }
    const online = ((address: string, request: RequestInit) => {
      if (address.endsWith("/bulletin/head")) heads.asked += 1
      return fetch(address, request) ?? world.fetch(address, request)
    }) as typeof globalThis.fetch
    const engine = await Engine.start({ ...world, fetch: online, locks: oneLock() })
    const asked = async (times: number): Promise<void> => {
      for (let tries = 0; tries < 200 && heads.asked < times; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
      expect(heads.asked).toBe(times)
    }
    await asked(1)
    // All of that look is over.
    for (let quiet = 0; quiet < 40; quiet++) await new Promise((resolve) => setTimeout(resolve, 5)).then(idle)
    clock.jump(-60 * DAY_MS)
    engine.resume()
    await asked(2)
  })
})

/** A bulletin sealed under a members' key that only a draw brings, and the rooms behind it. */
async function turnedEpoch() {
  const [program, issuer, ben] = await Promise.all([newProgram(), newIssuer(), newPeerKeys()])
  const listed = membersOf([{ vouch: await signedVouch(program, ben), bundle: await signedBundle(program, ben) }])
  const parts = { public: publicPart(issuer.spki), members: await sealedMembers(program, listed, 12) }
  const head = await signedHead(program, { public: await partSeal(parts.public), members: await partSeal(parts.members) })
  const kept = { charter: await signedCharter(program.key, program.charter), head, ...parts, forked: false }
  const served = new Map<string, Bytes>([
    ["https://mail.example.org/bulletin/charter", kept.charter],
    ["https://mail.example.org/bulletin/head", head],
    ["https://mail.example.org/token-keys", tokenKeys(await sha256(issuer.spki))],
  ])
  const fetch = (address: string, { body }: RequestInit = {}): Promise<Response> | undefined => {
    const bytes = served.get(address)
    if (bytes !== undefined) return Promise.resolve(new Response(bytes))
    if (!address.endsWith("/issuance/draw")) return undefined
    const { epoch, blinded } = decodeDrawRequest(body as Bytes)
    return Promise.resolve(new Response(encodeDrawAnswer({ epoch, membersKey: program.membersKey, signed: blinded.map((one) => issuer.sign(one)) })))
  }
  return { fetch, kept }
}
