"""terms.yaml: three languages, a source for each, nothing claimed that nobody has read."""

import pytest

from aiqyn.text import missing
from aiqyn_portal.deadlines.terms import Known, shipped
from aiqyn_portal.deadlines.wording import letters, stages


@pytest.mark.parametrize("known", shipped().values(), ids=shipped())
def test_term_is_named_and_sourced_in_three_languages(known: Known) -> None:
    assert missing(known.title) + missing(known.source) == []
    assert known.rule().count == known.count


def test_only_rules_of_our_own_count_as_verified_without_an_address() -> None:
    claimed = [code for code, known in shipped().items() if known.verified and not known.address]

    assert [code for code in claimed if not shipped()[code].is_own] == []


def test_every_stage_has_a_letter_and_every_letter_three_languages() -> None:
    assert {stage.letter for stage in stages().values()} <= set(letters())
    words = [each for letter in letters().values() for each in (letter.title, letter.text)]
    assert [each for each in words if missing(each)] == []


def test_stages_come_in_the_order_they_are_told() -> None:
    assert [stage.at for stage in stages().values()] == [-3, -1, 0, 1, 1, 5]
