"""A table in a document does not run over more pages than a reader can hold together."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.document import Document

ROWS_OF_A_PAGE = 35


def check(document: Document, *, pages: int = 2) -> Iterator[Place]:
    if document.table_pages > pages:
        saw = f"{document.table_pages} > {pages}"
        yield Place(where="document", saw=saw, note="pages")
    elif document.table_rows > pages * ROWS_OF_A_PAGE:
        yield Place(where="document", saw=str(document.table_rows), note="rows")
    elif not document.table_pages and not document.table_rows:
        raise Inapplicable
