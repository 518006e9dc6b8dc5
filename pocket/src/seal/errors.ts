/** Why a seal was refused:
 * `unknown-key` sealed to a key that this pocket does not hold (any more); `opening` damaged or sealed for somebody else;
 * `sender` the sender's proof is wrong; `agreement` the two static keys give an all-zero secret; `bad-key` no such public key;
 * `signature`; `members-key` not the key that the head names; `blind-signature` a pass that does not verify; `chance` the browser has none. */
export type SealFault = "unknown-key" | "opening" | "sender" | "agreement" | "bad-key" | "signature" | "members-key" | "blind-signature" | "chance"

/** A failed seal always throws this; nothing of the opened bytes is handed out. */
export class SealError extends Error {
  readonly fault: SealFault

  constructor(fault: SealFault) {
    super(fault)
    this.name = "SealError"
    this.fault = fault
  }
}
