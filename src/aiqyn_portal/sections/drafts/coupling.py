"""From two acts to the pairs of paragraphs that are discussed as one."""

from dataclasses import dataclass, field
from typing import Any

from aiqyn.acts.model import Act, Kind, Paragraph, paragraphs
from aiqyn.acts.pairing import pair
from aiqyn.acts.pairing_divergences import Divergence


@dataclass(frozen=True, slots=True)
class Couple:
    """A paragraph in both languages; None where a text lacks it."""

    kk: Paragraph | None
    ru: Paragraph | None
    divergences: list[dict[str, Any]] = field(default_factory=list)

    @property
    def leading(self) -> Paragraph:
        """The Kazakh paragraph, or the Russian one where there is no other."""
        found = self.kk or self.ru
        assert found is not None  # noqa: S101  a couple has at least one of them
        return found


def couples(kk: Act | None, ru: Act | None) -> list[Couple]:
    """Pairs in reading order; a text that is still missing leaves its side empty."""
    if kk is None or ru is None:
        alone = kk or ru
        said = paragraphs(alone) if alone else []
        return [Couple(each if kk else None, each if ru else None) for each in said]
    return [
        Couple(each.kk, each.ru, [_plain(said) for said in each.divergences])
        for each in pair(kk, ru)
    ]


def _plain(divergence: Divergence) -> dict[str, Any]:
    """A divergence as a JSON column keeps it; places are [start, end] in the text."""
    return {
        "code": divergence.code,
        "phrase": dict(divergence.phrase),
        "kk": [[span.start, span.end] for span in divergence.kk],
        "ru": [[span.start, span.end] for span in divergence.ru],
    }


STRUCTURE = {Kind.PART, Kind.SECTION, Kind.SUBSECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.APPENDIX}
