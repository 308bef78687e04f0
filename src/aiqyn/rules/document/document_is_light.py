"""A document is not too heavy for a mobile connection."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.document import Document

MB = 1_000_000


def check(document: Document, *, most_mb: float = 10) -> Iterator[Place]:
    if document.trouble:
        raise Inapplicable
    if len(document.content) > most_mb * MB:
        yield Place(where="document", saw=f"{len(document.content) / MB:.1f} MB", note="heavy")
