"""What is linked for everybody can be read without a password."""

import re
from collections.abc import Iterator

from aiqyn.chain import Evidence, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.walls import LITTLE, OF_USERS, wall_of

OPEN = 2  # kinds of contacts on a page that can be read, whatever the password is for
ROLES = ("page", "document", "link")
_TO_LOGIN = re.compile(r"login|log-in|signin|sign-in|/auth|kiru\b|vhod\b|/sso|/idp", re.IGNORECASE)


def check(site: Site) -> Iterator[Place]:
    first = site.first
    if first and wall_of(site) == "login":
        yield Place(
            where="input[type=password]",
            saw=first.title,
            address=first.address,
            evidence=first.sha256,
            note="whole_site",
        )
        return
    if len(site.pages) < 2:
        raise Inapplicable
    walls = sorted({*_pages(site), *_refused(site)})
    if walls:
        where, url, digest = walls[0]
        addresses = [address for _, address, _ in walls]
        yield Place(
            where=where,
            saw=told("", addresses).strip(),
            address=url,
            evidence=digest,
            note="login",
        )


def _pages(site: Site) -> Iterator[tuple[str, str, str]]:
    """Pages that show little but a field for a password; not where a login stands on most."""
    asking = [page for page in site.pages if page.traits.contacts.wants_login]
    if 2 * len(asking) > len(site.pages):
        return
    for page in asking:
        seen = site.evidence[page.url]
        if _shows_little(page) and _is_ours(seen, site):
            yield "input[type=password]", page.address, page.sha256


def _shows_little(page: PageFacts) -> bool:
    """Whether nothing is open there: no form, no address or telephone beside the e-mail."""
    is_short = page.text_size < LITTLE and not page.traits.contacts.has_form
    return is_short and len(page.ways) < OPEN


def _refused(site: Site) -> Iterator[tuple[str, str, str]]:
    for seen in site.evidence.values():
        led = seen.role == "link" and seen.final_url and _TO_LOGIN.search(seen.final_url)
        if (led or seen.status == 401) and seen.role in ROLES and _is_ours(seen, site):
            yield "HTTP", seen.url, seen.sha256


def _is_ours(seen: Evidence, site: Site) -> bool:
    """An address of the site that is not the door for its own users."""
    own = seen.url.startswith(_root(site.start)) or site.page_at(seen.url) is not None
    led_out = bool(seen.final_url) and not seen.final_url.startswith(_root(seen.url))
    return own and not led_out and not OF_USERS.search(seen.url)


def _root(address: str) -> str:
    return "/".join(address.split("/")[:3]) + "/"
