import { PocketProblem } from "../contract.ts"
import type { Bytes, EnrolmentState } from "../wire/index.ts"
import { decodeEnrolmentState, encodeStateQuestion, LayoutError, parseProblem } from "../wire/index.ts"

const TIMEOUT_MS = 30_000

/** The desk's doors for a peer's pocket. Each throws PocketProblem: a NAME of the law, or `unreachable`. */
export type EnrolmentDesk = Readonly<{
  handIn: (body: Bytes) => Promise<void>
  state: (invitation: Bytes) => Promise<EnrolmentState>
  bundles: (body: Bytes) => Promise<void>
}>

export function enrolmentDesk(origin: string, fetch: typeof globalThis.fetch): EnrolmentDesk {
  const post = (path: string, body: Bytes): Promise<Bytes> => answerOf(fetch, `${origin}/enrolment/${path}`, body)
  return {
    handIn: async (body) => {
      await post("hand-in", body)
    },
    state: async (invitation) => readState(await post("state", encodeStateQuestion(invitation))),
    bundles: async (body) => {
      await post("bundles", body)
    },
  }
}

function readState(bytes: Bytes): EnrolmentState {
  try {
    return decodeEnrolmentState(bytes)
  } catch (error) {
    if (error instanceof LayoutError) throw new PocketProblem("not-proven")
    throw error
  }
}

async function answerOf(fetch: typeof globalThis.fetch, address: string, body: Bytes): Promise<Bytes> {
  const { ok, bytes } = await reach(fetch, address, body)
  if (ok) return bytes
  throw new PocketProblem(parseProblem(new TextDecoder().decode(bytes)) ?? "unreachable")
}

/** Without cookies, referrer or cache: the desk sees keys, and nothing of who signed in beside them. */
async function reach(fetch: typeof globalThis.fetch, address: string, body: Bytes): Promise<Readonly<{ ok: boolean; bytes: Bytes }>> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/octet-stream" },
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { ok: answer.ok, bytes: new Uint8Array(await answer.arrayBuffer()) }
  } catch {
    throw new PocketProblem("unreachable")
  }
}
