import type { Mailbox } from "../delivery/index.ts"
import type { Random, SealingKey } from "../seal/index.ts"
import type { Change, Vault } from "../vault/index.ts"
import type { Bytes } from "../wire/index.ts"
import { fromHex } from "../wire/index.ts"
import type { Identity, Week } from "./keys.ts"
import { newWeek, signedBundles } from "./keys.ts"
import { IDENTITY, OWN, SEEDS, WEEKS } from "./records.ts"
import { isDead, isListenedTo, mondayOf, WEEK, weeksToKeep } from "./weeks.ts"

type Options = Readonly<{ vault: Pick<Vault, "list" | "read" | "write">; random: Random }>

/** A peer's bundles: made ahead, handed in, listened to, and dead after three weeks. */
export class DutyWeeks {
  readonly #options: Options
  #weeks: readonly Week[] = []

  constructor(options: Options) {
    this.#options = options
  }

  async load(): Promise<void> {
    this.#weeks = await WEEKS.all(this.#options.vault)
  }

  /** This week's first: it is the one that the line asks about again and again. */
  mailboxes(today: number): readonly Mailbox[] {
    const away = ({ firstDay }: Week): number => Math.abs(firstDay - mondayOf(today))
    return this.#weeks
      .filter(({ firstDay, handedIn }) => handedIn && isListenedTo(firstDay, today))
      .sort((a, b) => away(a) - away(b))
      .map(({ address, readKey }) => ({ address: fromHex(address), readKey }))
  }

  week(address: string): Week | undefined {
    return this.#weeks.find((week) => week.address === address)
  }

  /** What opens a request sealed to this week; undefined while the vault is locked. */
  seed(address: string): Promise<SealingKey | undefined> {
    return SEEDS.get(this.#options.vault, address)
  }

  /** Makes what is missing of this week and the next ones, and forgets what is dead. */
  async turn(identity: Identity | undefined, programId: Bytes, today: number): Promise<void> {
    const dead = this.#weeks.filter(({ firstDay }) => isDead(firstDay, today))
    const missing = weeksToKeep(today).filter((firstDay) => this.#weeks.every((week) => week.firstDay !== firstDay))
    const made = identity === undefined ? [] : await Promise.all(missing.map((day) => newWeek(identity, programId, day, this.#options.random)))
    if (dead.length === 0 && made.length === 0) return
    await this.#options.vault.write([
      ...dead.flatMap(({ address }) => [WEEKS.remove(address), SEEDS.remove(address)]),
      ...made.flatMap(({ week, seal }) => [WEEKS.put(week.address, week), SEEDS.put(week.address, seal)]),
    ])
    this.#weeks = [...this.#weeks.filter((week) => !dead.includes(week)), ...made.map(({ week }) => week)]
  }

  /** Weeks that the desk does not have yet and that somebody may still seal to: last week's, this one's, the next ones'. */
  toHandIn(today: number): readonly Week[] {
    return this.#weeks.filter(({ firstDay, handedIn }) => !handedIn && firstDay >= mondayOf(today) - WEEK)
  }

  /** Hands them in; without the vault's keys nothing. Rejects like EnrolmentDesk.bundles. */
  async handIn(programId: Bytes, today: number, send: (body: Bytes) => Promise<void>): Promise<void> {
    const waiting = this.toHandIn(today)
    const identity = waiting.length === 0 ? undefined : await IDENTITY.get(this.#options.vault, OWN)
    if (identity === undefined) return
    await send(await signedBundles(identity, programId, waiting.map(({ bundle }) => bundle)))
    await this.handedIn(waiting)
  }

  async handedIn(weeks: readonly Week[], changes: readonly Change[] = []): Promise<void> {
    const all = this.#weeks.map((week) => (weeks.includes(week) ? { ...week, handedIn: true } : week))
    await this.#options.vault.write([...changes, ...all.map((week) => WEEKS.put(week.address, week))])
    this.#weeks = all
  }

  /** What another invitation's weeks leave behind: nothing. */
  async forgetAll(changes: readonly Change[]): Promise<void> {
    const gone = this.#weeks.flatMap(({ address }) => [WEEKS.remove(address), SEEDS.remove(address)])
    await this.#options.vault.write([...changes, ...gone])
    this.#weeks = []
  }
}
