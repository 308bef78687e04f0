"""The sections the act asks for are there, and every section is at most three clicks away."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules.of_sections import need_first_page, title_of, unless_unnamed
from aiqyn.subjects.completeness import SectionState, states_of
from aiqyn.subjects.sections import sections as known
from aiqyn.subjects.site import PageFacts, Site

DEFAULT = (
    "structure", "units", "leaders", "contacts", "news", "legal_acts", "subordinate", "territorial",
)  # fmt: skip


def check(
    site: Site, *, sections: Sequence[str] = DEFAULT, clicks: int = 3, every: bool = True
) -> Iterator[Place | Count]:
    """With `every`, other sections are asked to be as near too, where the site has them."""
    first = need_first_page(site)
    states = states_of(site)
    asked = [states[code] for code in sections if code in states and _is_asked_of(site, code)]
    near = {each.code for each in asked if each.clicks is not None and each.clicks <= clicks}
    wrong = [each for each in asked if each.code not in near]
    wrong += [
        state
        for code, state in states.items()
        if every and code not in sections and (state.clicks or 0) > clicks and site.pages_of(code)
    ]
    told = 0
    for place in unless_unnamed(site, [_place(each, first) for each in wrong]):
        told += 1
        yield place
    yield Count(good=len(near), of=len(near) + told)


def _place(state: SectionState, first: PageFacts) -> Place:
    title = title_of(state.code, first.language or first.written or "")
    return Place(
        where=state.code,
        saw=title if state.clicks is None else f"{title}: {state.clicks}",
        address=first.address,
        evidence=first.sha256,
        note="too_far" if state.is_found else "missing",
    )


def _is_asked_of(site: Site, code: str) -> bool:
    """What only some kinds of body have is asked of nobody whose kind is unknown."""
    return bool(site.about.kind) or not known()[code].kinds
