"""Links lead somewhere. What failed for a reason of ours is not held against the site."""

from collections.abc import Iterator

from aiqyn.chain import FAILURES, Count, Evidence, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site

ROLES = ("page", "document", "link")
KEPT_OUT = (401, 403, 407, 429, 451, 999)  # we are kept out; a person may well get in


def check(site: Site) -> Iterator[Place | Count]:
    checked = [each for each in site.evidence.values() if each.role in ROLES and each.depth > 0]
    causes = [(cause_of(each), each) for each in checked]
    told = [(cause, each) for cause, each in causes if cause is not None]
    if not told:
        raise Inapplicable
    dead = sorted(
        ((cause, each) for cause, each in told if cause), key=lambda pair: (pair[0], pair[1].url)
    )
    yield Count(good=len(told) - len(dead), of=len(told))
    for cause, each in dead:
        parent = site.page_at(each.parent)
        yield Place(
            where="a[href]",
            saw=f"{each.url} ({each.status})" if each.status else each.url,
            address=parent.address if parent else each.parent,
            evidence=parent.sha256 if parent else "",
            note=cause,
        )


def cause_of(seen: Evidence) -> str | None:
    """Return "" for a living link, a key of the notes for a dead one, None when we cannot say."""
    if seen.failure:
        return seen.failure if FAILURES[seen.failure] == "site" else None
    if seen.status in KEPT_OUT or seen.status == 0:
        return None
    if seen.status in (404, 410):
        return "not_found"
    if seen.status >= 500:
        return "server_error"
    return "refused_request" if seen.status >= 400 else ""
