import type { AdmissionRecords, AdmissionStore } from "../admission.ts"
import type { Vault } from "../vault/index.ts"
import { Shelf } from "../vault/index.ts"

const ADMISSION = new Shelf<AdmissionRecords[keyof AdmissionRecords]>("open", "admission")

/** Card, passes and bulletin on the vault's open shelf: asking needs no words. */
export function admissionStore(vault: Vault): AdmissionStore {
  return {
    get: (name) => ADMISSION.get(vault, name) as Promise<AdmissionRecords[typeof name] | undefined>,
    put: (records) => vault.write(Object.entries(records).map(([name, record]) => ADMISSION.put(name, record))),
  }
}
