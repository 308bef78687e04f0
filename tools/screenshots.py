"""Save pictures of every page of the portal, in every language, at every width.

Usage: python -m tools.screenshots FOLDER [--base URL] [--language kk] [--width 360]

Without --base a portal with demo data is started for it. Files are named
role/view.language.width.png; signed-in people's folders hold only what citizens cannot see.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import BrowserContext, sync_playwright

from tools.portal_pages import HEIGHT, LANGUAGES, PEOPLE, WIDTHS, chromium, served, sign_in, walk
from tools.system_packages import find


def picture_of_page(context: BrowserContext, url: str, width: int, path: Path) -> None:
    """Save one full page at one width."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(url)
    page.screenshot(path=path, full_page=True)
    page.close()


@contextmanager
def address(given: str | None) -> Iterator[str]:
    """Give the portal's address: the one asked for, or one started for this."""
    if given:
        yield given.rstrip("/")
    else:
        with served() as base:
            yield base


def main(arguments: list[str]) -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--base")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--width", action="append", type=int)
    options = parser.parse_args(arguments)
    executable = find("chromium") or find("chromium-browser")
    if executable is None:
        parser.error("Chromium is not here (Debian: apt-get install chromium)")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    django.setup()
    with address(options.base) as base, sync_playwright() as playwright:
        browser = chromium(playwright, executable)
        public: set[str] = set()
        for person in (None, *PEOPLE):
            context = browser.new_context(reduced_motion="reduce")
            if person:
                sign_in(context, base, person)
            folder = options.folder / (person.role if person else "citizen")
            folder.mkdir(parents=True, exist_ok=True)
            for language in options.language or LANGUAGES:
                pages = walk(context.request, base, language)
                public |= set(pages) if person is None else set()
                for view in sorted(set(pages) - (public if person else set())):
                    for width in options.width or WIDTHS:
                        name = f"{view.replace(':', '.')}.{language}.{width}.png"
                        picture_of_page(context, base + pages[view], width, folder / name)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
