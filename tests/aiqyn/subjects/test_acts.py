import pytest

from aiqyn.subjects.acts import Act, act_in


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Аудан әкімінің\nБҰЙРЫҒЫ\nҚабылдау туралы", "Аудан әкімінің"),
        ("П Р И К А З\nо приёме", "П Р И К А З"),
        ("Ауданның қаулысы\n1. Аудан әкімдігі ҚАУЛЫ ЕТЕДІ:\n1. Бекітілсін", "Ауданның қаулысы"),
        ("Постановление акимата\nакимат района ПОСТАНОВЛЯЕТ:", "Постановление акимата"),
        ("«Шешім»", "«Шешім»"),
    ],
)
def test_act_is_known_by_its_heading_or_by_its_words(text, title):
    assert act_in(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Отчёт о приёме граждан\nПриказ о графике приёма утверждён в марте",
        "The board adopted a long text whose last word is\nresolution of the matter",
        "Жоба\nБҰЙРЫҚ\nҚабылдау туралы",
        "ПРОЕКТ\nПРИКАЗ\nО приёме",
    ],
)
def test_text_that_is_no_act_in_force(text):
    assert act_in(text) is None


@pytest.mark.parametrize(
    ("text", "end", "carries"),
    [
        (
            "ҚАУЛЫ\n2025 жылғы 6 қазан, № А-10/251\nТізбе туралы",
            "Аудан әкімі Д. Мысалбаев",
            (True, True, True),
        ),
        ("ПРИКАЗ\n№ 12-н от 05.03.2026", "Руководитель управления\nСерик Ахметов", (True,) * 3),
        ("ПРИКАЗ\nО приёме граждан", "Ахметов С. А.", (False, False, True)),
        (
            "DECISION\nNo 7\nOn the reception in the akimat of the district",
            "",
            (False, True, False),
        ),
    ],
)
def test_act_carries_date_number_and_signatory(text, end, carries):
    title = text.partition("\n")[0]

    assert act_in(text, end) == Act(title, *carries)
