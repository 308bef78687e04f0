"""Links lead somewhere; what has one cause is told once. What failed on our side is not counted."""

from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import FAILURES, Count, Evidence, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import is_local, told
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import Site

ROLES = ("page", "document", "link")
KEPT_OUT = (401, 403, 407, 429, 451, 999)  # we are kept out; a person may well get in
OF_THE_HOST = ("dns", "refused", "tls", "timeout")  # one cause for all addresses of a server
NO_ADDRESS = "bad_address"  # no parser of addresses takes it: http://[x
CUT_OFF = 3  # other servers without a name, and none with one: we have no network
MANY = 3  # dead links with a common beginning that are one repair


def check(site: Site) -> Iterator[Place | Count]:
    files = {each.url for each in site.of_role("sitemap")}  # what only they name is no link
    checked = [
        each
        for each in site.evidence.values()
        if each.role in ROLES and each.depth > 0 and each.parent not in files
    ]
    if _have_no_names(checked):
        checked = [each for each in checked if each.failure != "dns"]
    causes = [(cause_of(each), each) for each in checked]
    told_of = [(cause, each) for cause, each in causes if cause is not None]
    if not told_of:
        raise Inapplicable
    dead = [(cause, each) for cause, each in told_of if cause]
    yield Count(good=len(told_of) - len(dead), of=len(told_of))
    alive = _folders(each for cause, each in told_of if not cause)
    groups: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for cause, each in dead:
        groups[cause, _beginning(cause, each.url, alive)].append(each)
    for (cause, beginning), found in sorted(groups.items()):
        found.sort(key=lambda each: each.url)
        if len(found) >= MANY:
            yield _place(cause, found[0], told(beginning, [each.url for each in found]), site)
        else:
            yield from (_place(cause, each, _shown(each), site) for each in found)


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


def _have_no_names(checked: list[Evidence]) -> bool:
    """Whether no name of any other server could be looked up: then it is we who are cut off."""
    hosts: dict[str, bool] = {}
    for each in checked:
        if each.role == "link" and not each.final_url and each.failure != NO_ADDRESS:
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


def _place(cause: str, seen: Evidence, saw: str, site: Site) -> Place:
    parent = site.page_at(seen.parent)
    return Place(
        where="a[href]",
        saw=saw,
        address=parent.address if parent else seen.parent,
        evidence=parent.sha256 if parent else "",
        note=cause,
    )
