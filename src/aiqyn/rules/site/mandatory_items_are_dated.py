"""What the law requires to be published says when it was posted or updated."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import places_in, states_found
from aiqyn.subjects.completeness import pages_by_version
from aiqyn.subjects.site import PageFacts, Site

SECTIONS = (
    "about", "structure", "leaders", "units", "subordinate", "territorial", "competence",
    "legal_acts", "drafts", "appointments", "budget", "plans", "effectiveness", "appeals_review",
)  # fmt: skip


def check(site: Site, *, sections: Sequence[str] = SECTIONS) -> Iterator[Place | Count]:
    """Each version of a section is asked: a day on its Russian page tells nobody who reads Kazakh.

    Whether both days are there is not asked: of what was posted and never changed there is one.
    """
    asked, undated = 0, []
    for state in states_found(site, sections):
        versions = [
            (told, pages)
            for told, shown in zip(state.told, pages_by_version(site, state.code), strict=False)
            if (pages := [each for each in shown.pages if _is_read(each)])
        ]
        asked += len(versions)
        lacking = [told for told, pages in versions if not any(map(_is_dated, pages))]
        undated.append((state, lacking))
    if not asked:
        raise CannotTell("not_read")
    yield Count(good=asked - sum(len(lacking) for _, lacking in undated), of=asked)
    for state, lacking in undated:
        yield from places_in(state, lacking, "undated")


def _is_read(page: PageFacts) -> bool:
    return page.traits.content.is_read and not page.is_shell


def _is_dated(page: PageFacts) -> bool:
    return page.traits.freshness.is_posted or page.traits.freshness.is_updated
