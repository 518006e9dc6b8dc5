import type { StretchQuestion } from "./argon2.ts"
import { argon2id } from "./argon2.ts"

addEventListener("message", ({ data }: MessageEvent<StretchQuestion>) => {
  void argon2id(data).then((key) => {
    postMessage({ key })
  })
})
