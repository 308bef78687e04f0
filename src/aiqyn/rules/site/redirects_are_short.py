"""An address leads to its page by one redirect, not by a chain of them."""

from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import Evidence, Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import Site

ROLES = ("page", "document", "link")


def check(site: Site, *, most: int = 2) -> Iterator[Place]:
    asked = [
        each for each in site.evidence.values() if each.role in ROLES and each.status and each.url
    ]
    if not asked:
        raise CannotTell("not_read")
    chains: defaultdict[str, list[Evidence]] = defaultdict(list)
    for each in asked:
        if each.hops > most and each.failure != "redirect_loop":
            chains[_folder(each.url)].append(each)
    for folder, found in sorted(chains.items()):
        first = found[0]
        parent = site.page_at(first.parent)
        yield Place(
            where=f"{first.hops} > {most}",
            saw=told(folder, [each.url for each in found]) or f"{first.url} → {first.final_url}",
            address=parent.address if parent else first.url,
            evidence=parent.sha256 if parent else first.sha256,
            note="chain",
        )


def _folder(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[0] + "/"
