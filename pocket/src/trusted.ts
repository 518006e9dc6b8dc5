interface Policy {
  createScriptURL(input: string): unknown
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(input: string): string }): Policy
}

const OWN_SCRIPTS = /^\/(sw\.js|assets\/[\w.-]+\.js)$/
const rules = { createScriptURL: ownScript }
// The page's only policy of its own for Trusted Types: it lets in the pocket's own scripts, and nothing else.
const policy: Policy = (globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy("leanto-sw", rules) ?? rules

/** The address of one of the pocket's own scripts, as a browser with Trusted Types wants it for workers. */
export function trustedScript(address: string): string {
  // A TrustedScriptURL where the browser has them; the DOM's types know only strings.
  return policy.createScriptURL(address) as string
}

function ownScript(address: string): string {
  if (!OWN_SCRIPTS.test(address)) throw new TypeError("not one of the pocket's own scripts")
  return address
}
