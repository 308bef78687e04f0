"""The site is read over https, with a certificate that browsers trust."""

from collections.abc import Iterator

from aiqyn.chain import NO_TLS, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.groups import is_local
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    if is_local(site.start):
        raise Inapplicable
    start = site.evidence.get(site.start)
    if start is not None and start.failure == "tls":
        note = start.tls if start.tls in NO_TLS else "certificate"
        yield Place(where="HTTPS", saw=site.start, address=site.start, note=note)
        return
    if site.first is None:
        raise CannotTell("not_read")
    if not site.first.address.startswith("https:"):
        yield Place(
            where="HTTPS",
            saw=site.first.address,
            address=site.first.address,
            evidence=site.first.sha256,
            note="not_https",
        )
