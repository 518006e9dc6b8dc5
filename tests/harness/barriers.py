"""Barriers that keep people out of a screen: WCAG 2.2 AA as far as axe-core can tell."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "pocket/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Colours on their way from one to another are nobody's barrier: transitions run to their end first.
RUN = """async (rules) => {
  const moving = document.getAnimations().filter((one) => one instanceof CSSTransition)
  await Promise.allSettled(moving.map((one) => one.finished))
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })
  const where = (nodes) => nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)
  return violations.map(({ id, nodes }) => `${id}: ${where(nodes)}`)
}"""


def barriers(page: Page) -> list[str]:
    """What stands in someone's way on the screen as it is now; nothing, we promise."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: Any = page.evaluate(RUN, RULES)
    return list(found)
