from datetime import date
from decimal import Decimal

import msgspec
import pytest

from aiqyn.audit import Reader, gather
from aiqyn.fetch.crawl import is_readable
from aiqyn.subjects.completeness import SectionState, pages_of, percent, states_of
from aiqyn.subjects.sections import sections
from aiqyn.subjects.site import About
from tests.aiqyn.worked import ORIGIN, TAKEN, Answer, crawl, edition_of


def site_of(pages, kind=""):
    kept = crawl(pages)
    reader = Reader(edition_of(), as_of=TAKEN.date(), about=About(kind=kind))
    for evidence in kept.manifest.evidence:
        if is_readable(evidence):
            reader.read(evidence, kept.store.get(evidence.sha256))
    return gather(kept.manifest, kept.store, reader)


def state_of(pages, code):
    return msgspec.structs.replace(states_of(site_of(pages))[code], sha256="")


def test_section_told_in_full_has_all_factors():
    site = {
        "/": '<a href="/b">Бюджет</a>',
        "/b": "<h1>Бюджет</h1><table><tr><th>1</th></tr></table>"
        "<p>Азаматтық бюджет, атқарылуы 1.11.2026</p>",
    }

    assert state_of(site, "budget") == SectionState(
        code="budget",
        address=f"{ORIGIN}/b",
        clicks=1,
        pages=1,
        newest=date(2026, 11, 1),
        newest_words="1.11.2026",
        complete=Decimal(1),
        current=Decimal(1),
        accessible=Decimal(1),
    )


def test_section_that_lacks_some_and_is_old_and_far_loses_by_each_factor():
    site = {
        "/": '<a href="/1">1</a>',
        "/1": '<a href="/2">2</a>',
        "/2": '<a href="/3">3</a>',
        "/3": '<a href="/b">4</a>',
        "/b": "<h1>Бюджет</h1><p>Азаматтық бюджет 1.05.2020</p>",
    }

    state = state_of(site, "budget")

    assert (state.clicks, state.lacks, state.is_stale) == (
        4,
        ("table|document|figures", "execution"),
        True,
    )
    assert (state.complete, state.current, state.accessible) == (
        Decimal("0.5"),
        Decimal("0.7"),
        Decimal("0.95"),
    )
    assert state.share == Decimal("0.3325")


def test_section_late_by_less_than_its_term_again_loses_little():
    site = {"/": '<a href="/b">Бюджет</a>', "/b": "<h1>Бюджет</h1><p>1.03.2026</p>"}

    assert state_of(site, "budget").current == Decimal("0.85")


def test_section_without_anything_it_needs_is_worth_a_fifth():
    site = {"/": '<a href="/b">Бюджет</a>', "/b": "<h1>Бюджет</h1>"}

    state = state_of(site, "budget")

    assert (state.complete, state.current, state.share) == (Decimal("0.2"), None, Decimal("0.2"))


def test_what_a_document_may_tell_is_unknown_and_lowers_nothing():
    site = {
        "/": '<a href="/r">Өтініштерге шолу</a>',
        "/r": '<h1>Өтініштерге шолу</h1><a href="/r.pdf">Шолу</a><a href="/s.xlsx">Сан</a>',
        "/r.pdf": Answer(html="%PDF-", media_type="application/pdf", role="document"),
    }

    state = state_of(site, "appeals_review")

    assert (state.documents, state.lacks, state.unknown) == (
        2,
        (),
        ("period", "figures|no_appeals", "outcomes|no_appeals"),
    )
    assert (state.complete, state.share) == (None, Decimal(1))


def test_section_kept_elsewhere_is_found_and_not_judged():
    site = {"/": '<a href="https://goszakup.gov.kz/">Мемлекеттік сатып алу</a>'}

    assert state_of(site, "procurement") == SectionState(
        code="procurement",
        address="https://goszakup.gov.kz/",
        is_outside=True,
        clicks=1,
        accessible=Decimal(1),
    )


def test_section_no_link_leads_to_is_far():
    state = state_of({"/": "<p>1</p>", "/lost": Answer(html="<h1>Бюджет</h1>")}, "budget")

    assert (state.is_found, state.clicks, state.accessible) == (True, None, Decimal("0.9"))


def test_kazakh_page_of_a_section_stands_for_it():
    site = {
        "/": '<a href="/ru/s">Структура</a><a href="/kk/s">Құрылымы</a>',
        "/ru/s": "<h1>Структура</h1>",
        "/kk/s": "<h1>Құрылымы</h1>",
    }

    state = state_of(site, "structure")

    assert (state.address, state.language, state.pages) == (f"{ORIGIN}/kk/s", "kk", 2)


def test_pages_right_below_count_but_not_menu_news_or_other_sections():
    site = {
        "/": '<a href="/d">Бөлімдер</a><a href="/b">Бюджет</a>',
        "/d": '<h1>Бөлімдер</h1><a href="/b">Бюджет</a><a href="/1">Қаржы</a>'
        '<a href="/news/1">Жаңалық</a><a href="/l">Басшылық</a><a href="/">Басты</a>',
        "/1": "<h1>Қаржы бөлімі</h1>",
        "/news/1": "<h1>Кездесу</h1>",
        "/l": "<h1>Басшылық</h1>",
        "/b": "<h1>Бюджет</h1>",
        "/bolimder/2": Answer(html="<h1>Жер бөлімі</h1>"),
    }

    assert [page.address for page in pages_of(site_of(site), "units")] == [
        f"{ORIGIN}/1",
        f"{ORIGIN}/bolimder/2",
        f"{ORIGIN}/d",
    ]
    assert pages_of(site_of(site), "president") == []


def test_three_links_of_a_page_make_a_list():
    links = "".join(f'<a href="/{number}">{number}</a>' for number in range(3))
    site = {
        "/": '<a href="/d">Бөлімдер</a>',
        "/d": f"<h1>Бөлімдер</h1>{links}<p>Асанов Марат, міндеттері</p>",
        **{f"/{number}": "<h1>1</h1>" for number in range(3)},
    }

    assert state_of(site, "units").lacks == ()


def test_page_below_that_was_not_read_leaves_needs_unknown():
    site = {
        "/": '<a href="/1">1</a>',
        "/1": '<a href="/2">2</a>',
        "/2": '<a href="/d">3</a>',
        "/d": '<h1>Бөлімдер</h1><a href="/x">4</a>',
        "/x": "<h1>Асанов Марат</h1>",
    }

    state = state_of(site, "units")

    assert (state.lacks, state.unknown) == ((), sections()["units"].needs)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"ru": "1.05.2026", "kk": "2026 жылғы 1 мамыр", "en": "1 May 2026"}, "2026 жылғы 1 мамыр"),
        ({"ru": "1.05.2026", "en": "1 May 2026"}, "1.05.2026"),
        ({"ru": "1.05.2026", "kk": "2026 жылғы 1 мамыр", "en": "2 May 2026"}, "2026 жылғы 1 мамыр"),
        ({"ru": "1.05.2026", "en": "2 May 2026"}, "2 May 2026"),
    ],
)
def test_of_equal_days_the_words_of_the_state_language_are_told(written, words):
    site = {"/": "".join(f'<a href="/{code}/budget">Бюджет</a>' for code in written)}
    site |= {f"/{code}/budget": f"<h1>Бюджет</h1><p>{day}</p>" for code, day in written.items()}

    assert state_of(site, "budget").newest_words == words


def test_news_are_as_new_as_their_latest_item():
    site = {
        "/": '<a href="/news/">Жаңалықтар</a>',
        "/news/": '<h1>Жаңалықтар</h1><p>18.11.2026</p><a href="/news/1">1</a>',
        "/news/1": "<main><h1>1</h1><p>19.11.2026</p></main>",
    }

    state = state_of(site, "news")

    assert (state.newest, state.newest_words, state.is_stale) == (
        date(2026, 11, 19),
        "2026-11-19",
        False,
    )


def test_sections_of_another_kind_of_body_are_not_expected():
    pages = {"/": "<p>1</p>"}

    assert "map" in states_of(site_of(pages, kind="akimat_city"))
    assert "map" not in states_of(site_of(pages, kind="ministry"))


@pytest.mark.parametrize(
    ("states", "share"),
    [
        ([], Decimal(100)),
        ([SectionState(code="about")], Decimal("0.0")),
        (
            [
                SectionState(code="about", address="a", complete=Decimal("0.5")),
                SectionState(code="faq", address="a"),
            ],
            Decimal("62.5"),
        ),
    ],
)
def test_percent_weighs_sections_by_importance(states, share):
    assert percent(states) == share


VACANT = "<h1>Вакансии</h1><p>Страница готовится.</p>"
STAFF = "<h1>Кадровые вопросы</h1><table><tr><th>Назначен</th><td>Асанов Марат</td></tr></table>"


def test_page_called_by_a_name_of_another_section_does_not_stand_for_one_of_its_own_name():
    links = '<a href="/staff">Кадровые вопросы</a><a href="/vacant">Вакансии</a>'
    site = site_of({"/": links, "/vacant": VACANT, "/staff": STAFF})

    vacant, staff = states_of(site)["vacancies"], states_of(site)["appointments"]

    assert (vacant.address, vacant.lacks) == (
        f"{ORIGIN}/vacant",
        ("requirements|document|table",),
    )
    assert (staff.address, staff.lacks) == (f"{ORIGIN}/staff", ())
    assert [page.address for page in pages_of(site, "vacancies")] == [f"{ORIGIN}/vacant"]


def test_page_called_by_a_name_of_another_section_stands_for_one_that_has_no_page():
    site = site_of({"/": '<a href="/staff">Кадровые вопросы</a>', "/staff": STAFF})

    vacant = states_of(site)["vacancies"]

    assert (vacant.address, vacant.lacks) == (f"{ORIGIN}/staff", ())


@pytest.mark.parametrize(
    ("heading", "told", "is_complete"),
    [
        ("Кадровые назначения", "Иванов И.И. — назначен, приказ № 5", True),
        ("Кадровые вопросы", "Назначен: Иванов Иван Иванович, руководитель управления", True),
        ("Кадровые вопросы", "Иванов И.И. на должность руководителя назначен.", True),
        ("Кадровые вопросы", "Петрова П.П. (освобождена)", True),
        ("Кадровые вопросы", "*освобождён* Петров П.П.", True),
        ("Кадровые вопросы", "Приказ об освобождении Петрова П.П.", True),
        ("Кадровые вопросы", "Приказ об освобождении", False),
        ("Кадровые вопросы", "Назначен(а) Иванова И.И.", True),
        ("Кадровые вопросы", "Освобождение от должности Петрова П.П.", True),
        ("Тағайындау және босату", "Серік Ахметов басшы болып тағайындалды.", True),
        ("Назначения и освобождения", "", False),
        ("Назначения и увольнения", "", False),
        ("Кадровые назначения", "", False),
        ("Тағайындау және босату", "", False),
        ("Appointments and dismissals", "", False),
        ("Кадровые вопросы", "</p><h2>Назначение</h2><p>", False),
        ("Кадровые вопросы", "<b>Назначен</b> <strong> </strong>", False),
        ("Кадровые вопросы", "</p><table><tr><th>Назначен<th>Освобождён</table><p>", False),
        ("Кадровые вопросы", "Назначение на должность идёт по конкурсу.", False),
        ("Кадровые вопросы", "</p><h2>Назначен</h2><p>Назначен новый руководитель.", True),
        ("Кадровые вопросы", "</p><h2>Назначены</h2><p>Иванов И.И., отдел кадров", True),
        ("Кадр мәселелері", "</p><h3>Тағайындалғандар</h3><p>", False),
        ("Кадр мәселелері", "Лауазымға тағайындау конкурспен өтеді.", False),
        ("Кадр мәселелері", "Серік Ахметовті басшы етіп тағайындау туралы бұйрық", True),
        ("Personnel", "</p><h2>Appointed</h2><p>", False),
        ("Personnel", "Appointment of Marat Asanov as head of the unit", True),
    ],
)
def test_appointments_are_told_by_words_and_not_by_the_name_of_their_section(
    heading, told, is_complete
):
    page = f"<main><h1>{heading}</h1><p>{told}</p><p>{'Слово о работе. ' * 40}</p></main>"
    state = state_of({"/": f'<a href="/n">{heading}</a>', "/n": page}, "appointments")

    assert state.lacks == (() if is_complete else ("appointed|document",))


def test_switch_of_languages_is_nobodys_name():
    page = "<div><a>Қазақша</a> <a>Русский</a></div><h1>Кадровые вопросы</h1><h2>Назначение</h2>"

    state = state_of({"/": '<a href="/n">Кадровые вопросы</a>', "/n": page}, "appointments")

    assert state.lacks == ("appointed|document",)


@pytest.mark.parametrize(
    ("listed", "is_found"),
    [("", False), ("<p>Жақында</p>", False), ("<p>1.11.2026 <a href='/1'>Мектеп</a></p>", True)],
)
def test_heading_of_news_with_no_news_below_it_is_no_section_of_news(listed, is_found):
    state = state_of({"/": f"<h1>Әкімдік</h1><h2>Жаңалықтар</h2>{listed}"}, "news")

    assert state.is_found is is_found


def test_heading_of_its_own_name_makes_a_page_its_own_whatever_else_it_is_called():
    both = STAFF + "<h1>Вакансии</h1>"
    site = site_of({"/": '<a href="/vacant">1</a><a href="/both">2</a>', "/vacant": VACANT,
                    "/both": both})  # fmt: skip

    assert [page.address for page in pages_of(site, "vacancies")] == [
        f"{ORIGIN}/both",
        f"{ORIGIN}/vacant",
    ]


def test_menu_of_a_home_page_far_from_the_first_one_is_a_menu_too():
    menu = '<a href="/ru/statistics">Статистика</a><a href="/ru/acts">Положение</a>'
    pages = {
        "/": '<a href="/1">1</a>',
        "/1": '<a href="/2">2</a>',
        "/2": '<a href="/ru">3</a>',
        "/ru": menu,
        "/ru/statistics": f"<h1>Статистика</h1>{menu}",
        "/ru/acts": f'{menu}<a href="/files/act.pdf">Положение</a>',
    }

    state = states_of(site_of(pages))["statistics"]

    assert (state.pages, state.documents) == (1, 0)


def test_states_are_worked_out_once_for_a_site():
    site = site_of({"/": '<a href="/b">Бюджет</a>', "/b": "<h1>Бюджет</h1>"})

    assert states_of(site) is states_of(site)


UNITS = "<p>Қаржы бөлімі, білім бөлімі, құрылыс бөлімі, ішкі саясат бөлімі</p>"


@pytest.mark.parametrize(
    ("pages", "address"),
    [
        ({"/s": f"<h1>Құрылымы</h1>{UNITS}"}, f"{ORIGIN}/s"),
        ({"/s": f"<h1>Құрылымы</h1>{UNITS}", "/u": "<h1>Бөлімдер</h1>"}, f"{ORIGIN}/u"),
        ({"/s": "<h1>Құрылымы</h1><p>Дайындалуда</p>"}, ""),
        ({"/s": "<h1>Байланыс</h1>"}, ""),
    ],
)
def test_units_are_told_by_a_page_of_their_own_or_by_a_structure_that_lists_them(pages, address):
    home = "".join(f'<a href="{path}">{path}</a>' for path in pages)

    state = state_of({"/": home, **pages}, "units")

    assert (state.address, state.lacks if not pages.get("/u") else ()) == (address, ())
