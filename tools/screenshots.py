"""Save pictures of every page of the portal, in every language, at every width.

Usage: python -m tools.screenshots FOLDER [--base URL] [--language kk] [--width 360]

Without --base a portal with demo data is started for it; with it, AIQYN_VAR names that
portal's data folder. Files are named account/view.language.width.png; the folder of an
account holds only what those before it cannot see.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import BrowserContext, sync_playwright

from tools.portal_pages import (
    ACCOUNTS,
    ANYBODY,
    HEIGHT,
    LANGUAGES,
    WIDTHS,
    Portal,
    Visitor,
    chromium,
    served,
    visit,
)
from tools.system_packages import find


def picture_of_page(context: BrowserContext, url: str, width: int, path: Path) -> None:
    """Save one full page at one width."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(url)
    page.screenshot(path=path, full_page=True)
    page.close()


@contextmanager
def portal_at(base: str | None) -> Iterator[Portal]:
    """Give the portal at an address, or one started for this."""
    if base:
        yield Portal(base.rstrip("/"), Path(os.environ.get("AIQYN_VAR", "var")))
    else:
        with served() as portal:
            yield portal


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--width", action="append", type=int)
    return parser.parse_args(arguments)


def pictures_of(visitor: Visitor, options: argparse.Namespace, seen: set[str]) -> None:
    """Save what one visitor reaches and nobody before has; add it to `seen`."""
    folder = options.folder / visitor.account
    folder.mkdir(parents=True, exist_ok=True)
    new: set[str] = set()
    for language in options.language or LANGUAGES:
        for view, path in visitor.pages(language).items():
            if view in seen:
                continue
            new.add(view)
            for width in options.width or WIDTHS:
                name = f"{view.replace(':', '.')}.{language}.{width}.png"
                picture_of_page(visitor.context, visitor.portal.base + path, width, folder / name)
    seen |= new


def main(arguments: list[str]) -> int:
    """Take the pictures; return the exit code."""
    options = parse(arguments)
    executable = find("chromium") or find("chromium-browser")
    if executable is None:
        print("Chromium is not here (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    django.setup()
    seen: set[str] = set()
    with portal_at(options.base) as portal, sync_playwright() as playwright:
        browser = chromium(playwright, executable)
        for account in (ANYBODY, *ACCOUNTS):
            with visit(browser, portal, account) as visitor:
                pictures_of(visitor, options, seen)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
