"""What the law requires to be published says when it was posted and when it was updated."""

from collections.abc import Iterator, Sequence
from datetime import date

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import places_in, states_found
from aiqyn.subjects.completeness import SectionState, VersionState, pages_by_version
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.stamps import day_of_site
from aiqyn.subjects.traits.freshness import Freshness

SECTIONS = (
    "about", "structure", "leaders", "units", "subordinate", "territorial", "competence",
    "legal_acts", "drafts", "appointments", "budget", "plans", "effectiveness", "appeals_review",
)  # fmt: skip


def check(
    site: Site, *, sections: Sequence[str] = SECTIONS, days: Sequence[str] = ("posted", "updated")
) -> Iterator[Place | Count]:
    """Each version of a section is asked: a day on its Russian page tells nobody who reads Kazakh.

    The day of posting is always due; that of updating only of what was changed since. That it
    was is known where it tells of a period that ended later: then a person is asked.
    """
    asked, day = 0, day_of_site(site)
    lacking: list[tuple[str, SectionState, list[VersionState]]] = []
    for state in states_found(site, sections):
        read = [
            (told, facts)
            for told, shown in zip(state.told, pages_by_version(site, state.code), strict=False)
            if (facts := [page.traits.freshness for page in shown.pages if _is_read(page)])
        ]
        asked += len(read)
        for note in ("undated", "unposted", "changed"):
            versions = [told for told, facts in read if _lacks(facts, days, day) == note]
            lacking += [(note, state, versions)] if versions else []
    if not asked:
        raise CannotTell("not_read")
    wrong = [each for each in lacking if each[0] != "changed"]
    if lacking and not wrong:
        for _, state, versions in lacking:
            yield from places_in(state, versions, "")
        raise CannotTell("changed")
    yield Count(good=asked - sum(len(versions) for _, _, versions in wrong), of=asked)
    for note, state, versions in wrong:
        yield from places_in(state, versions, note)


def _lacks(read: Sequence[Freshness], days: Sequence[str], of_site: date | None) -> str:
    """Return what the pages of a version lack of the days asked for; "" for nothing.

    The day `of_site` updates no page: what changed since it was posted is asked about.
    """
    is_posted = any(each.is_posted for each in read)
    told = [each for each in read if each.is_updated]
    if not is_posted and not told:
        return "undated"
    if not is_posted and "posted" in days:
        return "unposted"
    is_updated = any(each.updated is None or each.updated != of_site for each in told)
    is_changed = any(each.tells_later for each in read)
    return "changed" if is_changed and not is_updated and "updated" in days else ""


def _is_read(page: PageFacts) -> bool:
    return page.traits.content.is_read and not page.is_shell
