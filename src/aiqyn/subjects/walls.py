"""What stands between a reader and a whole site: a login, a script, pictures; or nothing is there.

Behind a wall nobody can tell what is there, so rules that read pages do not guess.
"""

import re
from collections.abc import Iterator, Sequence

from aiqyn.subjects.site import PageFacts, Site

LANGUAGES = 3  # in which one login may speak
MANY = 3  # addresses a login in each of its languages is seen under, to be known as one
LITTLE = 400  # characters of text on a page that only asks for a password
OF_USERS = re.compile(
    r"login|log-in|signin|sign-in|auth|admin|cabinet|kabinet|account|user|regist|profile|staff"
    r"|intranet|webmail|/mail|wp-|kiru|vhod|passw|reset|sso|idp|lk\b|panel",
    re.IGNORECASE,
)


def wall_of(site: Site) -> str:
    """Return "login", "script", "no_text" or "empty" where that is all pages read; else "".

    Every rule asks: the first page, mostly no wall, is looked at before all others.
    """
    first = site.first
    if first is None:
        return ""
    if _wants_login(first) and _is_one_login([first, *_of_readers(site, first)]):
        return "login"
    if first.is_shell and all(page.is_shell for page in _of_readers(site, first)):
        return "script"
    if _is_picture(first) and all(map(_shows_nothing, _of_readers(site, first))):
        return "no_text"
    if first.traits.bare.is_empty and all(map(_shows_nothing, _of_readers(site, first))):
        return "empty"
    return ""


def _of_readers(site: Site, first: PageFacts) -> Iterator[PageFacts]:
    """The pages meant to be read: not those that send on, nor those for users who sign in."""
    for page in site.pages:
        if page is not first and not page.forwards_to and not OF_USERS.search(page.address):
            yield page


def _wants_login(page: PageFacts) -> bool:
    contacts = page.traits.contacts
    return contacts.wants_login and page.text_size < LITTLE and not contacts.has_form


def _is_one_login(pages: Sequence[PageFacts]) -> bool:
    """Whether the server shows one login under all addresses, in each language or in one.

    Its titles may name what the reader asked for; so many characters has its text everywhere.
    """
    if not all(map(_wants_login, pages)):
        return False
    sizes = {page.text_size for page in pages}
    return len(sizes) == 1 or (len(sizes) <= LANGUAGES and len(pages) >= MANY * len(sizes))


def _shows_nothing(page: PageFacts) -> bool:
    return _is_picture(page) or not page.text_size


def _is_picture(page: PageFacts) -> bool:
    return page.traits.bare.is_picture and not page.traits.contacts.wants_login
