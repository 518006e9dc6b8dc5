// Every record of this origin's databases; sealed ones are opened where this device's own key can.
async () => {
  const wrapping = new TextEncoder().encode("leanto/vault-key/1")
  const asText = (name) => new TextEncoder().encode(name)
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const opened = async (key, box, aad) => {
    const [iv, sealed] = [box.slice(0, 12), box.slice(12)]
    const how = { name: "AES-GCM", iv, additionalData: aad }
    return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed))
  }
  const hex = (bytes) => "0x" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  const readable = (_, one) => {
    if (one instanceof CryptoKey) return "a key that stays in this browser"
    return one instanceof Uint8Array ? hex(one) : one
  }
  const records = {}
  for (const { name: database } of await indexedDB.databases()) {
    const open = await done(indexedDB.open(database))
    for (const area of open.objectStoreNames) {
      const store = open.transaction(area).objectStore(area)
      const [names, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
      names.forEach((name, at) => { records[`${area}:${name}`] = values[at] })
    }
    open.close()
  }
  const device = records["keys:vault/device"]
  const keys = new Map()
  for (const { id, byDevice } of records["open:vault/keys"] ?? []) {
    if (device === undefined || byDevice === undefined) continue
    const raw = await opened(device, byDevice, wrapping)
    keys.set(id, await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]))
  }
  for (const [name, value] of Object.entries(records)) {
    if (!name.startsWith("sealed:")) continue
    const key = keys.get(value.key)
    const text = key && new TextDecoder().decode(await opened(key, value.box, asText(name.slice(7))))
    records[name] = text === undefined ? "locked" : JSON.parse(text)
  }
  return JSON.parse(JSON.stringify(records, readable))
}
