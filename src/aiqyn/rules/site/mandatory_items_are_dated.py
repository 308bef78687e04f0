"""What the law requires to be published says when it was posted or updated."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import place_of, states_found
from aiqyn.subjects.completeness import pages_of
from aiqyn.subjects.site import PageFacts, Site

SECTIONS = (
    "about", "structure", "leaders", "units", "subordinate", "territorial", "competence",
    "legal_acts", "drafts", "appointments", "budget", "plans", "effectiveness", "appeals_review",
)  # fmt: skip


def check(site: Site, *, sections: Sequence[str] = SECTIONS) -> Iterator[Place | Count]:
    read = {
        state: pages
        for state in states_found(site, sections)
        if (pages := [each for each in pages_of(site, state.code) if _is_read(each)])
    }
    if not read:
        raise CannotTell("not_read")
    undated = [state for state, pages in read.items() if not any(map(_is_dated, pages))]
    yield Count(good=len(read) - len(undated), of=len(read))
    for state in undated:
        yield place_of(state, "undated")


def _is_read(page: PageFacts) -> bool:
    return page.traits.content.is_read and not page.is_shell


def _is_dated(page: PageFacts) -> bool:
    return page.traits.freshness.is_posted or page.traits.freshness.is_updated
