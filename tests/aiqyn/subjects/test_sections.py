import pytest

from aiqyn.registry.bodies import KINDS
from aiqyn.subjects import sections
from aiqyn.subjects.sections import expected_of, sections_named, sections_of_address
from aiqyn.subjects.titles import spelled
from aiqyn.text import missing

KNOWN = sections.sections()


def test_every_name_leads_to_its_section():
    lost = [
        one
        for section in KNOWN.values()
        for names in (*section.names.values(), *section.aside.values())
        for name in names
        for one in spelled(name.removesuffix("!"))
        if section.code not in sections_named(one)
    ]

    assert lost == []


def test_sections_have_at_least_six_names_in_each_language_and_a_source():
    poor = [
        (section.code, language)
        for section in KNOWN.values()
        for language in ("kk", "ru", "en")
        if len(set(section.names[language])) < 6
    ]

    assert poor == []
    assert [missing(section.title) for section in KNOWN.values()] == [[]] * len(KNOWN)
    assert all(section.source and section.addresses for section in KNOWN.values())
    assert all(section.importance in (1, 2, 3) for section in KNOWN.values())


def test_needs_are_told_in_three_languages_and_each_is_needed():
    needed = {code for each in KNOWN.values() for need in each.asks for code in need.split("|")}

    assert needed == sections.needs().keys()
    assert [missing(need.title) for need in sections.needs().values()] == [[]] * len(needed)
    assert all(bool(need.words) != bool(need.pattern) for need in sections.needs().values())


def test_kinds_of_bodies_are_those_of_the_registry():
    named = {kind for section in KNOWN.values() for kind in section.kinds}

    assert named <= set(KINDS)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Құрылымы", {"structure"}),
        ("«Жаңалықтар» (12)", {"news"}),
        ("ЖАНАЛЫКТАР", {"news"}),
        ("Вакантные  должности", {"appointments", "vacancies"}),
        ("Ақмола облысы әкімдігінің құрылымы", {"structure"}),
        ("Айдын ауданының басшылығы", {"leaders"}),
        ("Структура акимата Акмолинской области", {"structure"}),
        ("Структура Карагандинского областного акимата", {"structure"}),
        ("О министерстве здравоохранения Республики Казахстан", {"about"}),
        ("Structure of the Akimat of Akmola Region", {"structure"}),
        ("План развития Акмолинской области на 2021-2025 годы", {"plans"}),
        ("Q&A", {"faq"}),
        ("Структура и контакты", {"structure", "contacts"}),
        ("Часто задаваемые вопросы (FAQ)", {"faq"}),
        ("НПА (проекты)", set()),
        ("Информация о вакансиях", {"appointments", "vacancies"}),
        ("Перечень документов", set()),
        ("Облыс жобалары", set()),
        ("Бюджет области утверждён", set()),
        ("Structure of exports of the region", set()),
        ("О районных соревнованиях по футболу", set()),
        ("Structure of the solar system", set()),
        ("Аудан бюджеті мәслихат сессиясында қаралды", set()),
        ("Білім ордасының құрылымы", set()),
        ("Құрылымы " * 12, set()),
        ("", set()),
    ],
)
def test_heading_names_sections_as_a_whole(heading, codes):
    assert sections_named(heading) == codes


@pytest.mark.parametrize(
    ("address", "itself", "below"),
    [
        ("http://a.kz/ru/struktura/", {"structure"}, {"structure"}),
        ("http://a.kz/ru/struktura/index.php", {"structure"}, {"structure"}),
        ("http://a.kz/kk/leadership/akim", set(), {"leaders"}),
        ("http://a.kz/ru/byudzhet-2023.html", set(), {"budget"}),
        ("http://a.kz/ru/about_us", {"about"}, {"about"}),
        ("http://a.kz/ru/2023-budget", set(), set()),
        ("http://a.kz/ru/page/12", set(), set()),
        ("http://a.kz/", set(), set()),
    ],
)
def test_address_tells_the_section(address, itself, below):
    assert sections_of_address(address) == (itself, below)


def test_section_is_expected_of_the_kinds_it_names():
    everywhere = {each.code for each in expected_of("")}
    of_a_ministry = {each.code for each in expected_of("ministry")}

    assert everywhere == KNOWN.keys()
    assert everywhere - of_a_ministry == {"map"}
