"""What a file tells of itself, as the first words of a passport."""

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from aiqyn.datastore import largest_table
from aiqyn.subjects.datafile.model import Column, DataFile
from aiqyn_portal.sections.open_data.models import File, Version
from aiqyn_portal.sections.open_data.nouns import as_data_file

KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
KATO = re.compile(r"\d{9}")
MOST_PLACES = 20


def guesses(version: Version) -> dict[str, Any]:
    """Initial values of the passport's form by field; nothing that the files do not say."""
    file = version.files.filter(state=File.State.READ).order_by("-rows", "pk").first()
    told = as_data_file(file) if file else None
    if file is None or told is None:
        return {}
    language = language_of(told)
    said: dict[str, Any] = {f"title_{language}": title_of(file.name)}
    table = largest_table(told)
    columns = table.columns if table else ()
    said["languages"] = [language] if columns else []
    days = [day for each in columns for day in _days(each)]
    if days:
        said |= {"since": min(days), "until": max(days)}
    if places := [place for each in columns for place in _places(each)]:
        said["places"] = " ".join(dict.fromkeys(places[:MOST_PLACES]))
    return said


def title_of(name: str) -> str:
    """A file's name as words: "Мектеп-саны_2026.csv" → "Мектеп саны 2026"."""
    words = " ".join(re.split(r"[\s_.-]+", PurePosixPath(name).stem)).strip()
    return words[:1].upper() + words[1:]


def language_of(file: DataFile) -> str:
    """The language of the names of columns, and of the file where they say nothing."""
    table = largest_table(file)
    words = " ".join(table.header) if table else ""
    for text in (words, file.name):
        if KAZAKH.search(text):
            return "kk"
        if CYRILLIC.search(text):
            return "ru"
    return "en"


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


def _places(column: Column) -> list[str]:
    """KATO codes among the frequent values of a column that is named after them."""
    if not re.search(r"кат?о|kato|әаож", column.name, re.IGNORECASE):
        return []
    return [value for value, _ in column.top if KATO.fullmatch(value)]
