"""Verdicts of one rule: an address that was judged anew has the last one alone."""

from datetime import date

from msgspec.structs import replace

from aiqyn.audit import Reader
from aiqyn.audit.ledger import MOST_PLACES
from aiqyn.chain import Count
from aiqyn.regulations import Requirement
from tests.aiqyn.worked import ORIGIN, PHRASE, edition_of, evidence_of

EDITION = edition_of(Requirement(clause=PHRASE, rule="P001"))
GOOD, BAD = "<title>Басты бет</title><p>x".encode(), b"<p>x"
HOME = f"{ORIGIN}/"


def test_page_met_by_a_redirect_first_counts_as_it_is_under_its_own_address():
    reader = Reader(EDITION, as_of=date(2026, 11, 20))
    moved = replace(evidence_of(f"{ORIGIN}/old", BAD), final_url=HOME)
    reader.read(moved, BAD)
    reader.read(evidence_of(HOME, GOOD), GOOD)
    pages = [f"{ORIGIN}/{number}" for number in range(4 * MOST_PLACES)]
    for url in pages:  # enough for places to be forgotten
        reader.read(evidence_of(url, BAD), BAD)

    (finding,) = reader.findings("page", sorted([HOME, *pages]), "")

    assert finding.count == Count(good=1, of=1 + len(pages))
    assert len(finding.places) == MOST_PLACES
    assert HOME not in {place.address for place in finding.places}
