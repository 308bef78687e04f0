"""Postal address, telephone and e-mail are text on the first page or among the contacts."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(
    site: Site, *, kinds: Sequence[str] = ("postal", "telephone", "email")
) -> Iterator[Place]:
    first = site.first
    if first is None or first.is_shell:
        raise CannotTell("not_read")
    contacts = site.pages_of("contacts")
    given = {kind for page in (*site.first_pages, *contacts) for kind in page.ways}
    # There a number needs no word beside it: 2-14-41 is that of an office of the district.
    if any("telephone" in page.traits.content.met for page in contacts):
        given.add("telephone")
    for kind in kinds:
        if kind not in given:
            yield Place(
                where="body",
                saw=kind,
                address=first.address,
                evidence=first.sha256,
                note=f"no_{kind}",
            )
