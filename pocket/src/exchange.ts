import { PocketProblem } from "./contract.ts"
import type { Bytes } from "./wire/index.ts"
import { parseProblem } from "./wire/index.ts"

export type Fetch = typeof fetch
type Question = Readonly<{ method: "GET" | "POST"; address: string; body?: Bytes; authorization?: string; timeoutMs: number }>

/** Asks a room by address and gives the bytes of its yes. No cookie, no referrer, nothing kept: a room learns what stands in the body and no more.
 *
 * Throws PocketProblem: a NAME of the law, or `unreachable`, also for a connection that breaks anywhere: nothing is known, ask again. */
export async function exchange(fetch: Fetch, question: Question): Promise<Bytes> {
  const { ok, bytes } = await reach(fetch, question)
  if (ok) return bytes
  throw new PocketProblem(parseProblem(new TextDecoder().decode(bytes)) ?? "unreachable")
}

async function reach(fetch: Fetch, { method, address, body, authorization, timeoutMs }: Question): Promise<Readonly<{ ok: boolean; bytes: Bytes }>> {
  try {
    const answer = await fetch(address, {
      method,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/octet-stream" }),
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      ...(body === undefined ? {} : { body }),
    })
    return { ok: answer.ok, bytes: new Uint8Array(await answer.arrayBuffer()) }
  } catch {
    throw new PocketProblem("unreachable")
  }
}
