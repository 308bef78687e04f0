"""What the pages show of a version: contents, one part, every paragraph with its signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from aiqyn.acts.model import Kind
from aiqyn_portal.base.drawn import open_place
from aiqyn_portal.sections.drafts.coupling import STRUCTURE
from aiqyn_portal.sections.drafts.models import Paragraph, Version

LANGUAGES = ("kk", "ru")
MOST_DIFFERING = 200  # paragraphs listed before the start
LOOKS = ("both", "kk", "ru")  # ways to read: side by side, or one language


@dataclass(frozen=True)
class Side:
    """One language of a paragraph."""

    language: str
    marker: str
    text: str
    rows: list[list[str]] = field(default_factory=list)  # of a table

    @property
    def is_missing(self) -> bool:
        return not (self.marker or self.text or self.rows)


@dataclass(frozen=True)
class Shown:
    """A paragraph on a page."""

    row: Paragraph
    sides: list[Side]

    @property
    def place(self) -> SafeString:
        """Where the number of its comments stands."""
        return open_place(f"count:{self.row.key}")

    @property
    def is_head(self) -> bool:
        """Whether it is a heading of the structure."""
        return Kind(self.row.kind) in STRUCTURE

    @property
    def has_words(self) -> bool:
        """Whether there is anything to comment on."""
        return bool(self.row.text_kk or self.row.text_ru)

    @property
    def has_changed(self) -> bool:
        """Whether its own page has more to say: how it came to be so."""
        return self.row.fate in ("reworded", "merged", "split")

    @property
    def indent(self) -> int:
        """Steps to the right, no more than a phone can bear."""
        return min(self.row.depth, 4)


@dataclass(frozen=True)
class Reading:
    """One page of a version."""

    version: Version
    part: int
    parts: int
    paragraphs: list[Shown]
    contents: list[dict[str, Any]]

    @property
    def following(self) -> int:
        """Number of the next part; 0 after the last."""
        return self.part + 1 if self.part < self.parts else 0

    @property
    def preceding(self) -> int:
        """Number of the part before; 0 before the first."""
        return self.part - 1


def look_of(query: Mapping[str, str]) -> str:
    """How the reader wants to read."""
    asked = query.get("text", "")
    return asked if asked in LOOKS else "both"


def read_part(version: Version, part: int) -> Reading:
    """One part; a number beyond the last shows the last."""
    lines = version.contents
    parts = max((line["part"] for line in lines), default=1)
    part = min(max(part, 1), parts)
    rows = version.paragraphs.filter(part=part)
    shown = [shown_paragraph(row) for row in rows]
    return Reading(version, part, parts, shown, lines)


def part_of(version: int, key: str) -> int:
    """The part a paragraph stands in; 1 where there is no such paragraph."""
    if not key.isdecimal() or len(key) > 9:
        return 1
    rows = Paragraph.objects.filter(version=version, key=int(key))
    found = rows.values_list("part", flat=True).first()
    return found or 1


def shown_paragraph(row: Paragraph) -> Shown:
    """A paragraph in both languages."""
    return Shown(row, [_side(row, language) for language in LANGUAGES])


def _side(row: Paragraph, language: str) -> Side:
    text = row.text(language)
    marker = row.marker_ru if language == "ru" else row.marker_kk
    if row.kind == Kind.TABLE and "\t" in text:
        return Side(language, marker, "", [line.split("\t") for line in text.split("\n")])
    return Side(language, marker, text)
