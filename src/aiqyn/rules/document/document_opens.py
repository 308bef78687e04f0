"""A document opens without a password and is not empty."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.document import Document


def check(document: Document) -> Iterator[Place]:
    if document.trouble:
        yield Place(where="document", saw=f"{len(document.content)}", note=document.trouble)
    elif document.kind == "empty":
        yield Place(where="document", saw=f"{len(document.pages)}", note="empty")
