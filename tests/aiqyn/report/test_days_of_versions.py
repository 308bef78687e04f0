"""The days two versions of a page were updated on, as each language says them."""

import pytest

from aiqyn.chain import Place
from aiqyn.report.words import said_seen

SAW = "kk: /budget-2025-01-01 (1): 2026-03-12 / 2026-11-02, http://site.example/ru/2026-11-02"


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("kk", "2026 жылғы 12 наурыз / 2026 жылғы 2 қараша"),
        ("ru", "12 марта 2026 г. / 2 ноября 2026 г."),
        ("en", "12 March 2026 / 2 November 2026"),
    ],
)
def test_days_are_said_and_addresses_stay(language, days):
    said = said_seen(Place(where="pair address", saw=SAW, note="older"), language)

    assert said == f"kk: /budget-2025-01-01 (1): {days}, http://site.example/ru/2026-11-02"


def test_what_other_findings_saw_stays_as_it_is():
    assert said_seen(Place(where="pair address", saw=SAW, note="shorter"), "kk") == SAW
