/** What the address said when the page was opened: a card or an invitation to use, or a place to show. */
export type Arrival = Readonly<{ kind: "card" | "invitation" | "place"; text: string }>

const SECRET = /^#(card|invitation)=(.+)$/s

/**
 * Reads what stands after the # and takes it out of the address bar and the history at once: a card must not be
 * seen over a shoulder, synced with other devices or found later, and neither must the name of what was opened.
 */
export function takeArrival(address: Location, past: History): Arrival {
  const fragment = address.hash
  if (fragment !== "") past.replaceState(past.state, "", address.pathname)
  return arrivalOf(fragment)
}

export function arrivalOf(fragment: string): Arrival {
  const [, kind, text] = SECRET.exec(fragment) ?? []
  if (kind !== undefined && text !== undefined) return { kind: kind === "card" ? "card" : "invitation", text }
  return { kind: "place", text: fragment.slice(1) }
}
