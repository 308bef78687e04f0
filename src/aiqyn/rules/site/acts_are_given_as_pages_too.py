"""Acts of the body stand on the site as text to read, not only as files to download."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site

MOST = 20  # files shown
REGISTER = "://adilet.zan.kz/"  # the state's own register of acts


def check(site: Site, *, fewest: int = 3) -> Iterator[Place]:
    files = sorted({each.address for each in site.documents if each.is_act})
    if len(files) < fewest:
        raise Inapplicable
    if any(page.traits.access.is_act for page in site.pages):
        return
    for address in files[:MOST]:
        yield Place(where="document", address=address, note="only_file")
    if site.was_cut:
        raise CannotTell("was_cut")
    if any(REGISTER in url for url in site.urls):
        raise CannotTell("register")
