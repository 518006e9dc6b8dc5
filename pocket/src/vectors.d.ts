/** For tests: how vitest reads vectors. A pattern that finds nothing gives an empty object. */
interface ImportMeta {
  readonly glob: <T>(pattern: string, options: Readonly<{ eager: true; import: "default" }>) => Readonly<Record<string, T>>
}
