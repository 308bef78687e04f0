"""Leaders are presented with their duties, biography and contacts."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules.of_sections import lacks, states_found
from aiqyn.subjects.completeness import pages_of
from aiqyn.subjects.site import PageFacts, Site

PERSONAL = ("duties", "biography")  # contacts may stand together on the list of leaders


def check(
    site: Site, *, needs: Sequence[str] = ("person", "telephone", "duties", "biography")
) -> Iterator[Place]:
    states = states_found(site, ["leaders"])
    own = [page for page in pages_of(site, "leaders") if page.traits.content.is_person]
    told = {code for page in own for code in page.traits.content.met}
    places = [
        _place(page, note)
        for page in own
        for note in PERSONAL
        if note in needs and note in told and note not in page.traits.content.met
    ]
    yield from lacks(site, states, needs, places=places)


def _place(page: PageFacts, note: str) -> Place:
    return Place(
        where="main", saw=page.title, address=page.address, evidence=page.sha256, note=note
    )
