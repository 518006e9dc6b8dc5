import { beforeEach, describe, expect, test } from "vitest"
import { PocketProblem } from "../contract.ts"
import { FakeClock } from "../fakeclock.fortests.ts"
import { random } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { concat, toBase64, toHex } from "../wire/index.ts"
import type { Mailbox } from "./index.ts"
import { Line, Mailroom } from "./index.ts"

const ORIGIN = "https://mail.example.org"
const problem = (name: string, status: number): Response => Response.json({ type: `urn:leanto:problem:${name}`, status }, { status })

describe("the mailroom's routes", () => {
  const asked: { address: string; request: RequestInit }[] = []
  let answer: () => Response
  const mailroom = new Mailroom(ORIGIN, ((address: string, request: RequestInit) => {
    asked.push({ address, request })
    return Promise.resolve().then(() => answer())
  }) as typeof fetch)

  beforeEach(() => {
    asked.length = 0
    answer = () => new Response(null, { status: 204 })
  })

  test("are asked without cookies or referrer, and no secret stands in an address", async () => {
    const [id, key, token] = [random(16), random(32), random(354)]
    const envelope = random(4_096)
    await mailroom.deposit(id, envelope)
    await mailroom.forget(key, [id])
    await mailroom.close(key)
    await mailroom.act(id, key, "close")
    await mailroom.pass(id, key)
    await mailroom.answer(id, key, envelope)
    await mailroom.ask(random(100), token)
    for (const { address, request } of asked) {
      expect(request).toMatchObject({ method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" })
      expect(address).toMatch(/^https:\/\/mail\.example\.org\/[a-z/]+$/)
    }
    expect(new Headers(asked.at(-1)?.request.headers).get("Authorization")).toBe(`PrivateToken token="${toBase64(token)}"`)
  })

  test("say why they refuse; what cannot be read counts as no answer", async () => {
    answer = () => problem("mailbox-full", 507)
    await expect(mailroom.deposit(random(16), random(4_096))).rejects.toEqual(new PocketProblem("mailbox-full"))
    answer = () => new Response("<h1>Bad gateway</h1>", { status: 502 })
    await expect(mailroom.close(random(32))).rejects.toEqual(new PocketProblem("unreachable"))
    answer = () => {
      throw new TypeError("no network")
    }
    await expect(mailroom.close(random(32))).rejects.toEqual(new PocketProblem("unreachable"))
    answer = () => new Response(Uint8Array.of(1, 0))
    await expect(mailroom.fetch(random(32))).rejects.toEqual(new PocketProblem("not-proven"))
  })
})

/** A browser's WebSocket, seen from the other end. */
class Wire {
  static opened: Wire[] = []
  readyState = 0
  binaryType = ""
  sent: Bytes[] = []
  onopen = () => undefined
  onclose = () => undefined
  onmessage: (event: { data: unknown }) => void = () => undefined

  constructor(readonly address: string) {
    Wire.opened.push(this)
  }

  send(frame: Bytes): void {
    this.sent.push(frame)
  }

  close(): void {
    this.readyState = 3
  }

  opens(): void {
    this.readyState = 1
    this.onopen()
  }

  says(...bytes: (Bytes | number)[]): void {
    this.onmessage({ data: concat(...bytes.map((part) => (typeof part === "number" ? Uint8Array.of(part) : part))).buffer })
  }
}

const LISTENING = [1, 0x50, 0x00, 0]

describe("the listening line", () => {
  const told: string[] = []
  let clock: FakeClock
  let line: Line
  const mailbox = (): Mailbox => ({ address: random(16), readKey: random(32) })
  const newest = (): Wire => {
    const wire = Wire.opened.at(-1)
    if (wire === undefined) throw new Error("nobody called")
    return wire
  }

  beforeEach(() => {
    Wire.opened = []
    told.length = 0
    clock = new FakeClock(0)
    const listener = { frame: ({ kind }: { kind: string }) => told.push(kind), up: () => told.push("up"), down: () => told.push("down") }
    line = new Line({ origin: ORIGIN, socket: Wire as unknown as typeof WebSocket, clock, random: (length) => new Uint8Array(length).fill(255), listener })
  })

  test("carries read keys in its first frame and never in its address", () => {
    const ana = mailbox()
    line.listenTo([ana])
    newest().opens()
    expect(newest().address).toBe("wss://mail.example.org/listen")
    expect(toHex(newest().sent[0] ?? new Uint8Array())).toBe(`010101${toHex(ana.readKey)}`)
    newest().says(...LISTENING)
    expect(told).toEqual(["up", "listening"])
  })

  test("goes on listening to what is new and leaves what is not wanted, on the same line", () => {
    const [first, second] = [mailbox(), mailbox()]
    line.listenTo([first])
    newest().opens()
    newest().says(...LISTENING)
    line.listenTo([second])
    expect(newest().sent.slice(1).map(toHex)).toEqual([`03${toHex(first.address)}`, `010101${toHex(second.readKey)}`])
    expect(Wire.opened.length).toBe(1)
    line.listenTo([])
    expect(newest().readyState).toBe(3)
  })

  test("lets more mailboxes than a line takes have their turn, and never holds more at once", async () => {
    const all = Array.from({ length: 75 }, mailbox)
    line.listenTo(all)
    newest().opens()
    newest().says(...LISTENING)
    const heard = new Set<string>()
    const held = new Set<string>()
    let read = 0
    const follow = (): void => {
      for (const frame of newest().sent.slice(read)) {
        const keys = frame[0] === 1 ? all.filter(({ readKey }) => toHex(frame).includes(toHex(readKey))) : []
        for (const { address } of keys) {
          held.add(toHex(address))
          heard.add(toHex(address))
        }
        if (frame[0] === 3) held.delete(toHex(frame.slice(1)))
        expect(held.size).toBeLessThanOrEqual(32)
      }
      read = newest().sent.length
    }
    follow()
    expect(held.size).toBe(32)
    for (let turn = 0; turn < 4; turn++) {
      await clock.move(30_000)
      newest().says(...LISTENING)
      follow()
    }
    expect(heard.size).toBe(75)
    expect(all.slice(0, 16).every(({ address }) => held.has(toHex(address)))).toBe(true)
  })

  test("comes back by itself, ever more patiently, and at once when the network does", async () => {
    line.listenTo([mailbox()])
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const before = Wire.opened.length
      newest().onclose()
      await clock.move(wait - 1)
      expect(Wire.opened.length).toBe(before)
      await clock.move(1)
      expect(Wire.opened.length).toBe(before + 1)
    }
    newest().onclose()
    const before = Wire.opened.length
    line.resume()
    expect(Wire.opened.length).toBe(before + 1)
  })

  test("finds out that it only seems alive", async () => {
    line.listenTo([mailbox()])
    newest().opens()
    newest().says(...LISTENING)
    await clock.move(45_000)
    expect(newest().sent.length).toBe(2)
    await clock.move(10_000)
    expect([line.up, told.at(-1)]).toEqual([false, "down"])
  })

  test("hangs up on what is no frame, and does not speak after its end", async () => {
    line.listenTo([mailbox()])
    newest().opens()
    newest().says(9, 9)
    expect(told).toEqual(["down"])
    line.close()
    await clock.move(120_000)
    expect(Wire.opened.length).toBe(1)
    expect(line.forget(random(16), [random(16)])).toBe(false)
  })
})
