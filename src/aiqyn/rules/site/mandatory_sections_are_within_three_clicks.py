"""Every section the act asks for is there, at most three clicks from the first page."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.sections import sections as known_sections
from aiqyn.subjects.site import Site

DEFAULT = ("structure", "leaders", "contacts", "news", "legal_acts", "subordinate")


def check(
    site: Site, *, sections: Sequence[str] = DEFAULT, clicks: int = 3
) -> Iterator[Place | Count]:
    first = site.first
    if first is None or (first.is_shell and not first.links):
        raise CannotTell("not_read")
    near = _sections_within(site, clicks)
    missing = [code for code in sections if code not in near]
    if missing and site.was_cut:
        raise CannotTell("cut")
    yield Count(good=len(sections) - len(missing), of=len(sections))
    anywhere = {code for page in site.pages for code in page.sections}
    for code in missing:
        yield Place(
            where=code,
            saw=known_sections()[code].title["kk"],
            address=first.address,
            evidence=first.sha256,
            note="too_far" if code in anywhere else "missing",
        )


def _sections_within(site: Site, clicks: int) -> set[str]:
    """Called so by their own heading, or by a link that leads to a living address."""
    found = {code for page in site.within(clicks) for code in page.sections}
    for page in site.within(clicks - 1):
        found.update(code for code, address in page.named_links if site.is_alive(address))
    return found
