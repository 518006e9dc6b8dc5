/** Its own file, so that the build takes these two curves out of the library and leaves the rest. */
export { ed25519, x25519 } from "@noble/curves/ed25519.js"
