"""A page whose browser is listened to, and what axe-core finds in a page."""

from playwright.sync_api import ConsoleMessage, Page, Request

AXE = """async () => {
    const results = await axe.run({resultTypes: ["violations"]});
    return results.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html]);
}"""
OVERFLOW = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > wide + 1)
        .slice(0, 3).map(e => e.tagName.toLowerCase() + "." + e.className);
}"""


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, each with the first element it speaks of."""
    return [f"{rule} ({count}×): {html[:160]}" for rule, count, html in page.evaluate(AXE)]


class Watched:
    """Keeps what the browser complains of: script errors, refusals of the CSP, foreign hosts."""

    def __init__(self, page: Page, base: str) -> None:
        self.base = base
        self.complaints: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def see(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.complaints.append(f"asks a foreign host: {request.url}")
