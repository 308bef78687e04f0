"""An approved list as a table somebody sends: one set a row, columns known by their headers."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES

Found = TypeVar("Found")
LARGEST = 1024 * 1024  # bytes
MOST_LINES = 1_000
MOST_MISTAKES = 10  # told at once
COLUMNS = {
    # field: headers it is known by, in small letters
    "number": {"number", "№", "no", "n", "р/с", "п/п", "№ п/п", "нөмірі", "номер"},
    "title_kk": {"title_kk", "атауы", "атауы (қазақша)", "қазақша атауы"},
    "title_ru": {"title_ru", "наименование", "название", "название (по-русски)"},
    "title_en": {"title_en", "title"},
    "frequency": {"frequency", "жиілігі", "периодичность", "частота"},
    "due": {"due", "мерзімі", "срок"},
}
NEEDED = ("title_kk", "title_ru")
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
LONGEST = {"number": 20, "title_kk": 300, "title_ru": 300, "title_en": 300}


class ListUnreadable(ActionRefused):
    sentence = _("The table cannot be taken as it is. Nothing was added.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the list."""

    number: str
    title: Phrase
    frequency: str  # a code of FREQUENCIES; "" when the list says nothing
    due: date | None


def read(content: bytes) -> list[Line]:
    """Read a CSV: UTF-8, or windows-1251 with Kazakh letters; commas, semicolons or tabs.

    Raises ListUnreadable, which names the first rows that cannot be understood.
    """
    if len(content) > LARGEST:
        raise ListUnreadable(gettext("The file is larger than 1 MB."))
    rows = list(islice(_rows(content), MOST_LINES + 2))
    if len(rows) > MOST_LINES + 1:
        raise ListUnreadable(gettext("There are more than %(n)d rows.") % {"n": MOST_LINES})
    if not rows:
        raise ListUnreadable(gettext("The file is empty."))
    places = _places(rows[0][1])
    lines, mistakes = [], []
    for number, cells in rows[1:]:
        try:
            lines.append(_line({name: cells.get(at, "") for name, at in places.items()}))
        except ValueError as mistake:
            mistakes.append(gettext("Row %(n)d: %(why)s") % {"n": number, "why": mistake})
    if mistakes:
        raise ListUnreadable(" ".join(mistakes[:MOST_MISTAKES]))
    if not lines:
        raise ListUnreadable(gettext("There is no row below the header."))
    return lines


def _rows(content: bytes) -> Iterator[tuple[int, dict[int, str]]]:
    """Rows that are not blank, with their numbers in the file."""
    text = _text(content)
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";\t,", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            cells = {at: " ".join(cell.split()) for at, cell in enumerate(row)}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as problem:
        raise ListUnreadable(f"{reader.line_num}: {problem}") from None


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "kz1048"):
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise ListUnreadable(gettext("The letters cannot be read: save the table as UTF-8."))


def _places(header: dict[int, str]) -> dict[str, int]:
    found = {
        name: at
        for at, said in reversed(header.items())
        for name, known in COLUMNS.items()
        if said.casefold() in known
    }
    if missing := [name for name in NEEDED if name not in found]:
        said = {"columns": ", ".join(missing)}
        raise ListUnreadable(gettext("Columns are missing: %(columns)s.") % said)
    return found


def _line(said: dict[str, str]) -> Line:
    """Raises ValueError with the reason."""
    if not said["title_kk"] or not said["title_ru"]:
        raise ValueError(gettext("the title in Kazakh or in Russian is missing."))
    for name, longest in LONGEST.items():
        if len(said.get(name, "")) > longest:
            raise ValueError(gettext("“%(text)s…” is too long.") % {"text": said[name][:30]})
    titles = {code: said.get(f"title_{code}", "") for code in ("kk", "ru", "en")}
    return Line(
        number=said.get("number", ""),
        title=Phrase({code: title for code, title in titles.items() if title}),
        frequency=_known(said.get("frequency", ""), _frequency, _("no such frequency: %s.")),
        due=_known(said["due"], _day, _("no such day: %s.")) if said.get("due") else None,
    )


def _known(said: str, find: Callable[[str], Found | None], why: StrOrPromise) -> Found:
    found = find(said)
    if found is None:
        raise ValueError(str(why) % said[:40])
    return found


def _frequency(said: str) -> str | None:
    """A code, or the words of a form in the reader's language."""
    words = {str(words).casefold(): code for code, words in FREQUENCIES}
    codes = {code for code, _words in FREQUENCIES} | {""}
    return said if said in codes else words.get(said.casefold())


def _day(said: str) -> date | None:
    for written in DAYS:
        try:
            return datetime.strptime(said, written).date()  # noqa: DTZ007  a day, no moment
        except ValueError:
            continue
    return None
