import { t } from "../../catalogue/words.ts"
import type { View } from "../../ui/view.ts"
import { peersInReach } from "./peers.ts"

/** Who is there right now by the rota, and how long it usually takes by practice rings: never from anybody's requests. */
export function usuallyInWords(view: View): string | undefined {
  const minutes = view.state?.usuallyMinutes
  return minutes === undefined || onDuty(view) + shows(view) === 0 ? undefined : t("ask.usually", { time: timeInWords(minutes) })
}

export function onDuty(view: View): number {
  return peersInReach(view).filter((peer) => peer.onDuty).length
}

export function shows(view: View): number {
  return peersInReach(view).filter((peer) => peer.shows).length
}

export function timeInWords(minutes: number): string {
  const wholeHours = minutes >= 120 && minutes % 60 === 0
  return wholeHours ? t("time.hours", { count: minutes / 60 }) : t("time.minutes", { count: minutes })
}
