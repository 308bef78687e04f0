"""Telephones and e-mails on the first pages and among the contacts are links."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import PageFacts, Site

KINDS = (("telephone", "tel", "plain_telephone"), ("email", "mailto", "plain_email"))


def check(site: Site) -> Iterator[Place]:
    pages = {page.url: page for page in [*site.first_pages, *site.pages_of("contacts")]}
    given = [
        page
        for _, page in sorted(pages.items())
        if page.traits.contacts.is_asked and page.contacts & {"telephone", "email"}
    ]
    if not given:
        raise Inapplicable
    for kind, scheme, note in KINDS:
        plain = [
            page
            for page in given
            if kind in page.contacts and scheme not in page.traits.contacts.clicks
        ]
        if plain:
            yield Place(
                where="body",
                saw=told(kind, [page.address for page in plain]) or kind,
                address=plain[0].address,
                evidence=plain[0].sha256,
                note=note,
            )
    yield from _misdialled(given)


def _misdialled(pages: Sequence[PageFacts]) -> Iterator[Place]:
    """Numbers that a touch dials otherwise than they are shown, each told once."""
    by_number: defaultdict[str, list[PageFacts]] = defaultdict(list)
    for page in pages:
        for number in page.traits.contacts.misdialled:
            by_number[number].append(page)
    for number, found in sorted(by_number.items()):
        yield Place(
            where='a[href^="tel:"]',
            saw=told(number, [page.address for page in found]) or number,
            address=found[0].address,
            evidence=found[0].sha256,
            note="other_number",
        )
