"""Buttons pressed twice in the same moment: one press counts, the other is told why not."""

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_those_who_press_at_once_one_succeeds_and_the_others_are_told(raced):
    assert raced("tests.portal.site_audit.race_of_audits") == {
        "ask": ["RunIsLive"] * 3 + ["done"],
        "cancel": ["RunHasEnded"] * 3 + ["done"],
        "recheck": ["RecheckIsLive"] * 3 + ["done"],
        "dispute": ["DisputeIsOpen"] * 3 + ["done"],
        "rule": ["AlreadyRuled"] * 3 + ["done"],
        "review": ["done"] * 4,
        "marked": ["contacts", "forum", "languages", "news"],
        "late": ["AlreadyOverruled"] * 4,
        "counts": ["inapplicable"],
    }
