"""A day of updating that nearly all pages of a site tell: it is that of the site, not of a page.

One page does not show whose its last line is; all of them together do. Days of pages are known
when all were read, in whatever order that was.
"""

from collections import Counter
from datetime import date

from aiqyn.subjects.site import Site

FEWEST = 5  # pages that tell the day
MOSTLY = 0.8  # of the pages whose text was looked through


def day_of_site(site: Site) -> date | None:
    """Return the one day of updating nearly all pages tell; None where they differ or tell none."""
    read = [page for page in site.pages if page.traits.content.is_read and not page.is_shell]
    told = Counter(day for page in read if (day := page.traits.freshness.updated))
    day, times = min(told.items(), key=lambda each: (-each[1], each[0]), default=(None, 0))
    return day if times >= max(FEWEST, MOSTLY * len(read)) else None
