import { MINUTE_MS } from "../clock.ts"
import type { Asking as AskingView } from "../contract.ts"
import type { Net } from "../rules/index.ts"
import { CHOSEN_ALONE_SECONDS, netAt } from "../rules/index.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import { isSeen } from "./request.ts"

const SECOND_MS = 1_000

/** The request as screens show it: only what is true. What is said of others' phones is made from the rota and the law's times, never from
 * anybody's requests. */
export function viewOf(request: OpenRequest, secrets: RequestSecrets | undefined, patienceMinutes: number, at: number): AskingView {
  const seen = isSeen(request)
  const receivedAt = receivedOf(request)
  const waitedMs = receivedAt === undefined ? 0 : at - receivedAt
  const net = netOf(request, at)
  const late = !seen && waitedMs > patienceMinutes * MINUTE_MS
  const nobodyLeft = !seen && request.heard === "nobody-left"
  return {
    sent: seen ? "seen" : receivedAt === undefined ? "not-sent" : "received",
    urgency: request.urgency,
    urgent: request.urgent === true,
    ...(request.chosen === undefined ? {} : { chosen: request.chosen }),
    alone: isAlone(request, at),
    backstops: net.backstops,
    handOver: !seen && (net.handOver || late || nobodyLeft || request.refused !== undefined),
    taken: !seen && (request.heard === "taken" || request.heard === "answered"),
    late,
    nobodyLeft,
    drawnAtOnce: request.drawnAtOnce,
    behindWords: !seen && secrets === undefined && request.heard === "answered",
    draft: secrets?.draft ?? "",
    ...(request.refused === undefined || receivedAt !== undefined ? {} : { refused: request.refused }),
    ...(request.stays === undefined ? {} : { stays: request.stays }),
    ...(request.talk === undefined ? {} : { talk: request.talk }),
  }
}

/** Screens change by themselves when the chosen peer no longer rings alone, and at each step of the net; lateness is looked at each minute. */
export function nextChange(request: OpenRequest, at: number): number {
  const { receivedAt } = request
  const { nextSeconds } = netOf(request, at)
  const next = receivedAt === undefined || nextSeconds === undefined ? Infinity : receivedAt + nextSeconds * SECOND_MS
  return Math.min(next, at + MINUTE_MS)
}

/** What screens say of the net at this moment, as one word: another word, another text. */
export function netInOneWord(request: OpenRequest, at: number): string {
  const { backstops, handOver } = netOf(request, at)
  return `${String(isAlone(request, at))} ${String(backstops)} ${String(handOver)}`
}

function netOf(request: OpenRequest, at: number): Net {
  const { heard, urgent = false } = request
  const receivedAt = receivedOf(request)
  const rings = receivedAt !== undefined && !isSeen(request) && heard !== "taken" && heard !== "answered"
  if (!rings) return { ...netAt({ waitedSeconds: 0, urgent, backstops: 0 }), nextSeconds: undefined }
  const waitedSeconds = Math.max(0, at - receivedAt) / SECOND_MS
  return netAt({ waitedSeconds, urgent, backstops: request.backstops ?? 0 })
}

function receivedOf({ gone, receivedAt }: OpenRequest): number | undefined {
  return gone === true ? undefined : receivedAt
}

function isAlone(request: OpenRequest, at: number): boolean {
  const { chosen, answeredAt, heard, acts } = request
  const receivedAt = receivedOf(request)
  if (chosen === undefined || receivedAt === undefined || answeredAt !== undefined || request.others === true) return false
  return heard !== "nobody-left" && !acts.includes("ringOthers") && at < receivedAt + CHOSEN_ALONE_SECONDS * SECOND_MS
}
