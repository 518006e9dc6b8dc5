/** What a peer is labelled with, and what an officer may say of themselves on their own device. */
export type Labels = readonly Readonly<{ kind: "agency" | "unit" | "chain" | "leads"; text: string }>[]
export type Mine = Readonly<{ agency?: string; unit?: string }>

/** Must this peer not be asked by this officer?
 *
 * Same unit, or over or under each other in the chain of command: always, for in several states protection is lost then.
 * Somebody who leads others, for all of the agency they lead in, and for whoever has not said which agency is theirs: it may be that one.
 * Same agency: only when the officer wants someone from outside. Who says nothing of themselves has no other conflicts. */
export function inConflict(labels: Labels, mine: Mine, outsideOnly: boolean): boolean {
  const has = (kind: Labels[number]["kind"], text: string | undefined): boolean =>
    text !== undefined && labels.some((label) => label.kind === kind && label.text === text)
  const sameAgency = has("agency", mine.agency)
  // Two agencies may both have a unit called Patrol: another agency's is no conflict.
  const elsewhere = mine.agency !== undefined && labels.some(({ kind }) => kind === "agency") && !sameAgency
  if (has("unit", mine.unit) && !elsewhere) return true
  if (has("leads", mine.agency) || (mine.agency === undefined && labels.some(({ kind }) => kind === "leads"))) return true
  if (has("chain", mine.unit) || has("chain", mine.agency)) return true
  return outsideOnly && sameAgency
}
