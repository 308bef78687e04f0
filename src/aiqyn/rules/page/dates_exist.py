"""The dates a page names are days of the calendar: there is no 31.02.2026."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects import dates
from aiqyn.subjects.page import Page

# A 29th or later of a short month: few pages name one, and only those are read closely.
_SUSPECT = re.compile(
    r"[23](?:(?<=2)9|(?<=3)\d)[\s.»\"-]{1,2}"
    r"(?:0?[2469]\.|11\.|[аa][қк]п|с[әа]у|мау|[қк]ыр|[қк]ар|фев|апр|июн|сен|ноя|feb|apr|jun|sep|nov)",
    re.IGNORECASE,
)


def check(page: Page) -> Iterator[Place]:
    if not page.beginning:
        raise Inapplicable
    text = page.beginning
    if not ("3" in text or "29" in text) or not _SUSPECT.search(text):
        return
    for start, end, day in dates.written(text):
        if day is None:
            yield Place(where="body", saw=text[start:end], note="impossible")
