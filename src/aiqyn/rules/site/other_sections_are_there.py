"""Sections people look for on an official site are there, beyond those the law names."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules.of_sections import missing
from aiqyn.subjects.completeness import states_of
from aiqyn.subjects.site import Site

SECTIONS = (
    "competence", "vacancies", "procurement", "budget", "statistics", "analysis",
    "open_data", "faq", "reception", "president", "emergency",
)  # fmt: skip


def check(site: Site, *, sections: Sequence[str] = SECTIONS) -> Iterator[Place | Count]:
    absent = tuple(missing(site, sections))
    expected = [code for code in sections if code in states_of(site)]
    yield Count(good=len(expected) - len(absent), of=len(expected))
    yield from absent
