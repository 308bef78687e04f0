"""Akoma Ntoso 3: our own documents come back as they were, others as far as they go."""

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from aiqyn.acts import akoma
from aiqyn.acts.model import Act, Kind, Trouble, Unit
from aiqyn.acts.reading.lines import clean
from aiqyn.acts.reading.packages import tree
from aiqyn.acts.structure.openers import plain
from aiqyn.acts.troubles import Unreadable

_LANGUAGES = {code: ours for ours, code in akoma.LANGUAGES.items()}
_BODIES = ("body", "mainBody")
_NOT_WORDS = frozenset({"authorialNote", "meta", "remark"})
_CONTAINERS = frozenset({"container", "blockContainer", "formula", "recitals", "blockList", "item"})


def read(data: bytes, name: str) -> Act:
    """Return the act of a document; raises Unreadable."""
    root = tree(iter([data]), name)
    document = next((each for each in root if _body(each) is not None), None)
    if document is None:
        raise Unreadable(name, Trouble(code="empty", where=""))
    language = _get(document, ".//FRBRExpression/FRBRlanguage", "language")
    troubles = () if language in _LANGUAGES else (Trouble(code="language_unclear", where=""),)
    preface = document.find("preface")
    work = document.find("meta/identification/FRBRWork")
    above, title, below = _cover(preface)
    return Act(
        language=_LANGUAGES.get(language, "ru"),
        title=title,
        units=tuple(_units(document)),
        troubles=troubles,
        number=_get(work, "FRBRnumber", "value"),
        date=_day(_get(work, "FRBRdate[@name='signed']", "date")),
        issuer=_get(document, "meta/references/TLCOrganization[@eId='issuer']", "showAs"),
        kind_of_act=_get(work, "FRBRsubtype", "value"),
        above=above,
        below=below,
        signed=tuple(map(_said, document.iterfind("conclusions//p"))),
    )


def _body(document: Element) -> Element | None:
    return next((found for name in _BODIES if (found := document.find(name)) is not None), None)


def _inside(document: Element) -> list[Element]:
    body = _body(document)
    return [] if body is None else list(body)


def _get(holder: Element | None, path: str, name: str) -> str:
    found = None if holder is None else holder.find(path)
    return "" if found is None else found.get(name, "")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _cover(preface: Element | None) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return what stands over a title, the title, and what stands under it."""
    above: list[str] = []
    below: list[str] = []
    title = ""
    for line in preface.iter("p") if preface is not None else ():
        words = line.find(".//docTitle")
        if words is not None and not title:
            title = _said(words)
        elif _said(line):
            (below if title or line.get("class") == "below" else above).append(_said(line))
    return tuple(above), title, tuple(below)


def _units(document: Element) -> Iterator[Unit]:
    preamble = document.find("preamble")
    if preamble is not None:
        lines = [_said(line) for line in preamble.iter("p")]
        rest = tuple(Unit(kind=Kind.CLAUSE, text=line) for line in lines[1:])
        yield Unit(kind=Kind.PREAMBLE, text=lines[0] if lines else "", children=rest)
    yield from _below(_inside(document))
    for attachment in document.iterfind("attachments/attachment"):
        yield _appendix(attachment)


def _appendix(attachment: Element) -> Unit:
    doc = next((each for each in attachment if _body(each) is not None), attachment)
    preface = doc.find("preface")
    number = None if preface is None else preface.find(".//docNumber")
    lines = [] if preface is None else list(preface.iterfind("p[@class='text']"))
    table = None if preface is None else preface.find("container/table")
    heading = _text(attachment.find("heading")) or _text(doc.find("preface//docTitle"))
    return Unit(
        kind=Kind.APPENDIX,
        number=_number(number),
        marker=_text(number),
        heading=heading,
        text="\n".join(map(_said, lines)),
        rows=_rows(table),
        children=tuple(_below(_inside(doc))),
    )


def _below(holder: Iterable[Element]) -> Iterator[Unit]:
    """Yield the units an element holds; paragraphs and tables of others are units too."""
    for each in holder:
        if each.tag in akoma.KINDS:
            if each.get("name") != "empty":
                yield _unit(each)
        elif each.tag == "table":
            yield Unit(kind=Kind.TABLE, rows=_rows(each))
        elif each.tag in _CONTAINERS or each.tag == "componentRef":
            yield from _below(each)
        elif each.tag in ("p", "wrapUp", "listWrapUp", "block") and _said(each):
            yield Unit(kind=Kind.CLAUSE, text=_said(each))


def _unit(element: Element) -> Unit:
    own = _own(element)
    words = [each for holder in own for each in holder if each.tag != "table"]
    tables = [each for holder in own for each in holder if each.tag == "table"]
    number = element.find("num")
    return Unit(
        kind=_kind(element),
        number=_number(number),
        marker=_text(number),
        heading=_text(element.find("heading")),
        text="\n".join(map(_said, words)),
        rows=_rows(tables[0]) if tables else (),
        children=(
            *(Unit(kind=Kind.TABLE, rows=_rows(each)) for each in tables[1:]),
            *_below(_children(element)),
        ),
    )


def _own(element: Element) -> list[Element]:
    return [each for each in element if each.tag in ("content", "intro")]


def _children(element: Element) -> list[Element]:
    skipped = ("num", "heading", "subheading", "content", "intro")
    return [each for each in element if each.tag not in skipped]


def _kind(element: Element) -> Kind:
    if element.tag == "hcontainer" and element.get("name") in list(Kind):
        return Kind(element.get("name", ""))
    return akoma.KINDS[element.tag]


def _number(element: Element | None) -> str:
    """Return the plain number: as it is told, or out of the printed one."""
    if element is None:
        return ""
    told = element.get("title")
    if told is not None:
        return told
    printed = _said(element).strip(".()").split()
    return plain(next((word.strip(".()") for word in printed if word[:1].isdigit()), ""))


def _text(element: Element | None) -> str:
    return "" if element is None else _said(element)


def _said(element: Element) -> str:
    """Return the words of an element, those of notes left out."""
    return clean("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag in ("eol", "br"):
            yield " "
        elif each.tag not in _NOT_WORDS:
            yield from _pieces(each)
        yield each.tail or ""


def _rows(table: Element | None) -> tuple[tuple[str, ...], ...]:
    rows = table.iter("tr") if table is not None else ()
    return tuple(tuple(_cell(cell) for cell in row if cell.tag in ("td", "th")) for row in rows)


def _cell(cell: Element) -> str:
    words = [_said(each) for each in cell]
    return "\n".join(words) if words else _said(cell)
