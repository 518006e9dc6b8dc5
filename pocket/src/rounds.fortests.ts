/** For tests: how often a story of chance is told, a few times in `make check` and many in `make soak`. */
declare const SOAK: boolean // vitest.config.mjs: the environment says SOAK=1

export function rounds({ check, soak }: { check: number; soak: number }): number {
  return SOAK ? soak : check
}
