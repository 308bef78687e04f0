"""A running portal with demo data, and every kind of page one can reach in it.

Used by the browser tests and by tools/screenshots.py. Pages are found the way
a reader finds them, by following links, and told apart by their view, so a new
page takes part as soon as something links to it.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import APIRequestContext, APIResponse, Browser, BrowserContext, Playwright

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 300
LANGUAGES = ("kk", "ru", "en")
WIDTHS = (360, 1280)
HEIGHT = 900
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HREF = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]+)\"", re.IGNORECASE)


ANYBODY = "anybody"  # a reader without an account
ACCOUNTS = ("citizen", "officer", "evaluator", "admin")  # demo accounts, in growing power


@dataclass(frozen=True)
class Portal:
    """A portal that answers, and the data folder it works in."""

    base: str  # address without the last slash
    folder: Path

    def password(self, account: str) -> str:
        """Return the password of a demo account; each portal has its own."""
        return str(json.loads((self.folder / "demo-accounts.json").read_text())[account])


class PortalDidNotStart(Exception):
    """The portal gave up or took too long; the message holds what it printed."""


def free_port() -> int:
    """Return a loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(environment: Mapping[str, str] | None = None) -> Iterator[Portal]:
    """Serve a new portal with demo data on a free loopback port; stop it at the end."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="aiqyn-portal-") as folder:
        portal = Portal(f"http://127.0.0.1:{port}", Path(folder) / "var")
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "aiqyn_portal"],
                cwd=ROOT,
                env=os.environ
                | {"AIQYN_VAR": str(portal.folder), "PORT": str(port)}
                | {"AIQYN_SHARED_ANSWERS_MS": "0"}  # whoever looks sees what was just done
                | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until_served(portal.base, process, log)
            yield portal
        finally:
            stop(process)


def wait_until_served(base: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the first page answers; raise PortalDidNotStart when it never will."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/health/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise PortalDidNotStart(log.read_text(errors="replace")[-4000:])


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the portal and the workers it started (they share its session)."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return


def chromium(playwright: Playwright, executable: str) -> Browser:
    """Start Debian's Chromium; Playwright gives it a new, empty profile."""
    return playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)


def sign_in(context: BrowserContext, portal: Portal, account: str) -> None:
    """Sign in the way a person does, through the form."""
    page = context.new_page()
    page.goto(f"{portal.base}/en/accounts/login/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(portal.password(account))
    page.locator("main form:has(input[name=password]) button").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    page.close()


@dataclass
class Visitor:
    """Somebody who looks at the portal, signed in or not, and the pages within their reach."""

    account: str
    context: BrowserContext
    portal: Portal
    shelf: Path | None = None  # a folder where processes of one run share what they walked
    walked: dict[str, dict[str, str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)  # links that led to an error

    def pages(self, language: str) -> dict[str, str]:
        """Every kind of page within reach: view name → path."""
        if language not in self.walked:
            self.walked[language], broken = self._walk(language)
            self.broken += broken
        return self.walked[language]

    def _walk(self, language: str) -> tuple[dict[str, str], list[str]]:
        if self.shelf is None:
            return walk(self.context.request, self.portal.base, language)
        shared = self.shelf / f"walk-{self.account}-{language}.json"
        if not shared.exists():
            own = shared.with_suffix(f".{os.getpid()}")
            own.write_text(json.dumps(walk(self.context.request, self.portal.base, language)))
            own.rename(shared)
        pages, broken = json.loads(shared.read_text())
        return pages, broken


@contextmanager
def visit(
    browser: Browser, portal: Portal, account: str, shelf: Path | None = None
) -> Iterator[Visitor]:
    """Open a browser session, signed in unless it is ANYBODY's; close it at the end."""
    context = browser.new_context(reduced_motion="reduce")
    if account != ANYBODY:
        sign_in(context, portal, account)
    yield Visitor(account, context, portal, shelf)
    context.close()


def view_of(path: str, language: str) -> str | None:
    """Return the name of the view behind a path; None when it is not a page of ours."""
    with translation.override(language):  # addresses of one language resolve only in it
        try:
            return resolve(path).view_name
        except Resolver404:
            return None


def walk(request: APIRequestContext, base: str, language: str) -> tuple[dict[str, str], list[str]]:
    """Follow links from the first page; return one path for every kind of HTML page.

    Keys are view names. Every page kind is read once, so the walk is short
    however many bodies and ratings there are. Second, the links that led to an error.
    """
    found: dict[str, str] = {}
    broken: list[str] = []
    waiting = [f"/{language}/"]
    seen = set(waiting)
    asked: set[str] = set()
    while waiting:
        linked = waiting.pop(0)
        path = linked.partition("?")[0]
        view = view_of(path, language)
        if view is None or view in asked:
            continue
        asked.add(view)
        path, answer = ask(request, base, linked)
        if not is_page(answer.headers) or is_file_for_later(path, answer):
            continue
        if not answer.ok:
            broken.append(f"{path} answers {answer.status}")
            continue
        landed = urlsplit(answer.url).path
        if landed == path.partition("?")[0]:
            found[view] = path
        else:  # it only leads on: to signing in, to this year
            found.setdefault(view_of(landed, language) or view, landed)
        for address in links_in(answer.text(), answer.url, base):
            path = address.partition("?")[0]
            if path not in seen and in_language(path, language):
                seen.add(path)
                waiting.append(address)
    return found, broken


def ask(request: APIRequestContext, base: str, linked: str) -> tuple[str, APIResponse]:
    """Fetch a link without its query, or with it where the page is nothing without."""
    path = linked.partition("?")[0]
    answer = request.get(f"{base}{path}", max_redirects=5)
    if answer.ok or linked == path:
        return path, answer
    return linked, request.get(f"{base}{linked}", max_redirects=5)


def is_file_for_later(path: str, answer: APIResponse) -> bool:
    """Whether a file was refused because so many are given a minute: its link is right."""
    return answer.status == HTTPStatus.TOO_MANY_REQUESTS and "." in path.rpartition("/")[2]


def is_page(headers: dict[str, str]) -> bool:
    """Whether an answer is shown by a browser; a file to download is not."""
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and not headers.get("content-disposition", "").startswith("attachment")


def links_in(html: str, url: str, base: str) -> list[str]:
    """Return the paths on this host that a page links to, with queries, without fragments."""
    addresses = [urlsplit(urljoin(url, unescape(href))) for href in HREF.findall(html)]
    own = [a for a in addresses if f"{a.scheme}://{a.netloc}" == base]
    return [f"{a.path}?{a.query}" if a.query else a.path for a in own]


def in_language(path: str, language: str) -> bool:
    """Whether a path belongs to one language of the portal (or to none, like the API's pages)."""
    return not any(path.startswith(f"/{other}/") for other in LANGUAGES if other != language)
