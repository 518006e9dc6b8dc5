(held) => {
  // The browser's own push service is out in the world: this one gives what the story holds the keys of.
  const subscription = { options: { applicationServerKey: null }, toJSON: () => held, unsubscribe: async () => true }
  const subscribed = () => localStorage.getItem("subscribed") === "yes"
  PushManager.prototype.subscribe = async () => {
    localStorage.setItem("subscribed", "yes")
    return subscription
  }
  PushManager.prototype.getSubscription = async () => (subscribed() ? subscription : null)
  // A browser's door for tests takes text alone: sixteen random bytes are sixteen random letters here.
  const random = crypto.getRandomValues.bind(crypto)
  crypto.getRandomValues = (bytes) => {
    random(bytes)
    if (bytes.length === 16) bytes.forEach((byte, at) => (bytes[at] = byte & 0x7f))
    return bytes
  }
}
