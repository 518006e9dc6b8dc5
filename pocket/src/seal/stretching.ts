import type { Bytes } from "../wire/index.ts"
import { utf8 } from "../wire/index.ts"
import type { StretchAnswer, StretchQuestion } from "./argon2.ts"

export const SALT_LENGTH = 16
const FAILED = "the phrase could not be stretched"

/** The 32-byte key that a phrase wraps a vault with: Argon2id, 64 MiB, 3 passes, 1 lane; about a second.
 *
 * `startWorker` starts `seal/argon2.worker.ts`, so that the screen does not freeze; without it the work is done here. */
export async function stretchPhrase(words: readonly string[], salt: Bytes, startWorker?: () => Worker): Promise<Bytes> {
  const question = { password: utf8(words.join(" ")), salt }
  if (startWorker === undefined) {
    const { argon2id } = await import("./argon2.ts")
    return argon2id(question)
  }
  return askWorker(startWorker(), question)
}

async function askWorker(worker: Worker, question: StretchQuestion): Promise<Bytes> {
  try {
    return await new Promise<Bytes>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<StretchAnswer>) => {
        if (data.key === undefined) reject(new Error(FAILED))
        else resolve(data.key)
      }
      worker.onerror = () => {
        reject(new Error(FAILED))
      }
      worker.postMessage(question)
    })
  } finally {
    worker.terminate()
  }
}
