"""Have a crawl judge what it fetches, in its worker. Whoever only waits for it loads no rules."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from aiqyn.fetch.reading import Reading

if TYPE_CHECKING:
    from aiqyn.subjects.site import About


def live_reading(folder: str, regulation: str, day: date, about: "About | None" = None) -> Reading:
    """Return what `fetch.crawl.crawl` needs to judge pages in its worker; see `audit.report_of`.

    The crawl is kept in `folder`; judged is by the edition of `regulation` in force on `day`,
    as the site of whom `about` describes.
    """
    whose = "{}" if about is None else msgspec.json.encode(about).decode()
    return Reading("aiqyn.audit:LiveReader", (folder, regulation, day.isoformat(), whose))
