"""How many dates are read right, and how fast, beside htmldate and dateparser.

    uv run --with htmldate --with dateparser python -m bench.dates

The texts are `tests/aiqyn/samples/dates/held_out.yaml`, in Kazakh, Russian and English. A tool
that gives one date for a page is right when it is one of those written, or none where none is.
Peers that are not installed are left out. CPU time, medians of RUNS.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from aiqyn.subjects import dates, periods
from aiqyn.subjects.page import Page
from bench.crawl_site import Pages
from bench.machine import facts, keep

RUNS = 5
PAGES = 60
SAMPLE = Path("tests/aiqyn/samples/dates/held_out.yaml")
Reader = Callable[[str], list[date]]


def readers() -> dict[str, Reader]:
    """Return what reads the dates of a text, by name: ours, and the peers that are here."""
    found: dict[str, Reader] = {"aiqyn": lambda text: [day for _, day in dates.find(text)]}
    if find_spec("htmldate"):
        find_date = import_module("htmldate").find_date

        def by_htmldate(text: str) -> list[date]:
            page = f"<html><body><main><p>{text}</p></main></body></html>"
            day = find_date(page, extensive_search=True, original_date=True)
            return [date.fromisoformat(day)] if day else []

        found["htmldate, extensive"] = by_htmldate
    if find_spec("dateparser"):
        search_dates = import_module("dateparser.search").search_dates

        def by_dateparser(text: str) -> list[date]:
            languages = ["ru", "en", "kk"]
            strict: Any = {"STRICT_PARSING": True}
            try:
                seen = search_dates(text, languages=languages, settings=strict)
            except ValueError:  # it does not know Kazakh
                seen = search_dates(text, languages=languages[:2], settings=strict)
            return [when.date() for _, when in seen or ()]

        found["dateparser search"] = by_dateparser
    return found


def is_right(got: list[date], days: list[date], *, is_ours: bool) -> bool:
    """Ours must give every date in order; a peer, any of them and no other."""
    if is_ours or not days:
        return got == days
    return bool(got) and set(got) <= set(days)


def share(read: Reader, rows: list[dict[str, Any]], *, is_ours: bool) -> str:
    right = sum(is_right(read(row["text"]), row["days"], is_ours=is_ours) for row in rows)
    return f"{right}/{len(rows)} ({100 * right / len(rows):.0f} %)"


def per_page(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return CPU milliseconds per text, the median of RUNS."""
    given, runs = list(texts), []
    for text in given[:3]:
        work(text)
    for _ in range(RUNS):
        begun = time.process_time()
        for text in given:
            work(text)
        runs.append((time.process_time() - begun) / len(given) * 1_000)
    return statistics.median(runs)


def pages() -> list[str]:
    """Return pages of 52 KB in three languages, as the crawl's benchmark has them."""
    found = []
    for language in ("kk", "ru", "en"):
        site = Pages(language, 400, random.Random(7))
        found += [site.text_of(f"/{language}/news/{number}.html") for number in range(PAGES // 3)]
    return found


def main() -> None:
    rows = yaml.safe_load(SAMPLE.read_text("utf-8"))
    known = readers()
    lines = ["# Dates in Kazakh, Russian and English", "", facts("selectolax"), ""]
    lines += [
        "Held-out texts read right:",
        "",
        "| | kk | ru | en | ms a text |",
        "|---|---:|---:|---:|---:|",
    ]
    texts = [row["text"] for each in rows.values() for row in each]
    for name, read in known.items():
        shares = [share(read, rows[code], is_ours=name == "aiqyn") for code in ("kk", "ru", "en")]
        lines.append(f"| {name} | {' | '.join(shares)} | {per_page(read, texts):.3f} |")
    parsed = [Page(html.encode()) for html in pages()]
    bodies = [page.main_text for page in parsed]
    lines += ["", f"CPU milliseconds a page, {len(bodies)} pages of 52 KB:", ""]
    lines += ["| | ms |", "|---|---:|"]
    begun = per_page(lambda text: list(dates.find(text)), [page.beginning for page in parsed])
    lines.append(f"| aiqyn, dates of the beginning (what every page costs) | {begun:.3f} |")
    whole = per_page(lambda text: list(dates.find(text)), bodies)
    lines.append(f"| aiqyn, dates of the whole main text | {whole:.3f} |")
    spans = per_page(lambda text: list(periods.find(text)), bodies)
    lines.append(f"| aiqyn, periods of the whole main text (pages of sections) | {spans:.3f} |")
    if "htmldate, extensive" in known:
        find_date = import_module("htmldate").find_date

        slow = per_page(lambda html: find_date(html, extensive_search=True), pages()[:12])
        fast = per_page(lambda html: find_date(html, extensive_search=False), pages()[:12])
        lines.append(f"| htmldate, extensive, parsing included | {slow:.3f} |")
        lines.append(f"| htmldate, fast, parsing included | {fast:.3f} |")
    keep("dates", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
