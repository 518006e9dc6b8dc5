import { beforeEach, describe, expect, test, vi } from "vitest"
import { concat, toHex } from "../wire/index.ts"
import type { FromSleeper, Wakened } from "./sleeper.ts"
import { openedFromNotification, subscriptionLost, wakened } from "./sleeper.ts"

const ID = Uint8Array.from({ length: 16 }, (_, at) => at)
const WAKE = new Uint8Array(concat(Uint8Array.of(1, 1), ID, new Uint8Array(46))).buffer
const PING = new Uint8Array(concat(Uint8Array.of(1, 2), ID, new Uint8Array(46))).buffer

type Shown = { title: string; open: boolean } & NotificationOptions

/** A service worker's world: notifications as a browser keeps them, pages, and the rooms behind its fetch. */
class Phone {
  shown: Shown[] = []
  /** How often it lit up: a notification put in the place of one that stands there makes no sound of its own. */
  alerts = 0
  told: FromSleeper[] = []
  opened: string[] = []
  asked: { address: string; body: string }[] = []
  hasPage = false
  isCut = false

  get worker(): Wakened {
    const page = { focus: () => Promise.resolve(), postMessage: (message: FromSleeper) => this.told.push(message) }
    return {
      navigator: { language: "es-MX" },
      registration: {
        showNotification: (title, options = {}) => {
          const before = this.open.find(({ tag }) => tag === options.tag)
          if (before !== undefined) before.open = false
          else if (options.silent !== true) this.alerts += 1
          this.shown.push({ ...options, title, open: true })
          return Promise.resolve()
        },
        getNotifications: ({ tag } = {}) =>
          Promise.resolve(this.open.filter((one) => one.tag === tag).map((one) => ({ data: one.data as unknown, close: () => { one.open = false } }) as Notification)),
      },
      clients: {
        matchAll: () => Promise.resolve(this.hasPage ? [page] : []),
        openWindow: (address) => Promise.resolve(this.opened.push(address)),
      },
      fetch: (async (address: string, { body }: RequestInit) => {
        if (this.isCut) throw new TypeError("network")
        this.asked.push({ address, body: toHex((body as Uint8Array | undefined) ?? new Uint8Array()) })
        return Promise.resolve(address === "/pocket.json" ? Response.json({ notifier: "https://wake.example.org" }) : new Response(null, { status: 204 }))
      }) as typeof fetch,
    }
  }

  get open(): Shown[] {
    return this.shown.filter((one) => one.open)
  }
}

describe("a phone that is woken", () => {
  let phone: Phone

  beforeEach(() => {
    vi.stubGlobal("WAKE_WORDS", { en: "Something.", es: "Algo." })
    vi.useFakeTimers({ now: 1_795_400_400_000 })
    phone = new Phone()
    return () => {
      vi.useRealTimers()
      vi.unstubAllGlobals()
    }
  })

  test("shows one sentence that says nothing, in its own language, and says that it was reached", async () => {
    phone.hasPage = true
    await wakened(phone.worker, WAKE)
    expect(phone.open.map(({ title, body, tag, silent }) => ({ title, body, tag, silent }))).toEqual([{ title: "Leanto", body: "Algo.", tag: "leanto", silent: undefined }])
    expect(phone.told).toEqual([{ woken: toHex(ID) }])
    expect(phone.asked).toEqual([{ address: "/pocket.json", body: "" }, { address: "https://wake.example.org/endpoints/alive", body: `01${toHex(ID)}` }])
  })

  test("woken twice at once it rings once; woken again later it rings again, though the first was never looked at", async () => {
    await wakened(phone.worker, WAKE)
    vi.advanceTimersByTime(5_000)
    await wakened(phone.worker, WAKE)
    expect([phone.open.length, phone.alerts]).toEqual([1, 1])
    vi.advanceTimersByTime(60_000)
    await wakened(phone.worker, WAKE)
    expect([phone.open.length, phone.alerts]).toEqual([1, 2])
  })

  test("disturbs nobody for the weekly ping, and leaves nothing of it", async () => {
    await wakened(phone.worker, PING)
    expect([phone.open.length, phone.alerts, phone.shown.length]).toEqual([0, 0, 1])
    expect(phone.asked.at(-1)?.address).toBe("https://wake.example.org/endpoints/alive")
  })

  test.each([["cut off", WAKE, true], ["what nobody can read", new ArrayBuffer(3), false], ["nothing", undefined, false]])("rings all the same: %s", async (_, data, isCut) => {
    phone.isCut = isCut
    await wakened(phone.worker, data)
    expect(phone.alerts).toBe(1)
  })

  test("pressed it opens where it rings, in the window that is there if there is one", async () => {
    await openedFromNotification(phone.worker)
    expect([phone.opened, phone.told]).toEqual([["/#duty"], []])
    phone.hasPage = true
    await openedFromNotification(phone.worker)
    expect([phone.opened, phone.told]).toEqual([["/#duty"], [{ open: "duty" }]])
  })

  test("whose way was lost has it mended by an open page, or asks for one in the same words", async () => {
    phone.hasPage = true
    await subscriptionLost(phone.worker)
    expect([phone.told, phone.alerts]).toEqual([[{ lost: "subscription" }], 0])
    phone.hasPage = false
    await subscriptionLost(phone.worker)
    expect(phone.open.map(({ body }) => body)).toEqual(["Algo."])
  })
})
