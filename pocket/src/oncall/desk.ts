import { PocketProblem } from "../contract.ts"
import type { Fetch } from "../exchange.ts"
import { exchange } from "../exchange.ts"
import type { Bytes, EnrolmentState } from "../wire/index.ts"
import { decodeEnrolmentState, encodeStateQuestion, LayoutError } from "../wire/index.ts"

const TIMEOUT_MS = 30_000

/** The desk's doors for a peer's pocket. Each throws PocketProblem: a NAME of the law, or `unreachable`. */
export type EnrolmentDesk = Readonly<{
  handIn: (body: Bytes) => Promise<void>
  state: (invitation: Bytes) => Promise<EnrolmentState>
  bundles: (body: Bytes) => Promise<void>
  standing: (body: Bytes) => Promise<void>
}>

export function enrolmentDesk(origin: string, fetch: Fetch): EnrolmentDesk {
  const post = (path: string, body: Bytes): Promise<Bytes> =>
    exchange(fetch, { method: "POST", address: `${origin}/enrolment/${path}`, body, timeoutMs: TIMEOUT_MS })
  return {
    handIn: async (body) => {
      await post("hand-in", body)
    },
    state: async (invitation) => readState(await post("state", encodeStateQuestion(invitation))),
    bundles: async (body) => {
      await post("bundles", body)
    },
    standing: async (body) => {
      await post("standing", body)
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
