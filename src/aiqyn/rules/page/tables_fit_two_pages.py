"""A table on a page is not longer than two printed pages."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page


def check(page: Page, *, most_rows: int = 80) -> Iterator[Place]:
    if not page.holds(b"<table"):
        raise Inapplicable
    if len(page.nodes("tr")) <= most_rows:
        return
    for table in page.nodes("table"):
        if len(table.css("table")) == 1 and (rows := len(table.css("tr"))) > most_rows:
            yield Place(where=page.path_of(table), saw=f"{rows} > {most_rows}", note="long")
