"""Drawings leave their words room."""

import re

import pytest

from aiqyn_portal.reports.drawings import Part, _drawn_league

# measured once in Golos Text at 14 px; what is drawn is told with its room, not with its letters
WIDTHS = {"Бағалаушының қорытындысы": 206, "Жеткіліксіз ашықтық": 145, "iii": 11}


@pytest.mark.parametrize(("label", "width"), WIDTHS.items())
def test_longest_label_stands_whole_beside_its_bar(label: str, width: int) -> None:
    svg = _drawn_league("kk", (Part(label, "Тілдер", "9", 0),))

    left = float(re.search(r"translate\(([\d.]+),", str(svg))[1])

    assert label in str(svg)
    assert left >= width + 16
