"""What a file tells of itself, as the first words of a passport."""

import re
from collections.abc import Collection
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from aiqyn.datastore import largest_table, page
from aiqyn.datastore.paging import MOST_ROWS
from aiqyn.subjects.datafile.model import Column, Table
from aiqyn.subjects.personal_columns import says
from aiqyn_portal.sections.open_data import covering, tables
from aiqyn_portal.sections.open_data.models import File, Version
from aiqyn_portal.sections.open_data.nouns import as_data_file

KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
KATO = re.compile(r"\d{9}")
NAMED_KATO = re.compile(r"като|kato|әаож", re.IGNORECASE)
MOST_PLACES = 20


def guesses(version: Version) -> dict[str, Any]:
    """Initial values of the passport's form by field; nothing that the files do not say.

    A passport is published: nothing that stands for a person goes into it unasked.
    """
    file = version.files.filter(state=File.State.READ).order_by("-rows", "pk").first()
    told = as_data_file(file) if file else None
    if file is None or told is None:
        return {}
    table = largest_table(told)
    columns = table.columns if table else ()
    words = " ".join(table.header) if table else "", file.name
    values = " ".join(value for each in columns for value, _ in each.top)
    title = title_of(file.name)
    said: dict[str, Any] = {}
    if covering.masked(file.name) == file.name and covering.masked(title) == title:
        said[f"title_{language_of(*words)}"] = title
    said["languages"] = [language_of(*words, values)] if columns else []
    hidden = _hidden(file, table)
    days = [day for each in columns if each.number not in hidden for day in _days(each)]
    if days:
        said |= {"since": min(days), "until": max(days)}
    if places := _places(file, hidden):
        said["places"] = " ".join(places)
    return said


def title_of(name: str) -> str:
    """A file's name as words: "Мектеп-саны_2026.csv" → "Мектеп саны 2026"."""
    words = " ".join(re.split(r"[\s_.-]+", PurePosixPath(name).stem)).strip()
    return words[:1].upper() + words[1:]


def language_of(*texts: str) -> str:
    """The language of the first text that tells: of its letters; "en" where none does."""
    for text in texts:
        if KAZAKH.search(text):
            return "kk"
        if CYRILLIC.search(text):
            return "ru"
    return "en"


def _hidden(file: File, table: Table | None) -> set[int]:
    """Numbers of columns that tell of people: days of birth, and what is covered while held."""
    names = {each.number: each.name for each in file.dictionary.order_by("number")}
    hold = covering.stands(file)
    covered = covering.named(hold, table, list(names.values())) if hold else set()
    return {number for number, name in names.items() if name in covered or says(name, "born")}


def _days(column: Column) -> list[date]:
    if column.kind not in ("date", "moment"):
        return []
    found = []
    for said in (column.least, column.greatest):
        try:
            found.append(date.fromisoformat(said[:10]))
        except ValueError:
            continue
    return found


def _places(file: File, hidden: Collection[int]) -> list[str]:
    """KATO codes of the first column named after them; none where they are too many to list."""
    columns = [each for each in file.dictionary.all() if each.number not in hidden]
    named = [each.name for each in columns if NAMED_KATO.search(each.name)]
    if not named or not file.has_table:
        return []
    rows = page(tables.plain_file(file.table_sha256), columns=named[:1], limit=MOST_ROWS).rows
    codes = dict.fromkeys(str(value) for (value,) in rows if KATO.fullmatch(str(value)))
    return list(codes) if len(codes) <= MOST_PLACES else []
