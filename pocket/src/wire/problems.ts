/** NAME of spec/problems.md. */
export const PROBLEMS = [
  "too-slow",
  "wrong-size",
  "wrong-layout",
  "not-found",
  "wrong-method",
  "card-unknown",
  "card-used-up",
  "epoch-over",
  "token-missing",
  "token-invalid",
  "token-spent",
  "mailbox-unknown",
  "mailbox-full",
  "slot-unknown",
  "slot-changed",
  "nobody-left",
  "request-exists",
  "request-unknown",
  "request-taken",
  "bulletin-forged",
  "bulletin-older",
  "bulletin-forked",
  "no-bulletin",
  "invitation-unknown",
  "invitation-used",
  "keys-refused",
  "standing-older",
  "not-ready",
  "channel-refused",
  "endpoint-exists",
  "endpoint-unknown",
  "secret-wrong",
  "too-busy",
  "store-full",
  "broken",
] as const
export type ProblemName = (typeof PROBLEMS)[number]

const URN = "urn:leanto:problem:"

/** Which refusal a body of application/problem+json is; undefined for anything the law does not name. */
export function parseProblem(body: string): ProblemName | undefined {
  let problem: unknown
  try {
    problem = JSON.parse(body)
  } catch {
    return undefined
  }
  const type = typeof problem === "object" && problem !== null && "type" in problem ? problem.type : undefined
  return PROBLEMS.find((name) => type === URN + name)
}
