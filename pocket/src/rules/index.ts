export * from "./conflicts.ts"
export * from "./drawing.ts"
export * from "./net.ts"
export * from "./slots.ts"
