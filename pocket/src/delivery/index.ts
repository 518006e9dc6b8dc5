export * from "./mailroom.ts"
export * from "./line.ts"
