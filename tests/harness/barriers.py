"""Barriers that keep people out of a screen: WCAG 2.2 AA as far as axe-core can tell."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "pocket/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Colours on their way from one to another are nobody's barrier: transitions run to their end first.
# One may begin while axe looks, so what it finds must be there a second time.
RUN = """async (rules) => {
  const look = async () => {
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.allSettled(moving.map((one) => one.finished))
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })
    const where = (nodes) => nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)
    return violations.map(({ id, nodes }) => `${id}: ${where(nodes)}`)
  }
  return (await look()).length === 0 ? [] : look()
}"""
# A screen as it stands, but for its numbers: dates, times, ports.
LOOKS = """() => `${innerWidth} ${matchMedia("(prefers-color-scheme: dark)").matches} ` +
  `${document.title} ${document.body.outerHTML}`.replaceAll(/\\d+/g, "")"""
SEEN: set[int] = set()


def barriers(page: Page) -> list[str]:
    """What stands in someone's way on the screen as it is now; nothing, we promise.

    A screen in which nothing was found is not searched again by this process.
    """
    looks = hash(page.evaluate(LOOKS))
    if looks in SEEN:
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: Any = page.evaluate(RUN, RULES)
    if not found:
        SEEN.add(looks)
    return list(found)
