"""What stands between a reader and a whole site: a login, a script that fills it, pictures.

Behind a wall nobody can tell what is there, so rules that read pages do not guess.
"""

import re
from collections.abc import Iterator

from aiqyn.subjects.site import PageFacts, Site

LITTLE = 400  # characters of text on a page that only asks for a password
OF_USERS = re.compile(
    r"login|log-in|signin|sign-in|auth|admin|cabinet|kabinet|account|user|regist|profile|staff"
    r"|intranet|webmail|/mail|wp-|kiru|vhod|passw|reset|sso|idp|lk\b|panel",
    re.IGNORECASE,
)


def wall_of(site: Site) -> str:
    """Return "login", "script" or "no_text" where all pages read are behind one; else "".

    Every rule asks: the first page, mostly no wall, is looked at before all others.
    """
    first = site.first
    if first is None:
        return ""
    if _wants_login(first) and all(_is_same(page, first) for page in _of_readers(site, first)):
        return "login"
    if first.is_shell and all(page.is_shell for page in _of_readers(site, first)):
        return "script"
    if _is_picture(first) and all(map(_shows_nothing, _of_readers(site, first))):
        return "no_text"
    return ""


def _of_readers(site: Site, first: PageFacts) -> Iterator[PageFacts]:
    """The pages meant to be read: not those that send on, nor those for users who sign in."""
    for page in site.pages:
        if page is not first and not page.forwards_to and not OF_USERS.search(page.address):
            yield page


def _wants_login(page: PageFacts) -> bool:
    contacts = page.traits.contacts
    return contacts.wants_login and page.text_size < LITTLE and not contacts.has_form


def _is_same(page: PageFacts, first: PageFacts) -> bool:
    """Whether the server shows the same login under another address."""
    return (page.title, page.text_size) == (first.title, first.text_size) and _wants_login(page)


def _shows_nothing(page: PageFacts) -> bool:
    return _is_picture(page) or not page.text_size


def _is_picture(page: PageFacts) -> bool:
    return page.traits.bare.is_picture and not page.traits.contacts.wants_login
