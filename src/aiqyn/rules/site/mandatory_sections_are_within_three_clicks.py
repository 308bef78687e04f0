"""Every section the act asks for is there, at most three clicks from the first page."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import need_first_page, title_of
from aiqyn.subjects.completeness import states_of
from aiqyn.subjects.sections import sections as known
from aiqyn.subjects.site import Site

DEFAULT = (
    "structure", "units", "leaders", "contacts", "news", "legal_acts", "subordinate", "territorial",
)  # fmt: skip


def check(
    site: Site, *, sections: Sequence[str] = DEFAULT, clicks: int = 3
) -> Iterator[Place | Count]:
    first = need_first_page(site)
    states = states_of(site)
    codes = [code for code in sections if code in states and _is_asked_of(site, code)]
    asked = [states[code] for code in codes]
    near = {each.code for each in asked if each.clicks is not None and each.clicks <= clicks}
    missing = [each for each in asked if each.code not in near]
    if missing and site.was_cut:
        raise CannotTell("cut")
    yield Count(good=len(near), of=len(asked))
    for state in missing:
        yield Place(
            where=state.code,
            saw=title_of(state.code, first.language or first.written or ""),
            address=first.address,
            evidence=first.sha256,
            note="too_far" if state.is_found else "missing",
        )


def _is_asked_of(site: Site, code: str) -> bool:
    """What only some kinds of body have is asked of nobody whose kind is unknown."""
    return bool(site.about.kind) or not known()[code].kinds
