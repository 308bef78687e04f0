"""A web page under the name of a workbook opens in Excel: it is told as what it is."""

import pytest
from msgspec.structs import replace

from aiqyn.chain import Place
from aiqyn.rules import load
from aiqyn.subjects.document import Document
from tests.aiqyn.worked import evidence_of

TABLE = b"<html><body><table><tr><td>1</td></tr></table>"


@pytest.mark.parametrize(
    ("code", "found"),
    [("D002", []), ("D004", [Place(where="document", saw="plan.xls", note="disguised")])],
)
def test_page_named_as_a_workbook_is_not_damaged(code, found):
    evidence = replace(evidence_of("http://s/f/plan.xls?v=1", TABLE), role="document")

    assert list(load()[code].check(Document(TABLE, evidence))) == found
