/** Its own file, so that the build takes this one KEM out of the library and leaves the rest. */
export { KEM_MLKEM768_X25519 } from "@panva/hpke-noble"
