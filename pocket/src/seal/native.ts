import type * as curves from "./noblecurves.ts"

type Curves = typeof curves
type Ways<T> = Readonly<{ native: () => Promise<T>; noble: (curves: Curves) => T | Promise<T> }>

const known = new Map<string, Promise<boolean>>()

/** WebCrypto where it knows the curve, else noble, which is loaded only then. */
export async function nativeOrNot<T>(curve: "Ed25519" | "X25519", { native, noble }: Ways<T>): Promise<T> {
  if (await isNative(curve)) return native()
  return noble(await import("./noblecurves.ts"))
}

function isNative(curve: "Ed25519" | "X25519"): Promise<boolean> {
  const asked = known.get(curve) ?? knows(curve)
  known.set(curve, asked)
  return asked
}

async function knows(curve: "Ed25519" | "X25519"): Promise<boolean> {
  try {
    await crypto.subtle.generateKey(curve, false, curve === "Ed25519" ? ["sign", "verify"] : ["deriveBits"])
    return true
  } catch {
    return false
  }
}
