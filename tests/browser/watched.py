"""A page whose browser is listened to."""

from playwright.sync_api import ConsoleMessage, Page, Request


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
