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
    """A section that may be there under no name counts neither way."""
    states = states_of(site)
    good = sum(states[code].is_found for code in sections if code in states)
    wrong = 0
    for place in missing(site, sections):
        wrong += 1
        yield place
    yield Count(good=good, of=good + wrong)
