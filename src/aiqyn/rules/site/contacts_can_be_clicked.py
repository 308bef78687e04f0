"""Telephones and e-mails on the first pages and among the contacts are links."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import Site

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
