import { elsewhere, noCard, talkLeadsTo } from "../screens/asking/door.ts"
import { choose } from "../screens/asking/choose.ts"
import { handOver } from "../screens/asking/handover.ts"
import { limits } from "../screens/asking/limits.ts"
import { mine } from "../screens/asking/mine.ts"
import { request } from "../screens/asking/request.ts"
import { waiting } from "../screens/asking/waiting.ts"
import { back, backGood, backLost } from "../screens/back/back.ts"
import { card, cardGood } from "../screens/card/card.ts"
import { device, shared } from "../screens/device/device.ts"
import { findHelp } from "../screens/findhelp/findhelp.ts"
import { kept } from "../screens/kept/kept.ts"
import { reminders } from "../screens/kept/reminders.ts"
import { landing } from "../screens/landing/landing.ts"
import { afterACall, firearms, sleep, underInvestigation } from "../screens/lookafter/articles.ts"
import { breathe } from "../screens/lookafter/breathe.ts"
import { lookAfter } from "../screens/lookafter/lookafter.ts"
import { duty } from "../screens/oncall/duty.ts"
import { hours } from "../screens/oncall/hours.ts"
import { invitation } from "../screens/oncall/invitation.ts"
import { reached } from "../screens/oncall/reached.ts"
import { oneTalk } from "../screens/talks/talk.ts"
import { talks } from "../screens/talks/list.ts"
import { whoSees } from "../screens/whosees/whosees.ts"
import { makeWords } from "../screens/words/make.ts"
import { unlock } from "../screens/words/unlock.ts"
import { worried } from "../screens/worried/worried.ts"
import type { Place, Screen, View } from "./view.ts"

export const SCREENS: Readonly<Record<Place, Screen>> = {
  landing,
  talk: noCard,
  worried,
  self: lookAfter,
  "self-call": afterACall,
  "self-sleep": sleep,
  "self-breathe": breathe,
  "self-firearms": firearms,
  "self-investigation": underInvestigation,
  find: findHelp,
  who: whoSees,
  device,
  shared,
  elsewhere,
  card,
  "card-good": cardGood,
  words: makeWords,
  unlock,
  mine,
  limits,
  ask: request,
  choose,
  waiting,
  handover: handOver,
  talks,
  "one-talk": oneTalk,
  kept,
  reminders,
  invitation,
  duty,
  reached,
  hours,
  back,
  "back-good": backGood,
  "back-lost": backLost,
}

// What only the one window that does the work can do.
const WORK: readonly Place[] = ["card", "words", "unlock", "mine", "ask", "choose", "waiting", "handover", "talks", "one-talk", "kept", "reminders", "invitation", "duty", "reached", "hours", "back", "back-good"]
// Nothing about a person is typed or shown before the first question is answered.
const AFTER_THE_FIRST_QUESTION: readonly Place[] = ["card", "invitation", "limits", "back"]

/** Whether this window may go on showing a place: another one may have taken over the work. */
export function mayStay(place: Place, { state }: View): boolean {
  return state?.tab !== "elsewhere" || !WORK.includes(place)
}

/** The place that is really opened when this one is asked for. */
export function leadsTo(place: Place, view: View): Place {
  if (!mayStay(place, view)) return "elsewhere"
  if (view.state?.device === "unasked" && AFTER_THE_FIRST_QUESTION.includes(place)) {
    view.memory.afterDevice = place
    return "device"
  }
  if (place !== "talk") return place
  const next = talkLeadsTo(view)
  if (next === "device") view.memory.afterDevice = "talk"
  return next
}
