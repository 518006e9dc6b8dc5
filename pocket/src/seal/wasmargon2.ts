/** Its own file, so that the build takes this one function out of the library and leaves the rest. */
export { argon2id } from "hash-wasm"
