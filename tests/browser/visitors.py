"""Who looks at the portal, which pages they reach, and what their browser complains of."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tools.portal_pages import PEOPLE, walk

CITIZEN = "citizen"
ROLES = (CITIZEN, *(person.role for person in PEOPLE))


@dataclass
class Visitor:
    """Somebody with a role, signed in when the role asks for it, and the pages they can reach."""

    role: str
    context: BrowserContext
    base: str
    pages_by_language: dict[str, dict[str, str]] = field(default_factory=dict)

    def pages(self, language: str) -> dict[str, str]:
        """Every kind of page within reach: view name → path."""
        if language not in self.pages_by_language:
            self.pages_by_language[language] = walk(self.context.request, self.base, language)
        return self.pages_by_language[language]


class Watched:
    """A page whose complaints are kept: errors of scripts and of the CSP, foreign requests."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
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
