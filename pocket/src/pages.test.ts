import { expect, test } from "vitest"
import { pages } from "./pages.ts"

const made = pages({ script: "/assets/main.js", style: "/assets/main.css" })
const DOORS = ["talk", "worried", "self", "find"]

test.each(["index.html", "es/index.html"])("%s opens its four doors and calls for help without a script", (name) => {
  // A phone that runs no script at 3 a.m. must still reach a human.
  const page = made[name] ?? ""
  for (const door of DOORS) {
    expect(page).toContain(`href="#${door}"`)
    expect(page).toContain(`id="${door}"`)
  }
  for (const number of ["tel:988", "sms:988", "tel:+18002675463"]) expect(page).toContain(`href="${number}"`)
})

test("every link of the first page leads to a section that is there", () => {
  const page = made["index.html"] ?? ""
  const missing = [...page.matchAll(/href="#([\w-]+)"/g)].map((match) => match[1] ?? "").filter((id) => id !== "landing" && !page.includes(`id="${id}"`))
  expect(missing).toEqual([])
})

test("no page holds a script, a style or a listener of its own", () => {
  // The policy that the server sends forbids them; a page that needs one would be broken.
  for (const page of Object.values(made)) expect(page).not.toMatch(/<script(?! type="module" src)|<style|\son\w+=|style=/)
})

test("a number nobody has checked never stands among the checked ones", () => {
  const page = made["index.html"] ?? ""
  const [before, after] = page.split("<h2>Not checked</h2>")
  expect(before).not.toContain("Safe Call Now")
  expect(after).toContain("Safe Call Now")
})

test("unreviewed Spanish is marked on the page that shows it", () => {
  expect(made["es/index.html"]).toContain("Ninguna persona ha revisado")
  expect(made["index.html"]).not.toContain("No person has reviewed")
})
