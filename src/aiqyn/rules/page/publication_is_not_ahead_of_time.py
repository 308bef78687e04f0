"""The day of publication a page gives had come when we saw the page."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects import dates
from aiqyn.subjects.page import Page

A_DAY = timedelta(days=1)  # it may be tomorrow already where the page was written
LABEL = 40  # characters before a date in which its label stands
MOST = 20  # elements named after a date that are looked at
_NAMED = "h1 ~ [class*=pub i], h1 ~ [class*=posted i], h1 ~ [class*=date i]:not([class*=event i])"
_LABEL = re.compile(
    r"жариялан\w*|орналастырыл\w*|опубликован\w*|публикаци\w*|размещен\w*|posted|published",
    re.IGNORECASE,
)


def check(page: Page) -> Iterator[Place]:
    published = page.published
    if published is None:
        raise Inapplicable
    latest = page.evidence.taken_at.date() + A_DAY
    # A later day in the text may be that of an event: only a label says otherwise.
    if published.day > latest and (published.source == "meta" or _is_labelled(page, published.day)):
        yield Place(where="body", saw=published.day.isoformat(), note="ahead")


def _is_labelled(page: Page, day: date) -> bool:
    """By a word before the date, or by the name of the element it stands in alone."""
    text = page.beginning
    named = [node.text() for node in page.select(_NAMED)[:MOST]]
    if any(len(each) < LABEL and dates.of_machine(each.strip()) == day for each in named):
        return True
    return any(
        found == day and _LABEL.search(text[max(0, start - LABEL) : start])
        for start, found in dates.find(text)
    )
