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
    showing: (requests) => void working().then(({ oncall }) => { oncall.showing(requests) }, () => undefined),
    drilled: async () => { (await working()).oncall.drilled() },
    change: async (settings) => (await working()).oncall.change(settings),
    setBuddy: async (buddy) => (await working()).oncall.setBuddy(buddy),
    reach: {
      look: async () => (await working()).oncall.reach((reached) => reached.look()),
      addPush: async () => (await working()).oncall.reach((reached) => reached.addPush()),
      addAddress: async (kind, address) => (await working()).oncall.reach((reached) => reached.addAddress(kind, address)),
      remove: async (id) => (await working()).oncall.reach((reached) => reached.remove(id)),
      sooner: async (id) => (await working()).oncall.reach((reached) => reached.sooner(id)),
      test: async (id) => (await working()).oncall.test(id),
      came: async (id, came) => (await working()).oncall.reach((reached) => reached.came(id, came)),
    },
  }
}
