"""What rules about dead addresses share: what has one cause is told once.

What failed on our side is not counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from aiqyn.chain import FAILURES, NO_TLS, Count, Evidence, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.among import Among
from aiqyn.subjects.groups import is_local, told
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import Site

KEPT_OUT = (401, 403, 407, 429, 451, 999)  # we are kept out; a person may well get in
# one cause for all addresses of a server
OF_THE_HOST = ("dns", "refused", "tls", *NO_TLS, "timeout")
NO_ADDRESS = "bad_address"  # no parser of addresses takes it: http://[x
CUT_OFF = 3  # other servers without a name, and none with one: we have no network
LEADS_OUT = ("link", "resource")  # roles of what may lie on other servers
LINK = "a[href]"  # where a link to another page or file stands
MANY = 3  # dead links with a common beginning that are one repair


def dead(asked: Sequence[Evidence], site: Site, where: str) -> Iterator[Place | Count]:
    """Yield how many of `asked` live, and a place per cause; `where` is what named them.

    Raises Inapplicable where nothing can be said of any.
    """
    checked = asked
    if _have_no_names(asked):
        checked = [each for each in asked if each.failure != "dns"]
    causes = [(cause_of(each), each) for each in checked]
    told_of = [(cause, each) for cause, each in causes if cause is not None]
    if not told_of:
        raise Inapplicable
    lost = [(cause, each) for cause, each in told_of if cause]
    yield Count(good=len(told_of) - len(lost), of=len(told_of))
    alive = _folders(each for cause, each in told_of if not cause)
    groups: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for cause, each in lost:
        groups[cause, _beginning(cause, each.url, alive)].append(each)
    pages = _pages_with({each.url for _, each in lost}, site) if where == LINK else {}
    for (cause, beginning), found in sorted(groups.items()):
        found.sort(key=lambda each: each.url)
        if len(found) >= MANY:
            saw = told(beginning, [each.url for each in found])
            on = {page for each in found for page in pages.get(each.url, ())}
            yield _place(cause, found[0], saw, told(where, sorted(on)) or where, site)
            continue
        for each in found:
            on = pages.get(each.url, set())
            yield _place(cause, each, _shown(each), told(where, sorted(on)) or where, site)


def cause_of(seen: Evidence) -> str | None:
    """Return "" for a living link, a key of the notes for a dead one, None when we cannot say."""
    if seen.failure == "tls" and seen.tls in NO_TLS:  # each is another repair
        return seen.tls
    if seen.failure:
        return seen.failure if FAILURES[seen.failure] == "site" else None
    if seen.status in KEPT_OUT or seen.status == 0:
        return None
    if seen.status in (404, 410):
        return "not_found"
    if seen.status >= 500:
        return "server_error"
    return "refused_request" if seen.status >= 400 else ""


def _pages_with(urls: set[str], site: Site) -> dict[str, set[str]]:
    """Return by address the pages that link to it: each of them has to be repaired."""
    numbers = {number: url for number, url in enumerate(site.urls) if url in urls}
    found: defaultdict[str, set[str]] = defaultdict(set)
    lost = Among(numbers.keys())
    for page in site.pages if numbers else ():
        for number in lost.of(page.links):
            found[numbers[number]].add(page.address)
    return found


def _have_no_names(checked: Sequence[Evidence]) -> bool:
    """Whether no name of any other server could be looked up: then it is we who are cut off."""
    hosts: dict[str, bool] = {}
    for each in checked:
        if each.role in LEADS_OUT and not each.final_url and each.failure != NO_ADDRESS:
            host = each.url.partition("://")[2].partition("/")[0]
            hosts[host] = hosts.get(host, True) and each.failure == "dns"
    return sum(hosts.values()) >= CUT_OFF and all(
        is_lost for host, is_lost in hosts.items() if not is_local(f"http://{host}/")
    )


def _folders(seen: Iterator[Evidence]) -> set[str]:
    """All folders in which something is alive."""
    folders: set[str] = set()
    for each in seen:
        url = each.url
        while (at := url.rfind("/")) > 0 and url[: at + 1] not in folders:
            url = url[:at]
            folders.add(f"{url}/")
    return folders


def _beginning(cause: str, url: str, alive: set[str]) -> str:
    """Return the host, or the topmost folder in which nothing lives: what the links share."""
    if cause == NO_ADDRESS:
        return url
    parts = parts_of(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    if cause in OF_THE_HOST or root not in alive:
        return root
    steps = parts.path.split("/")[1:-1]
    for count in range(1, len(steps) + 1):
        folder = root + "/".join(steps[:count]) + "/"
        if folder not in alive:
            return folder
    return url


def _shown(seen: Evidence) -> str:
    return f"{seen.url} ({seen.status})" if seen.status else seen.url


def _place(cause: str, seen: Evidence, saw: str, where: str, site: Site) -> Place:
    parent = site.page_at(seen.parent)
    return Place(
        where=where,
        saw=saw,
        address=parent.address if parent else seen.parent,
        evidence=parent.sha256 if parent else "",
        note=cause,
    )
