// Puts a record of Max's own making into his own pocket, sealed as the pocket would by the key that this browser holds.
async ([name, text]) => {
  const encoded = (words) => new TextEncoder().encode(words)
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const database = await done(indexedDB.open("leanto"))
  const read = (area, record) => done(database.transaction(area).objectStore(area).get(record))
  const [{ id, byDevice }] = await read("open", "vault/keys")
  const device = await read("keys", "vault/device")
  const wrapping = { name: "AES-GCM", iv: byDevice.slice(0, 12), additionalData: encoded("leanto/vault-key/1") }
  const raw = await crypto.subtle.decrypt(wrapping, device, byDevice.slice(12))
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoded(name) }, key, encoded(text))
  const box = new Uint8Array([...iv, ...new Uint8Array(sealed)])
  await done(database.transaction("sealed", "readwrite").objectStore("sealed").put({ key: id, box }, name))
  database.close()
}
