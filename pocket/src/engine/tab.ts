const NAME = "leanto"

/** Only one window may work the mailboxes. Held until the window closes or another takes over. */
export class OnlyWindow {
  readonly #locks: LockManager | undefined
  readonly #lost: () => void
  #letGo: (() => void) | undefined

  constructor(locks: LockManager | undefined, lost: () => void) {
    this.#locks = locks
    this.#lost = lost
  }

  /** True if this window is the one. With `steal` it is, and the other hears that it is not any more. */
  async take(steal: boolean): Promise<boolean> {
    const locks = this.#locks
    if (locks === undefined) return true
    return new Promise((resolve) => {
      const held = locks.request(NAME, steal ? { steal } : { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock === null ? undefined : new Promise<void>((letGo) => (this.#letGo = letGo))
      })
      held.catch(() => {
        this.#letGo?.()
        this.#lost()
      })
    })
  }
}
