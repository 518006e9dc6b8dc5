/** Before any test: in CI each story of chance is the same as yesterday, so that a run fails for a change and not by luck. At home and in `make soak` each run is a new one. */
import fc from "fast-check"

declare const CI: boolean // vitest.config.mjs: the environment says CI=true

if (CI) fc.configureGlobal({ seed: 20_261_123 })
