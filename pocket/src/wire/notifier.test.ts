import { describe, expect, test } from "vitest"
import { bytesOf, casesOf, plain, problemOf } from "../cases.fortests.ts"
import type { Case } from "../cases.fortests.ts"
import * as wire from "./index.ts"
import type { Bytes } from "./index.ts"

type Group = Readonly<{ cases: readonly Case[]; read: (bytes: Bytes) => object }>
const ways: Group = {
  cases: casesOf("notifier", "ways"),
  read: (bytes) => {
    const { serverKey, kinds, ntfyOrigins } = wire.decodeChannels(bytes)
    return { applicationServerKey: serverKey, kinds: kinds.map((kind) => wire.ENDPOINT_KINDS.indexOf(kind) + 1), ntfyOrigins }
  },
}
const state: Group = {
  cases: casesOf("notifier", "state"),
  read: (bytes) => {
    const { state, ...days } = wire.decodeEndpointState(bytes)
    return { standing: wire.ENDPOINT_STATES.indexOf(state) + 1, ...days }
  },
}
const push: Group = {
  cases: casesOf("notifier", "push"),
  read: (bytes) => {
    const { what, endpointId } = wire.decodePush(bytes)
    return { what: what === "wake" ? 1 : 2, endpointId }
  },
}

describe.each(Object.entries({ ways, state, push }))("the notifier's law: %s", (_, { cases, read }) => {
  test.each(cases)("$name", (one) => {
    expect(outcome(() => read(bytesOf(one, "bytes")))).toEqual(one["problem"] ?? one["fields"])
  })
})

describe("what a pocket sends about being woken is what the law says", () => {
  test.each(casesOf("notifier", "endpoint").filter(({ ok }) => ok))("an endpoint: $name", (one) => {
    const fields = fieldsOf(one)
    const url = fields["address"] as string
    const to: wire.EndpointAddress =
      fields["kind"] === 1 ? { kind: "push", url, p256dh: wire.fromHex(fields["public_key"] as string), auth: wire.fromHex(fields["auth"] as string) } : { kind: "email", address: url }
    expect(wire.encodeRegistration(wire.fromHex(fields["id"] as string), to)).toEqual(bytesOf(one, "bytes"))
  })

  test("a number by itself", () => {
    const [one] = casesOf("notifier", "named")
    if (one === undefined) throw new Error("no case")
    expect(wire.encodeEndpointId(wire.fromHex(fieldsOf(one)["id"] as string))).toEqual(bytesOf(one, "bytes"))
  })

  test.each(casesOf("notifier", "duty_wakes").filter(({ ok }) => ok))("by what a peer is woken: $name", (one) => {
    const fields = fieldsOf(one)
    const drills = wire.DRILLS[fields["drills"] as number] ?? "none"
    expect(wire.encodeWakes(wire.fromHex(fields["read_key"] as string), drills, (fields["endpoint_ids"] as string[]).map(wire.fromHex))).toEqual(bytesOf(one, "bytes"))
  })

  test("a test", () => {
    const [one] = casesOf("notifier", "duty_test")
    if (one === undefined) throw new Error("no case")
    expect(wire.encodeTestWake(wire.fromHex(fieldsOf(one)["read_key"] as string), fieldsOf(one)["place"] as number)).toEqual(bytesOf(one, "bytes"))
  })
})

function fieldsOf(one: Case): Readonly<Record<string, unknown>> {
  return one["fields"] as Readonly<Record<string, unknown>>
}

function outcome(read: () => object): unknown {
  try {
    return plain(read())
  } catch (error) {
    return problemOf(error)
  }
}
