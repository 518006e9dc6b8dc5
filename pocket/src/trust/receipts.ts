import type { Bytes, Charter } from "../wire/index.ts"
import { receiptMessage } from "../wire/index.ts"
import { signatureHolds } from "./verdict.ts"

/** Whether the mailroom's receipt is true: *received* is shown for this and for nothing else. */
export async function receiptHolds(
  charter: Charter,
  { path, bodyDigest, status, receipt }: Readonly<{ path: string; bodyDigest: Bytes; status: number; receipt: Bytes }>,
): Promise<boolean> {
  return signatureHolds(charter.receiptKey, { message: receiptMessage(path, bodyDigest, status), signature: receipt })
}
