export type PartOfDay = "day" | "evening" | "night"

/** Day from 7 to 17, evening to 23, then night, by the clock on the wall: rules/gauge.py. */
export function partOfDay(hour: number): PartOfDay {
  if (hour >= 23 || hour < 7) return "night"
  return hour < 17 ? "day" : "evening"
}
