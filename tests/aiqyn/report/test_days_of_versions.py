"""The days two versions of a page were updated on, as each language says them."""

import pytest

from aiqyn.chain import Place
from aiqyn.report.words import said_seen

SAW = "kk: /budget-2025-01-01 (1): 2026-03-12 / 2026-11-02, http://site.example/ru/2026-11-02"


@pytest.mark.parametrize(
    ("language", "version", "days"),
    [
        ("kk", "қазақ тілі", "2026 жылғы 12 наурыз / 2026 жылғы 2 қараша"),
        ("ru", "казахский язык", "12 марта 2026 г. / 2 ноября 2026 г."),
        ("en", "Kazakh", "12 March 2026 / 2 November 2026"),
    ],
)
def test_days_are_said_and_addresses_stay(language, version, days):
    said = said_seen(Place(where="pair address", saw=SAW, note="older"), language)

    address = "http://site.example/ru/2026-11-02"
    assert said == f"{version}: /budget-2025-01-01 (1): {days}, {address}"


def test_days_that_other_findings_saw_stay_as_they_are():
    said = said_seen(Place(where="pair address", saw=SAW, note="shorter"), "kk")

    assert said == SAW.replace("kk: ", "қазақ тілі: ", 1)
