import type { Wakened } from "./waking/sleeper.ts"
import { openedFromNotification, subscriptionLost, wakened } from "./waking/sleeper.ts"

/**
 * Keeps the pocket's own files for a day without a network, and wakes this phone. It answers for exactly the files of this build and for
 * nothing else: no other origin, no letters, no bulletin, and never the vault. A new build is used once every window of the old one is shut.
 */
declare const FILES: readonly string[]
declare const BUILD: string

// The DOM's types have no words for what a service worker stands on.
type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Pushed = Waiting & { data: { arrayBuffer(): ArrayBuffer } | null }
type Clicked = Waiting & { notification: Notification }
type Asked = Event & { request: Request; respondWith(answer: Promise<Response>): void }
const worker = self as unknown as Wakened & {
  addEventListener(kind: "install" | "activate" | "pushsubscriptionchange", hear: (event: Waiting) => void): void
  addEventListener(kind: "push", hear: (event: Pushed) => void): void
  addEventListener(kind: "notificationclick", hear: (event: Clicked) => void): void
  addEventListener(kind: "fetch", hear: (event: Asked) => void): void
}
const STORE = `leanto-${BUILD}`
const KEPT = new Set(FILES)

worker.addEventListener("install", (event) => {
  event.waitUntil(keepFiles())
})
worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOlderBuilds())
})
worker.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url)
  if (event.request.method !== "GET" || origin !== location.origin || !KEPT.has(pathname)) return
  event.respondWith(keptOrFetched(event.request, pathname))
})

worker.addEventListener("push", (event) => {
  event.waitUntil(wakened(worker, event.data?.arrayBuffer()))
})
worker.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(openedFromNotification(worker))
})
worker.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(subscriptionLost(worker))
})

async function keepFiles(): Promise<void> {
  const store = await caches.open(STORE)
  await store.addAll(FILES.map((path) => new Request(path, { cache: "no-cache", credentials: "omit" })))
}

async function dropOlderBuilds(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith("leanto-") && name !== STORE).map((name) => caches.delete(name)))
}

async function keptOrFetched(request: Request, pathname: string): Promise<Response> {
  const store = await caches.open(STORE)
  return (await store.match(pathname)) ?? fetch(request)
}
