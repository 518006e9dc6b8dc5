import { LayoutError } from "./errors.ts"

/** Reads one JSON value or refuses it; `path` names the place for whoever wrote the file. */
export type Read<T> = (value: unknown, path: string) => T
export type Shape<T> = { readonly [K in keyof T]-?: Read<T[K]> }

export const text: Read<string> = (value, path) => (typeof value === "string" ? value : refuse(path))
/** What another schema reads. */
export const anything: Read<unknown> = (value) => value
export const flag: Read<boolean> = (value, path) => (typeof value === "boolean" ? value : refuse(path))

/** A whole number that fits into 16 bits, like days and epochs. */
export const u16: Read<number> = (value, path) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 65_536 ? value : refuse(path)

export function oneOf<const T extends string>(...names: readonly T[]): Read<T> {
  return (value, path) => names.find((name) => name === value) ?? refuse(path)
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, path) => (Array.isArray(value) ? value.map((item, index) => read(item, `${path}[${index}]`)) : refuse(path))
}

export function nullOr<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path))
}

/** An object with these members, and with those of `maybe` where they are there; others are left out of the result. */
export function object<T extends object, M extends object = object>(
  shape: Shape<T>,
  maybe: Shape<M> = {} as Shape<M>,
): Read<Readonly<T & Partial<M>>> {
  return (value, path) => {
    const members = asObject(value, path)
    const required = Object.entries<Read<unknown>>(shape).map(([name, read]) => [name, read(members[name], `${path}.${name}`)])
    const present = Object.entries<Read<unknown>>(maybe).filter(([name]) => members[name] !== undefined)
    const optional = present.map(([name, read]) => [name, read(members[name], `${path}.${name}`)])
    return Object.fromEntries([...required, ...optional]) as T & Partial<M>
  }
}

/** The same, and nothing else may stand in it. */
export function closedObject<T extends object, M extends object = object>(
  shape: Shape<T>,
  maybe: Shape<M> = {} as Shape<M>,
): Read<Readonly<T & Partial<M>>> {
  const read = object<T, M>(shape, maybe)
  return (value, path) => {
    const stranger = Object.keys(asObject(value, path)).find((name) => !Object.hasOwn(shape, name) && !Object.hasOwn(maybe, name))
    return stranger === undefined ? read(value, path) : refuse(`${path}.${stranger}`)
  }
}

function asObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(path)
  return value as Record<string, unknown>
}

function refuse(path: string): never {
  throw new LayoutError("value", path)
}
