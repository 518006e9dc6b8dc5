/**
 * Keeps the pocket's own files for a day without a network. It answers for exactly the files of this build and for
 * nothing else: no other origin, no letters, no bulletin. A new build is used once every window of the old one is shut.
 */
declare const FILES: readonly string[]
declare const BUILD: string

// The DOM's types have no words for what a service worker stands on.
type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Asked = Event & { request: Request; respondWith(answer: Promise<Response>): void }
const worker = self as unknown as {
  addEventListener(kind: "install" | "activate", hear: (event: Waiting) => void): void
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
