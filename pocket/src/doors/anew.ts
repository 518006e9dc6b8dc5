import { PocketProblem } from "../contract.ts"
import type { Mailroom } from "../delivery/index.ts"
import type { Kept } from "../kept/index.ts"
import type { Random } from "../seal/index.ts"
import type { Bytes, RequestState, SeenBulletin } from "../wire/index.ts"
import type { Prepared } from "./preparing.ts"
import { prepare } from "./preparing.ts"
import type { OpenRequest, RequestSecrets } from "./request.ts"
import type { SendingOptions } from "./sending.ts"
import { orProblem, peersToAsk } from "./sending.ts"

/** What stays true of the old request. */
export type Carried = Readonly<{ heard?: RequestState; token?: Bytes | undefined }>
type Options = SendingOptions & Readonly<{ mailroom: Pick<Mailroom, "close">; kept: Pick<Kept, "peers">; random: Random; stamp: () => SeenBulletin }>

/** A new request in place of one that rings nobody: those asked are listed no longer, or the mailroom has nothing of it. It goes to
 * whom the newest bulletin names. Undefined while it cannot be made. */
export async function preparedAnew(options: Options, old: OpenRequest, secrets: RequestSecrets, { heard, token }: Carried): Promise<Prepared | undefined> {
  const { admission, clock, mailroom, random, stamp } = options
  if ((await orProblem(admission.refresh())) instanceof PocketProblem) return undefined
  const { outside, about, draft, without } = secrets
  const looking = { outside, kept: options.kept.peers.find(({ id }) => id === secrets.kept), ...(without === undefined ? {} : { without }) }
  const peers = await orProblem(peersToAsk(options, looking))
  if (peers instanceof PocketProblem) return undefined
  // Should the mailroom have the old one after all, it must not ring beside the new one.
  if ((await orProblem(mailroom.close(old.replyKey))) instanceof PocketProblem) return undefined
  const wish = { ...looking, urgency: old.urgency, ...(old.urgent === true ? { urgent: true } : {}), about, words: draft, peers }
  const { request, secrets: fresh } = await prepare(wish, stamp(), random, clock.now())
  const carried = { ...(heard === undefined ? {} : { heard }), ...(token === undefined ? {} : { token }) }
  const stays = old.stays === undefined ? {} : { stays: old.stays }
  return { request: { ...request, ...carried, ...stays, drawnAtOnce: old.drawnAtOnce }, secrets: fresh }
}
