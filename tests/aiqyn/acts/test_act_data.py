"""The words of troubles, types and categories; what they suggest."""

import re
from itertools import chain
from pathlib import Path

import pytest

import aiqyn.acts
from aiqyn.acts import Act, Kind, Unit
from aiqyn.acts.categories import categories, suggest
from aiqyn.acts.model import Trouble
from aiqyn.acts.troubles import Unreadable, wordings
from aiqyn.acts.types import type_of_line, type_of_words, types
from aiqyn.text import missing


def test_every_phrase_is_written_in_three_languages():
    phrases = [
        *chain.from_iterable((one.title, one.repair) for one in wordings().values()),
        *(one.title for one in types().types),
        *(one.title for one in categories().categories),
    ]

    assert [phrase for phrase in phrases if missing(phrase)] == []


def test_every_trouble_that_is_told_has_words_and_all_words_are_told():
    folder = Path(aiqyn.acts.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for name in ("reading", "structure")
        for path in (folder / name).glob("*.py")
    )
    said = {name for name in wordings() if re.search(rf'"{name}"', code)}
    told = set(re.findall(r'code="(\w+)"', code))

    assert (told - set(wordings()), set(wordings()) - said) == (set(), set())


def test_unreadable_file_says_why():
    problem = Unreadable("act.doc", Trouble(code="old_format", where=""))

    assert (str(problem), wordings()["old_format"].stops) == (
        "act.doc: This is a locked file or the old format of Word (DOC)",
        True,
    )


def test_there_are_fourteen_types_and_none_is_called_verified():
    assert (len(types().types), len({one.code for one in types().types}), types().verified) == (
        14,
        14,
        False,
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН", "law"),
        ("Қазақстан Республикасының Конституциялық заңы", "constitutional_law"),
        ("Қазақстан Республикасының Кодексі", "code"),
        ("Указ Президента Республики Казахстан от 1 мая 2026 года № 1", "presidential_decree"),
        ("ҚР Президентінің 2026 жылғы 1 мамырдағы № 1 Жарлығы", "presidential_decree"),
        ("Постановление Правительства Республики Казахстан", "government_resolution"),
        ("ҚР Үкіметінің 2026 жылғы 1 мамырдағы № 1 қаулысы", "government_resolution"),
        ("Распоряжение Премьер-Министра", "premier_order"),
        ("Абай ауданы мәслихатының 2026 жылғы 1 мамырдағы № 1 шешімі", "maslikhat_decision"),
        ("Решение маслихата города Абай", "maslikhat_decision"),
        ("Постановление акимата Абайского района", "akimat_resolution"),
        ("Абай ауылы әкімінің шешімі", "akim_decision"),
        ("Нормативное постановление Верховного Суда", "normative_resolution"),
        ("Министрдің бұйрығы", "minister_order"),
        ("Постановление Правления Национального Банка", "agency_resolution"),
        ("Хат", ""),
    ],
)  # fmt: skip
def test_type_is_told_by_the_line_that_names_it(line, code):
    assert type_of_line(line) == code


@pytest.mark.parametrize(
    ("preamble", "code"),
    [
        ("… сәйкес БҰЙЫРАМЫН:", "minister_order"),
        ("Абай ауданының мәслихаты ШЕШТІ:", "maslikhat_decision"),
        ("Маслихат РЕШИЛ:", "maslikhat_decision"),
        ("Абай ауданының әкімдігі ҚАУЛЫ ЕТЕДІ:", "akimat_resolution"),
        ("Осы Заң реттейді.", ""),
    ],
)
def test_type_is_told_by_the_formula(preamble, code):
    assert type_of_words(preamble) == code


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("ru", "Об утверждении Правил приёма в школы", [("education", 1.0)]),
        ("kk", "Мектептерге қабылдау қағидаларын бекіту туралы", [("education", 1.0)]),
        ("ru", "О ставках налогов", [("finance", 1.0)]),
        ("kk", "Дәрілік заттар туралы", [("health", 1.0)]),
        ("ru", "О тарифах на перевозку пассажиров", [("transport", 1.0)]),
        ("kk", "Коммуналдық қалдықтар туралы", [("construction", 0.5), ("ecology", 0.5)]),
        ("ru", "О разном", []),
    ],
)
def test_categories_are_suggested_by_words_in_any_form(language, title, expected):
    assert suggest(Act(language=language, title=title, units=())) == expected


def test_words_of_the_title_and_of_headings_weigh_more():
    point = Unit(kind=Kind.POINT, text="налог " * 5)
    chapter = Unit(kind=Kind.CHAPTER, heading="Бюджет", children=(point,))

    act = Act(language="ru", title="О школах", units=(chapter,))

    assert suggest(act) == [("education", 0.5), ("finance", 0.5)]


def test_the_beginning_of_a_long_act_decides():
    long = tuple(Unit(kind=Kind.POINT, text="школа " * 7_000) for _ in range(2))
    late = Unit(kind=Kind.POINT, text="налог " * 7_000)

    assert suggest(Act(language="ru", title="", units=(*long, late))) == [("education", 1.0)]
