"""An address that does not exist is answered with 404 or 410, not with a page that says "200"."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    probes = [each for each in site.of_role("probe") if each.status and not each.failure]
    if not probes:
        raise CannotTell("not_asked")
    for probe in probes:
        if probe.status < 400:
            note = "leads_elsewhere" if probe.final_url else "pretends"
            yield Place(
                where="HTTP",
                saw=str(probe.status),
                address=probe.url,
                evidence=probe.sha256,
                note=note,
            )
        elif probe.status not in (404, 410):
            yield Place(
                where="HTTP",
                saw=str(probe.status),
                address=probe.url,
                evidence=probe.sha256,
                note="other_answer",
            )
