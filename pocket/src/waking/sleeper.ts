import { toHex } from "../wire/bytes.ts"
import type { Push } from "../wire/notifier.ts"
import { decodePush } from "../wire/notifier.ts"
import { Notifier } from "./notifier.ts"

/** The one neutral sentence, by language; put in at build time from the catalogues. */
declare const WAKE_WORDS: Readonly<Record<string, string>>

/** As much of a service worker as is needed here. */
export type Wakened = Readonly<{
  navigator: Pick<Navigator, "language">
  registration: Pick<ServiceWorkerRegistration, "showNotification" | "getNotifications">
  clients: Readonly<{ matchAll: (asked: { type: "window"; includeUncontrolled: true }) => Promise<readonly Page[]>; openWindow: (address: string) => Promise<unknown> }>
  fetch: typeof fetch
}>
type Page = Readonly<{ focus?: () => Promise<unknown>; postMessage: (message: FromSleeper) => void }>

/** What the pages of this pocket are told. `woken`: the number of the endpoint, as hex. */
export type FromSleeper = Readonly<{ woken: string }> | Readonly<{ open: "duty" }> | Readonly<{ lost: "subscription" }>

const NAME = "Leanto"
const TAG = "leanto"
/** Within this time a second wake is the same one, said again. */
const SAME_WAKE_MS = 30_000

/** Woken by the push service: shows that something waits, and says that this phone was reached. What cannot be read wakes all the same. */
export async function wakened(worker: Wakened, data: ArrayBuffer | undefined): Promise<void> {
  const push = read(data)
  await Promise.allSettled([push?.what === "ping" ? showNothing(worker) : show(worker), said(worker, push)])
}

/** Opens the pocket where it rings, in the window that is there already if there is one. */
export async function openedFromNotification(worker: Wakened): Promise<void> {
  const [page] = await pages(worker)
  if (page?.focus === undefined) {
    await worker.clients.openWindow("/#duty")
    return
  }
  await page.focus()
  page.postMessage({ open: "duty" })
}

/** The browser gave its subscription up. A new one needs a page, for the mailroom must learn its number from whoever holds the keys: one that is
 * open does it now, and else somebody is asked to open one, in the same words as ever. */
export async function subscriptionLost(worker: Wakened): Promise<void> {
  const open = await pages(worker)
  for (const page of open) page.postMessage({ lost: "subscription" })
  if (open.length === 0) await show(worker)
}

function read(data: ArrayBuffer | undefined): Push | undefined {
  try {
    return decodePush(new Uint8Array(data ?? new ArrayBuffer(0)))
  } catch {
    return undefined
  }
}

/** One notification, however often: whoever has one that is a minute old is told anew, and not in silence. */
async function show(worker: Wakened): Promise<void> {
  const shown = await worker.registration.getNotifications({ tag: TAG })
  const before = shown.find(({ data }) => Date.now() - Number(data) < SAME_WAKE_MS)
  if (before === undefined) for (const old of shown) old.close()
  await worker.registration.showNotification(NAME, { tag: TAG, body: words(worker), icon: "/icon-192.png", data: before === undefined ? Date.now() : Number(before.data) })
}

/** A browser wants to see something for each push, or it takes the way to this phone away: shown without a sound, and gone at once. */
async function showNothing({ registration }: Wakened): Promise<void> {
  const tag = `${TAG}-ping`
  await registration.showNotification(NAME, { tag, silent: true })
  for (const one of await registration.getNotifications({ tag })) one.close()
}

/** To the notifier, and to whoever looks at a page: the way to this phone works. */
async function said(worker: Wakened, push: Push | undefined): Promise<void> {
  if (push === undefined) return
  if (push.what === "wake") for (const page of await pages(worker)) page.postMessage({ woken: toHex(push.endpointId) })
  const { notifier } = (await (await worker.fetch("/pocket.json", { credentials: "omit", cache: "no-store" })).json()) as { notifier?: unknown }
  if (typeof notifier === "string" && notifier !== "") await new Notifier(notifier, worker.fetch.bind(worker)).alive(push.endpointId)
}

function words({ navigator }: Wakened): string {
  return WAKE_WORDS[navigator.language.slice(0, 2)] ?? WAKE_WORDS["en"] ?? NAME
}

function pages({ clients }: Wakened): Promise<readonly Page[]> {
  return clients.matchAll({ type: "window", includeUncontrolled: true })
}
