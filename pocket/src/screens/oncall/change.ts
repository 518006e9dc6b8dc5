import type { DutySettings } from "../../contract.ts"
import { PocketProblem } from "../../contract.ts"
import type { View } from "../../ui/view.ts"

/** Keeps what was ticked or chosen. The screen is not drawn before that is done: a box that jumps back for a moment looks refused. */
export function change(view: View, settings: Partial<DutySettings>): void {
  view.pocket?.duty.change(settings).catch((reason: unknown) => {
    view.refuse(reason instanceof PocketProblem ? reason.problem : "unknown")
  })
}
