"""The search of an example site: the pages of one language whose text holds every word asked for.

A page that shows results has `<!-- results -->` where they go and `<!-- none: … -->`, the
sentence shown when there are none.
"""

import re
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

RESULTS = "<!-- results -->"
_NONE = re.compile(r"<!-- none: (.*?) -->")


def with_results(page: Path, root: Path, words: str) -> bytes:
    """Return the search page with links to the other pages that hold all `words`."""
    html = page.read_text("utf-8")
    none = _NONE.search(html)
    own = f"/{page.parent.relative_to(root).as_posix()}/"
    folder = page.relative_to(root).parts[0]
    found = [pair for pair in pages_with(root, folder, words) if pair[0] != own]
    items = "".join(f'<li><a href="{address}">{escape(title)}</a></li>' for address, title in found)
    answer = f'<ul class="entries">{items}</ul>' if found else f"<p>{none[1] if none else ''}</p>"
    return html.replace(RESULTS, answer).encode()


def pages_with(root: Path, folder: str, words: str) -> list[tuple[str, str]]:
    """Return (address, title) of the pages below `folder`, words in the title first."""
    asked = words.casefold().split()
    found: list[tuple[bool, str, str]] = []
    for path in sorted((root / folder).rglob("index.html")):
        title, text = _texts(path)
        if asked and all(word in text for word in asked):
            in_title = all(word in title.casefold() for word in asked)
            found.append((not in_title, f"/{path.parent.relative_to(root).as_posix()}/", title))
    return [(address, title) for _, address, title in sorted(found)]


def _texts(path: Path) -> tuple[str, str]:
    """Return the main heading and the case-folded main text."""
    tree = LexborHTMLParser(path.read_bytes())
    heading, main = tree.css_first("h1"), tree.css_first("main")
    title = " ".join(heading.text().split()) if heading else ""
    return title, " ".join((main.text(separator=" ") if main else "").split()).casefold()
