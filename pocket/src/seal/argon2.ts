import type { Bytes } from "../wire/index.ts"

export type StretchQuestion = Readonly<{ password: Bytes; salt: Bytes }>
export type StretchAnswer = Readonly<{ key: Bytes | undefined }>

const MEMORY_KIB = 65_536
const PASSES = 3

/** With WebAssembly (0.7 s), or with noble where that is off (2.2 s). The same key either way. */
export async function argon2id(question: StretchQuestion): Promise<Bytes> {
  try {
    return await withWasm(question)
  } catch {
    // No WebAssembly, or none allowed by a browser's lockdown.
    return withoutWasm(question)
  }
}

export async function withWasm({ password, salt }: StretchQuestion): Promise<Bytes> {
  const wasm = await import("./wasmargon2.ts")
  const key = await wasm.argon2id({ password, salt, memorySize: MEMORY_KIB, iterations: PASSES, parallelism: 1, hashLength: 32, outputType: "binary" })
  return new Uint8Array(key)
}

async function withoutWasm({ password, salt }: StretchQuestion): Promise<Bytes> {
  const noble = await import("@noble/hashes/argon2.js")
  return new Uint8Array(await noble.argon2idAsync(password, salt, { m: MEMORY_KIB, t: PASSES, p: 1, dkLen: 32 }))
}
