import type { StretchAnswer, StretchQuestion } from "./argon2.ts"
import { argon2id } from "./argon2.ts"

addEventListener("message", ({ data }: MessageEvent<StretchQuestion>) => {
  const answer = (key?: StretchAnswer["key"]): void => {
    postMessage({ key } satisfies StretchAnswer)
  }
  // Without memory for it there is no key; saying so beats a screen that waits for ever.
  argon2id(data).then(answer, () => {
    answer()
  })
})
