/** For tests: seal/ itself, one thing after the other, so that a schedule runs the same every time; and what it sealed to which key. */
import type { AgreementKey, SealingKey } from "../seal/index.ts"
import { newAgreementKey, random } from "../seal/index.ts"
import { settled } from "../fakeclock.ts"
import { toHex } from "../wire/index.ts"
import type { Seals } from "./letters.ts"
import { SEALS } from "./letters.ts"
import type { Hex } from "./state.ts"

/** Keys cost time to make. Each schedule deals them anew, each once: as long as there are enough, nobody can tell. */
const POOL: SealingKey[] = []
const ENOUGH = 600

export type Statics = Readonly<{ ana: AgreementKey; ben: AgreementKey }>

export async function pooled(): Promise<Statics> {
  while (POOL.length < ENOUGH) POOL.push(await SEALS.newSealingKey())
  return { ana: await newAgreementKey(random), ben: await newAgreementKey(random) }
}

export class StormSeals implements Seals {
  /** The key that the newest envelope to each address was sealed to. */
  readonly sealedTo = new Map<Hex, Hex>()
  /** When each key was given out, in ms of the true time. */
  readonly born = new Map<Hex, number>()
  readonly #now: () => number
  #turns: Promise<unknown> = Promise.resolve()

  constructor(now: () => number) {
    this.#now = now
  }

  readonly newSealingKey: Seals["newSealingKey"] = () =>
    this.#inTurn(async () => {
      const key = POOL[this.born.size] ?? (await SEALS.newSealingKey())
      this.born.set(toHex(key.keyId), this.#now())
      return key
    })

  readonly envelopeKeyId: Seals["envelopeKeyId"] = SEALS.envelopeKeyId

  readonly sealLetter: Seals["sealLetter"] = (letter, sender, to) =>
    this.#inTurn(async () => {
      const envelope = await SEALS.sealLetter(letter, sender, to)
      this.sealedTo.set(toHex(to.mailboxAddress), toHex(SEALS.envelopeKeyId(envelope)))
      return envelope
    })

  readonly openLetter: Seals["openLetter"] = (envelope, opening) => this.#inTurn(() => SEALS.openLetter(envelope, opening))

  /** Waits until nothing is being sealed or opened and nothing more comes of what was. */
  async settle(): Promise<void> {
    for (let turns; turns !== this.#turns; ) {
      turns = this.#turns
      await turns
      await settled()
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }
}
