"""What has changed between two versions of a draft, paragraph by paragraph."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiqyn.acts.redline import Run, compare
from aiqyn_portal.sections.drafts.models import Paragraph, Version

PER_PAGE = 100  # paragraphs


@dataclass(frozen=True)
class Line:
    """A paragraph as it was and as it is; one of them may be missing."""

    old: Paragraph | None
    new: Paragraph | None
    language: str

    @property
    def old_text(self) -> str:
        return said(self.old, self.language)

    @property
    def new_text(self) -> str:
        return said(self.new, self.language)

    @property
    def key(self) -> int:
        row = self.new or self.old
        assert row is not None  # noqa: S101  one of them is there
        return row.key

    @property
    def is_changed(self) -> bool:
        """Whether a reader sees a difference: other words, another number, another place."""
        return self.old_text != self.new_text or self.is_moved

    @property
    def is_moved(self) -> bool:
        return self.new is not None and self.new.fate == "moved"

    @property
    def what(self) -> str:
        """added, removed, changed, renumbered, moved or same."""
        if self.old is None or not self.old_text:
            return "added"
        if self.new is None or not self.new_text:
            return "removed"
        if self.old.text(self.language) != self.new.text(self.language):
            return "changed"
        if self.old_text != self.new_text:
            return "renumbered"
        return "moved" if self.is_moved else "same"

    @property
    def runs(self) -> tuple[Run, ...]:
        """The words kept, removed and added."""
        return compare(self.old_text, self.new_text)


def said(row: Paragraph | None, language: str) -> str:
    """Marker and words of a paragraph in a language."""
    if row is None:
        return ""
    marker = row.marker_ru if language == "ru" else row.marker_kk
    return f"{marker} {row.text(language)}".strip()


def lines(before: Version, after: Version, language: str) -> list[Line]:
    """Both versions in one reading order: what is gone stands where it stood."""
    old = {row.key: row for row in before.paragraphs.all()}
    new = list(after.paragraphs.all())
    kept = {row.key for row in new}
    gone_after = _gone_after(list(old.values()), kept)
    found = [Line(row, None, language) for row in gone_after.get(0, [])]
    for row in new:
        found.append(Line(old.get(row.key), row, language))
        found += [Line(lost, None, language) for lost in gone_after.get(row.key, [])]
    return [line for line in found if line.old_text or line.new_text]


def _gone_after(old: Iterable[Paragraph], kept: set[int]) -> dict[int, list[Paragraph]]:
    """Key of the last paragraph that lives on → those behind it that do not; 0: at the start."""
    last, found = 0, dict[int, list[Paragraph]]()
    for row in old:
        if row.key in kept:
            last = row.key
        else:
            found.setdefault(last, []).append(row)
    return found


@dataclass(frozen=True)
class Change:
    """What one version made of a paragraph."""

    number: int  # of the version
    fate: str
    runs: dict[str, tuple[Run, ...]]  # language → words kept, removed and added


def history(rows: Iterable[Paragraph]) -> list[Change]:
    """How a paragraph came to be, version by version; nothing for those that left it alone."""
    found: list[Change] = []
    before: Paragraph | None = None
    for row in rows:
        if before is not None:
            runs = {
                language: compare(said(before, language), said(row, language))
                for language in ("kk", "ru")
                if said(before, language) != said(row, language)
            }
            if runs:
                found.append(Change(row.version.number, row.fate, runs))
        before = row
    return found
