"""What a section needs and no single word tells."""

import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.patterns import PATTERNS

PAGE = Page(b"")


@pytest.mark.parametrize(
    "text",
    [
        "2-14-41",
        "Тел. 112",
        "Өртке қарсы қызмет: 101, полиция: 102",
        "Звоните: 102",
        "103 — скорая помощь",
        "Қоңырау шалыңыз: 112",
        "1414",
        "Абай даңғылы, 102. Бірыңғай байланыс: 2-14-41",
    ],
)
def test_telephone_is_seen(text):
    assert PATTERNS["telephone"](PAGE, text)


@pytest.mark.parametrize(
    "text",
    ["Абай даңғылы, 102. Instagram: @akimat_qz", "ул. Строителей, 112", "Достық көшесі, 101-үй",
     "Абай даңғылы, 102, тел.: жоқ", "каб. 101, 102"],
)  # fmt: skip
def test_house_of_such_a_number_is_no_telephone(text):
    assert not PATTERNS["telephone"](PAGE, text)
