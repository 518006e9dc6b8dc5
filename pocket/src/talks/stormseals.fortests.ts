/** For tests: seal/ itself, one thing after the other, so that a schedule runs the same every time; and what it sealed to which key. */
import type { AgreementKey, SealingKey } from "../seal/index.ts"
import { newAgreementKey, random } from "../seal/index.ts"
import { settled } from "../fakeclock.fortests.ts"
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
  /** The newest key at each address to which a chained letter came. */
  readonly opened = new Map<Hex, Hex>()
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

  readonly sealLetter: Seals["sealLetter"] = (...given) => this.#inTurn(() => SEALS.sealLetter(...given))

  readonly openLetter: Seals["openLetter"] = (envelope, opening) =>
    this.#inTurn(async () => {
      const opened = await SEALS.openLetter(envelope, opening)
      const { kind } = opened.letter
      if (kind !== "received" && kind !== "unreadable") this.#came(toHex(opening.mailboxAddress), toHex(opening.sealingKey.keyId))
      return opened
    })

  /** Waits until nothing is being sealed or opened and nothing more comes of what was. */
  async settle(): Promise<void> {
    for (let turns; turns !== this.#turns; ) {
      turns = this.#turns
      await turns
      await settled()
    }
  }

  #came(address: Hex, keyId: Hex): void {
    const order = [...this.born.keys()]
    if (order.indexOf(keyId) > order.indexOf(this.opened.get(address) ?? "")) this.opened.set(address, keyId)
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(task)
    this.#turns = done.catch(() => undefined)
    return done
  }
}
