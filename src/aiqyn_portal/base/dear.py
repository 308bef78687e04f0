"""Files that are dear to make: whoever asks has one purse a minute, whatever he spends it on.

A view asks `refusal` just before it makes the file; what lies ready is given for nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override

from aiqyn_portal.base.rates import asker, is_within
from aiqyn_portal.base.views import too_many

PURSE, SECONDS = 120, 60
# the prices are to each other somewhat as the processor time is
TEXT = 1  # lines of CSV, JSON, XML: some 20 ms
SHEET = 2  # a spreadsheet, a text document, a picture: some 70 ms
PAPER = 10  # typeset: most of a second, several for long reports
ARCHIVE = 40  # all that was read: seconds


def refusal(request: HttpRequest, price: int, language: str | None = None) -> HttpResponse | None:
    """Take `price` for one more file; the page that says so where the purse does not hold it.

    `language`: of the file and of that page, where the address has none of its own.
    """
    if is_within("dear", asker(request), most=PURSE, seconds=SECONDS, price=price):
        return None
    with override(language or get_language()):
        return too_many(request, seconds=SECONDS)
