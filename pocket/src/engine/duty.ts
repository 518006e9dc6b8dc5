import type { Duty } from "../contract.ts"
import type { Parts } from "./parts.ts"

/** What screens may ask of the peer's side. `working` opens the parts, or says why it cannot. */
export function dutyBy(working: () => Promise<Parts>): Duty {
  return {
    enterInvitation: async (text) => {
      const parts = await working()
      try {
        await parts.oncall.enterInvitation(text)
      } finally {
        await parts.bulletinSeen()
      }
    },
    handIn: async (me) => (await working()).oncall.handIn(me),
    claim: async (request, opening = "") => (await working()).oncall.claim(request, opening),
    pass: async (request) => (await working()).oncall.pass(request),
  }
}
