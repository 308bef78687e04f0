"""The nouns: an act, its units, and the paragraphs people comment on."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a unit of an act is; in brackets its Kazakh and Russian name."""

    PREAMBLE = "preamble"  # (кіріспе, преамбула): what stands before the first numbered unit
    PART = "part"  # (бөлік as «жалпы бөлік», часть as «общая часть») of a code
    SECTION = "section"  # (бөлім, раздел)
    SUBSECTION = "subsection"  # (кіші бөлім, подраздел)
    CHAPTER = "chapter"  # (тарау, глава)
    SUBCHAPTER = "subchapter"  # (параграф, параграф)
    ARTICLE = "article"  # (бап, статья)
    POINT = "point"  # (тармақ, пункт)
    SUBPOINT = "subpoint"  # (тармақша, подпункт)
    CLAUSE = "clause"  # (бөлік, абзац, часть): a paragraph without a number
    APPENDIX = "appendix"  # (қосымша, приложение)
    TABLE = "table"
    NOTE = "note"  # (ескертпе, примечание)


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an act.

    `text` is the unit's own words without its number and without its children; words that
    stand after the children are a CLAUSE of their own.
    """

    kind: Kind
    number: str = ""  # as printed, without brackets and full stop: "12", "12-1", "II", "3"
    heading: str = ""
    text: str = ""
    children: tuple["Unit", ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # of a table
    marker: str = ""  # the number as written, with its word: "12-1-бап.", "3)", "Глава 2."


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One text of an act in one language."""

    language: str  # "kk" or "ru"
    title: str
    units: tuple[Unit, ...]
    troubles: tuple["Trouble", ...] = ()
    number: str = ""  # "215", "84-VI"; "" where it is not given yet
    date: dt.date | None = None  # of signing
    issuer: str = ""  # as printed, in the case it is printed in
    kind_of_act: str = ""  # a code of `types.yaml`
    above: tuple[str, ...] = ()  # lines over the title: «Жоба», the word «БҰЙРЫҚ», a stamp
    below: tuple[str, ...] = ()  # lines under the title: issuer, date, registration
    signed: tuple[str, ...] = ()  # lines of the signature, and of those who agreed


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read with certainty, and where."""

    code: str  # of `troubles.yaml`
    where: str  # eId, or the number of the paragraph in the file: "¶ 42"
    saw: str = ""


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """The smallest piece people comment on: one unit's own words."""

    eid: str  # Akoma Ntoso's: "chp_2__art_5__point_3"; unique within the act
    kind: Kind
    number: str
    text: str  # heading and words; a table's cells joined by tabs and line breaks
    depth: int = 0
    marker: str = ""


_SHORT = {
    Kind.PREAMBLE: "preamble",
    Kind.PART: "part",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.CHAPTER: "chp",
    Kind.SUBCHAPTER: "subchp",
    Kind.ARTICLE: "art",
    Kind.POINT: "point",
    Kind.SUBPOINT: "subpoint",
    Kind.CLAUSE: "al",
    Kind.APPENDIX: "att",
    Kind.TABLE: "table",
    Kind.NOTE: "note",
}


def paragraphs(act: Act) -> list[Paragraph]:
    """Return the commentable pieces of an act in reading order."""
    return list(_walk(act.units, "", 0))


def _walk(units: tuple[Unit, ...], above: str, depth: int) -> Iterator[Paragraph]:
    for unit, eid in named(units, above):
        yield Paragraph(
            eid=eid,
            kind=unit.kind,
            number=unit.number,
            text=_words(unit),
            depth=depth,
            marker=unit.marker,
        )
        yield from _walk(unit.children, eid, depth + 1)


def named(units: tuple[Unit, ...], above: str = "") -> Iterator[tuple[Unit, str]]:
    """Yield (unit, its eId) of the units below `above`: by number, by place where it has none."""
    taken: dict[str, int] = {}
    for unit in units:
        short = _SHORT[unit.kind]
        number = unit.number.replace(" ", "") or str(taken.get(short, 0) + 1)
        taken[short] = taken.get(short, 0) + 1
        name = f"{short}_{number}"
        taken[name] = taken.get(name, 0) + 1
        once_more = f"-{taken[name]}" if taken[name] > 1 else ""  # a number printed twice
        yield unit, f"{above}__{name}{once_more}" if above else f"{name}{once_more}"


def _words(unit: Unit) -> str:
    rows = "\n".join("\t".join(cells) for cells in unit.rows)
    return "\n".join(said for said in (unit.heading, unit.text, rows) if said)
