"""Readers meet the ways of measuring in words, never as the codes of the library."""

from aiqyn.scoring.measures import MEASURES
from aiqyn_portal.reports.edition import MEASURES as WORDS


def test_every_measure_is_said_in_words() -> None:
    assert sorted(WORDS) == sorted(MEASURES)
