/** What a reader found wrong; `size` is for layouts that have one length, `length` for all others. */
export type Fault = "size" | "version" | "length" | "left-over" | "padding" | "flag" | "count" | "text" | "value"

/** Bytes that are not as the law says. Nothing of them was used. `where` names the layout. */
export class LayoutError extends Error {
  readonly fault: Fault
  readonly where: string

  constructor(fault: Fault, where: string) {
    super(`${where}: ${fault}`)
    this.name = "LayoutError"
    this.fault = fault
    this.where = where
  }
}

/** A card or an invitation that was typed or read wrongly; said before anything is sent. */
export class MistypedError extends LayoutError {
  constructor(where: string) {
    super("value", where)
    this.name = "MistypedError"
  }
}
