"""Files that an office program wrote are read word for word; locked ones are told as locked."""

from pathlib import Path

import pytest

from aiqyn.subjects.document import Document

FILES = Path(__file__).parent / "written"
WORDS = (FILES / "order.txt").read_text("utf-8").split()


def opened(name):
    return Document((FILES / name).read_bytes())


@pytest.mark.parametrize("name", ["order.doc", "order.rtf", "order.xls"])
def test_every_word_of_a_file_is_read(name):
    document = opened(name)

    assert [word for word in WORDS if word not in document.beginning.split()] == []
    assert (document.kind, document.shape) == ("text", name.partition(".")[2])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("locked.doc", "locked"), ("locked.xls", "locked"), ("protected.xls", "unknown")],
)
def test_locked_file_is_told_from_one_that_every_excel_opens(name, kind):
    assert opened(name).kind == kind
