import { SealError, verify } from "../seal/index.ts"
import type { Bytes, Signed } from "../wire/index.ts"
import { LayoutError } from "../wire/index.ts"

/** What a pocket decides about signed bytes. Whatever is not accepted, the last good one stays.
 * `forked`: a true signature over a second history; the pocket stops using new ones and says so. */
export type Verdict<T> =
  | Readonly<{ verdict: "accepted" | "same"; value: T }>
  | Readonly<{ verdict: "older" | "forged" | "forked" }>

/** The value, or undefined for bytes that are not as the law says. Other errors pass. */
export function layoutHolds<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch (error) {
    if (error instanceof LayoutError) return undefined
    throw error
  }
}

export async function signatureHolds(key: Bytes, { message, signature }: Signed): Promise<boolean> {
  try {
    await verify(key, message, signature)
    return true
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}
