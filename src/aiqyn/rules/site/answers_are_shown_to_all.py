"""Beside the form one can read what others asked and what was answered."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    forms = [page for page in site.pages if page.traits.contacts.has_form]
    if not forms:
        raise Inapplicable
    near = any(page.traits.contacts.has_answers for page in site.pages)
    if near or site.pages_of("messages"):
        return
    has_faq = any(page.traits.contacts.has_faq for page in site.pages)
    page = min(forms, key=lambda page: (page.depth, page.address))
    note = "only_faq" if has_faq else "missing"
    yield Place(where="form", address=page.address, evidence=page.sha256, note=note)
