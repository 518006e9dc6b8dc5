import { html, render } from "lit-html";

render(html`<main><h1>Leanto</h1></main>`, document.body);
