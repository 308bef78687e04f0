"""A document is text that can be searched, copied and read aloud, not pictures of pages."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.document import PICTURES, Document


def check(document: Document) -> Iterator[Place]:
    kind = document.kind
    if document.trouble or kind == "empty" or document.format in PICTURES:
        raise Inapplicable  # other rules speak of what cannot be opened, and of pictures
    if document.unread:
        raise CannotTell(document.unread)  # "old_format", "heavy"
    if kind == "scan":
        yield Place(where="document", saw=str(len(document.pages)), note="scan")
    elif kind == "mixed":
        for number, page in enumerate(document.pages, start=1):
            if page == "scan":
                yield Place(where=f"page {number}", note="scanned_page")
