import { describe, expect, test } from "vitest"
import { FakeClock } from "../fakeclock.fortests.ts"
import { random } from "../seal/index.ts"
import type { Bytes } from "../wire/index.ts"
import { toHex } from "../wire/index.ts"
import { Owed } from "./owed.ts"

const NOON = Date.UTC(2026, 10, 23, 12)

describe("what is owed after everything was forgotten", () => {
  test("empties at the mailroom what woke a peer, and says it again only while that peer is known there", async () => {
    const dutyKey = random(32)
    const answers = [503, 404]
    const said: string[] = []
    const room = ((address: string, init: RequestInit) => {
      said.push(`${address} ${toHex(init.body as Bytes)}`)
      const status = answers.shift() ?? 204
      const problem = status === 404 ? "request-unknown" : "too-busy"
      return Promise.resolve(Response.json({ type: `urn:leanto:problem:${problem}`, title: "", status, detail: "" }, { status }))
    }) as typeof globalThis.fetch
    const clock = new FakeClock(NOON)
    await new Owed({ storage: "of-this-test", fetch: room, clock, random }).add([{ dutyKey, mailroom: "https://mail.example.org" }], false)
    for (let tries = 0; tries < 100; tries++) {
      await clock.move(1_000)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const empty = `https://mail.example.org/duty/wakes 01${toHex(dutyKey)}00${"00".repeat(48)}`
    expect(said).toEqual([empty, empty])
  })

  test("ends what it asked for also when the pass for that is past its days: it may have paid before", async () => {
    const clock = new FakeClock(NOON)
    const [replyKey, token] = [random(32), random(354)]
    const said: string[] = []
    const room = ((address: string) => {
      said.push(address)
      if (address.endsWith("/mailboxes/close")) return Promise.resolve(new Response(null, { status: 204 }))
      return Promise.resolve(Response.json({ type: "urn:leanto:problem:token-invalid", title: "", status: 401, detail: "" }, { status: 401 }))
    }) as typeof globalThis.fetch
    await new Owed({ storage: "of-this-test", fetch: room, clock, random }).add([{ replyKey, token, mailroom: "https://mail.example.org" }], false)
    for (let tries = 0; tries < 400 && said.length < 2; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(said).toEqual(["https://mail.example.org/requests/withdraw", "https://mail.example.org/mailboxes/close"])
  })
})
