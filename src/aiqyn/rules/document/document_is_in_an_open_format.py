"""A document is in a format that every program can open."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.document import SAVED, Document

CLOSED = ("doc", "dot", "xls", "ppt", "pps")


def check(document: Document, *, closed: Sequence[str] = CLOSED) -> Iterator[Place]:
    if document.trouble or not document.shape:
        raise Inapplicable
    if document.shape in closed:
        yield Place(where="document", saw=document.shape.upper(), note="closed")
    elif document.shape == SAVED:
        named = document.address.partition("?")[0].rpartition("/")[2]
        yield Place(where="document", saw=named, note="disguised")
