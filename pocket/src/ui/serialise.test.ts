import { html, nothing } from "lit-html"
import { expect, test } from "vitest"
import { serialise } from "./serialise.ts"

test("a template becomes the page that the browser would show, without its listeners", () => {
  const press = () => undefined
  const made = html`<a class=${"door"} href=${"#find"} ?hidden=${false} ?open=${true} @click=${press} .value=${"x"}>${["Find ", html`<b>help</b>`]}${nothing}</a>`
  expect(serialise(made)).toBe('<a class="door" href="#find" open>Find <b>help</b></a>')
})

test("text stays text: a peer's own words cannot become markup", () => {
  expect(serialise(html`<p title=${'" onclick="x'}>${"<script>"}</p>`)).toBe('<p title="&quot; onclick=&quot;x">&lt;script&gt;</p>')
})

test("what a page cannot hold is refused when it is built", () => {
  expect(() => serialise(html`<p>${{}}</p>`)).toThrow("made at build time")
})
