"""Findings of an audit on paper: a tagged PDF (PDF/UA-1), laid out by Typst.

The layout is `findings.typ`; here is only what it is told. Page one is for whoever
decides; the rest is for whoever repairs.
"""

import re
from typing import Any

from msgspec.structs import replace

from aiqyn.catalogue import ROOT
from aiqyn.chain import Place
from aiqyn.report.bunches import Bunch, bunches, by_note
from aiqyn.report.comparing import STATUSES
from aiqyn.report.model import (
    BROKEN,
    FACTORS,
    ORDER,
    Account,
    Chapter,
    Entry,
    picture_kind,
    weight,
)
from aiqyn.report.words import said_seen, said_spot, since, word, words
from aiqyn.typesetting import BadPicture, typeset

LAYOUT = ROOT / "report" / "findings.typ"
GOOD, REPAIRS = 6, 8  # on the first page
BUNCHES, EXAMPLES = 8, 4  # of one note; every place is in the other shapes
_LONG = re.compile(r"(\S{24})(?=\S)")


def findings_pdf(account: Account) -> bytes:
    """Return the report as PDF.

    Raises InputError when Typst is not installed.
    """
    data = _on_lines(told(account))
    pictures = {
        name: content
        for sha256, content in account.pictures.items()
        if (name := _name(sha256, content))
    }
    try:
        return typeset(LAYOUT, data, pictures)
    except BadPicture:
        return typeset(LAYOUT, _on_lines(told(replace(account, pictures={}))))


def _name(sha256: str, content: bytes) -> str:
    """The file of a picture; "" for what is none."""
    kind = picture_kind(content)
    return f"{sha256}.{kind}" if kind else ""


def told(account: Account) -> dict[str, Any]:
    """Everything the layout shows."""
    language = account.language
    groups = [group for group in ORDER if account.of_group(group)]
    lost = word("not_found", language)
    return {
        "language": language,
        "title": word("title", language),
        "site": account.report.start,
        "words": {key: word(key, language) for key in words()},
        "score": account.score,
        "facts": [
            {"key": key, "name": word(key, language), "value": value}
            for key, value in (account.facts | account.origins).items()
        ],
        "remarks": account.remarks,
        "changes": _changes(account),
        "lists": [
            key
            for key, found in (("good", account.good), ("first", account.repairs))
            if found or not account.is_part
        ],
        "good": [_short(entry, language) for entry in account.good[:GOOD]],
        "good_more": _further(len(account.good) - GOOD, language),
        "first": [_short(entry, language) for entry in account.repairs[:REPAIRS]],
        "first_more": [
            _further(len(account.repairs) - shown, language) for shown in range(REPAIRS + 1)
        ],
        "groups": [word(group, language) for group in groups],
        "families": [
            {"title": each.title, "counts": [each.count[group] for group in groups]}
            for each in account.chapters
        ],
        "factors": [word(factor, language) for factor in (*FACTORS, "newest")],
        "sections": [
            [each.title, *each.factors, each.share, each.newest if each.address else lost]
            for each in account.sections
        ],
        "chapters": [_chapter(each, account) for each in account.chapters],
    }


def _changes(account: Account) -> dict[str, Any] | None:
    changes, language = account.changes, account.language
    if changes is None:
        return None
    rows = []
    for status in STATUSES:
        codes = [each.rule for each in changes.of(status)]
        if codes:
            rows.append({"name": word(status, language), "count": len(codes), "codes": codes})
    return {"title": since(changes.earlier, language), "rows": rows}


def _further(hidden: int, language: str) -> str:
    return word("further", language).format(hidden) if hidden > 0 else ""


def _short(entry: Entry, language: str) -> dict[str, Any]:
    return {
        "code": entry.finding.rule,
        "title": entry.title,
        "remedy": entry.remedy,
        "status": word(entry.group, language),
        "tail": " · ".join(weight(entry, language)),
    }


def _chapter(chapter: Chapter, account: Account) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "entries": [_told_once(entry, others, account) for entry, *others in chapter.told],
    }


def _told_once(entry: Entry, others: list[Entry], account: Account) -> dict[str, Any]:
    """One requirement; with `others` that were left open for the same reason, if there are any."""
    alike = [each.finding.rule + ". " + each.title for each in (entry, *others) if others]
    return {**_entry(entry, account), "alike": alike}


def _entry(entry: Entry, account: Account) -> dict[str, Any]:
    finding, language = entry.finding, account.language
    count = finding.count
    counted = f"{count.good}/{count.of} {word('good_of', language)}" if count else ""
    noted = by_note(finding.places, entry.beside)
    return {
        **_short(entry, language),
        "group": entry.group,
        "brief": entry.group in ("passed", "inapplicable"),
        "counted": counted,
        "note": entry.note,
        "notes": [_noted(note, bunches(places), account) for note, places in noted.items()],
        "more": _further(finding.more, language),
        "fix": entry.fix if entry.group in BROKEN else "",
        "asks": entry.group == "question",
        "clause": entry.clause,
    }


def _noted(note: str, found: list[Bunch], account: Account) -> dict[str, Any]:
    shown = [_bunch(each, account) for each in found[:BUNCHES]]
    hidden = sum(len(each.places) for each in found[BUNCHES:])
    if hidden:
        last = {"prefix": "", "count": hidden, "places": []}
        shown.append({**last, "more": _further(hidden, account.language)})
    return {"note": note, "bunches": shown}


def _bunch(bunch: Bunch, account: Account) -> dict[str, Any]:
    return {
        "prefix": bunch.prefix,
        "count": len(bunch.places),
        "places": [_place(place, account) for place in bunch.places[:EXAMPLES]],
        "more": _further(len(bunch.places) - EXAMPLES, account.language),
    }


def _place(place: Place, account: Account) -> dict[str, Any]:
    where = said_spot(place.where, account.language)
    return {
        "address": place.address,
        "where": _breakable(where),
        "saw": _breakable(said_seen(place, account.language)),
        "picture": _name(place.picture, account.pictures.get(place.picture, b"")),
        "alt": f"{word('picture', account.language)}: {place.saw or where}",
    }


def _breakable(text: str) -> str:
    """Let what has no spaces be broken at the end of a line."""
    return _LONG.sub("\\1\u200b", text)


def _on_lines(value: Any) -> Any:
    """Return what is told with every text on one line."""
    if isinstance(value, str):
        return value.replace("\n", " ")
    if isinstance(value, dict):
        return {key: _on_lines(each) for key, each in value.items()}
    return [_on_lines(each) for each in value] if isinstance(value, list) else value
