"""Sections of the site hold what their name promises."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules.of_sections import lacks, states_found
from aiqyn.subjects.site import Site

SECTIONS = (
    "structure", "units", "subordinate", "territorial", "legal_acts", "appointments", "vacancies",
    "procurement", "budget", "analysis", "services", "appeals", "open_data", "faq", "president",
)  # fmt: skip
NEEDS = (
    "units", "items", "telephone", "act", "appointed", "requirements", "purchase", "table",
    "civil_budget", "execution", "procedure", "questions", "tasks", "person",
)  # fmt: skip


def check(
    site: Site, *, sections: Sequence[str] = SECTIONS, needs: Sequence[str] = NEEDS
) -> Iterator[Place | Count]:
    states = states_found(site, sections)
    lacking = set()
    for place in lacks(site, states, needs):
        lacking.add(place.where)
        yield place
    yield Count(good=len(states) - len(lacking), of=len(states))
