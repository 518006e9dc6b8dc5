import type { Bytes } from "./bytes.ts"
import { Reader, Writer } from "./codec.ts"
import { LayoutError } from "./errors.ts"
import { ENDPOINT_ID_LENGTH } from "./duty.ts"

/** Kinds of endpoints as spec/notifier.md counts them, from 1. */
export const ENDPOINT_KINDS = ["push", "email", "ntfy", "sms", "call"] as const
export type EndpointKind = (typeof ENDPOINT_KINDS)[number]
export const ENDPOINT_STATES = ["working", "gone"] as const

/** A browser's subscription, or an address that somebody typed. */
export type EndpointAddress = Readonly<{ kind: "push"; url: string; p256dh: Bytes; auth: Bytes }> | Readonly<{ kind: Exclude<EndpointKind, "push">; address: string }>

/** What the operator allows. `serverKey` as `pushManager.subscribe` takes it. */
export type Offered = Readonly<{ serverKey: Bytes; kinds: readonly EndpointKind[]; ntfyOrigins: readonly string[] }>

/** Days are whole days since 1970, 0 for never. */
export type EndpointState = Readonly<{ state: (typeof ENDPOINT_STATES)[number]; deliveredDay: number; aliveDay: number }>

/** What a push carries: somebody is to be woken, or the way is only looked at. */
export type Push = Readonly<{ what: "wake" | "ping"; endpointId: Bytes }>

const REGISTRATION_LENGTH = 2_048
const KEY_LENGTH = 65
const AUTH_LENGTH = 16
const STATE_LENGTH = 6
const PUSH_LENGTH = 64

/** Answer to `GET /channels`. */
export function decodeChannels(bytes: Uint8Array): Offered {
  const reader = new Reader(bytes, "channels")
  reader.version()
  const serverKey = reader.bytes(KEY_LENGTH)
  const kinds = reader.times(reader.u8(), () => named(ENDPOINT_KINDS, reader.u8()))
  const ntfyOrigins = reader.times(reader.u8(), () => reader.text8())
  reader.end()
  return { serverKey, kinds, ntfyOrigins }
}

/** Body of `POST /endpoints`: of one size, whatever the kind. */
export function encodeRegistration(endpointId: Uint8Array, to: EndpointAddress): Bytes {
  const writer = new Writer("registration").version().bytes(endpointId, ENDPOINT_ID_LENGTH)
  writer.u8(ENDPOINT_KINDS.indexOf(to.kind) + 1).text16(to.kind === "push" ? to.url : to.address)
  if (to.kind === "push") writer.bytes(to.p256dh, KEY_LENGTH).bytes(to.auth, AUTH_LENGTH)
  return writer.zeros(REGISTRATION_LENGTH - writer.done().length).done()
}

/** Body of `POST /endpoints/forget`, `/state` and `/alive`. */
export function encodeEndpointId(endpointId: Uint8Array): Bytes {
  return new Writer("endpoint").version().bytes(endpointId, ENDPOINT_ID_LENGTH).done()
}

/** Answer to `POST /endpoints/state`. */
export function decodeEndpointState(bytes: Uint8Array): EndpointState {
  const reader = new Reader(bytes, "endpoint state", STATE_LENGTH)
  reader.version()
  const state = { state: named(ENDPOINT_STATES, reader.u8()), deliveredDay: reader.u16(), aliveDay: reader.u16() }
  reader.end()
  return state
}

/** What a push service brought, unsealed by the browser. */
export function decodePush(bytes: Uint8Array): Push {
  const reader = new Reader(bytes, "push", PUSH_LENGTH)
  reader.version()
  const push = { what: named(["wake", "ping"] as const, reader.u8()), endpointId: reader.bytes(ENDPOINT_ID_LENGTH) }
  reader.zeros(reader.left)
  return push
}

function named<T>(names: readonly T[], number: number): T {
  const name = names[number - 1]
  if (name === undefined) throw new LayoutError("value", "notifier")
  return name
}
