"""The versions of one section in the languages every official site owes its readers.

A version is the pages of the section in that language and, of those that have no twin there,
the others: that a whole page is missing in one language is another finding.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from aiqyn.subjects.site import PageFacts
from aiqyn.subjects.twins import Twins

OWED = ("kk", "ru")
AS_LONG = 0.9  # of the longest version: what such a text lacks may be a word we do not know
_NO_PICTURES = (".css", ".js")


class Version(Struct, frozen=True, kw_only=True):
    """Pages of one section as readers of one language see them, in order of address."""

    language: str = ""  # "" where there is but one version for all
    own: Sequence[PageFacts]  # called so
    pages: Sequence[PageFacts]  # and those right below


def versions_of(
    twins: Twins, own: Sequence[PageFacts], pages: Sequence[PageFacts]
) -> list[Version]:
    """Return a version per language in which there is a page called so; one where there is none."""
    offered = [language for language in OWED if any(_is_in(twins, each, language) for each in own)]
    if len(offered) < len(OWED):
        return [Version(own=own, pages=pages)]
    return [
        Version(language=language, own=_in(twins, own, language), pages=_in(twins, pages, language))
        for language in offered
    ]


def _is_in(twins: Twins, page: PageFacts, language: str) -> bool:
    return twins.tongue[page.url] == language or twins.of(page, language) is not None


def _in(twins: Twins, pages: Iterable[PageFacts], language: str) -> list[PageFacts]:
    told = {each.url: each for each in (_of(twins, page, language) for page in pages)}
    return sorted(told.values(), key=lambda page: page.address)


def _of(twins: Twins, page: PageFacts, language: str) -> PageFacts:
    if twins.tongue[page.url] in ("", language):
        return page
    twin = twins.of(page, language)
    return twin.page if twin else page


def is_as_long(version: Version, others: Iterable[Version]) -> bool:
    """Whether the version has about as much text as the longest of the others."""
    longest = max(map(_size, others), default=0)
    return _size(version) >= AS_LONG * longest > 0


def _size(version: Version) -> int:
    return sum(max(page.text_size, page.traits.languages.size) for page in version.pages)


def shows_more(version: Version, others: Iterable[Version]) -> bool:
    """Whether the version shows a picture no other does: it may tell what the text does not."""
    known = {ref for other in others for page in other.pages for ref in page.traits.resources.refs}
    refs = (ref for page in version.pages for ref in page.traits.resources.refs)
    return any(ref not in known and not _file(ref).endswith(_NO_PICTURES) for ref in refs)


def _file(ref: str) -> str:
    return ref.partition("?")[0].lower()
