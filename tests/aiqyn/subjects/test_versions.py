"""Of a section in two languages the worse version counts; nobody is accused of what is unseen."""

from datetime import date

import pytest

from aiqyn.subjects.completeness import VersionState, pages_by_version, states_of
from tests.aiqyn.subjects.test_completeness import site_of
from tests.aiqyn.worked import ORIGIN

HOME = '<a href="/kk/q">Азаматтарды қабылдау</a><a href="/ru/q">Приём граждан</a>'
FULL = f"<h1>Приём граждан</h1><p>По вторникам с 10 до 12 часов. {'Ждём вас. ' * 20}</p>"
EMPTY = "<h1>Азаматтарды қабылдау</h1><p>Мәлімет кейін толықтырылады.</p>"
NEEDS = ("weekday", "hour")


def reception(pages):
    return states_of(site_of({"/": HOME, **pages}))["reception"]


def lacking(state):
    return [(each.language, each.lacks, each.unknown) for each in state.versions]


def test_russian_version_does_not_make_up_for_the_kazakh_one():
    state = reception({"/ru/q": FULL, "/kk/q": EMPTY})

    assert (state.address, state.lacks, str(state.share)) == (f"{ORIGIN}/kk/q", NEEDS, "0.2")
    assert lacking(state) == [("kk", NEEDS, ()), ("ru", (), ())]


def test_kazakh_version_does_not_make_up_for_the_russian_one():
    state = reception(
        {
            "/ru/q": "<h1>Приём граждан</h1><p>Скоро.</p>",
            "/kk/q": f"<h1>Азаматтарды қабылдау</h1><p>Бейсенбі, 15.00 {'Келіңіз. ' * 20}</p>",
        }
    )

    assert (state.address, lacking(state)) == (
        f"{ORIGIN}/kk/q",
        [("kk", (), ()), ("ru", NEEDS, ())],
    )


@pytest.mark.parametrize(
    "kazakh",
    [
        f"<h1>Азаматтарды қабылдау</h1><p>{'Бізге хабарласыңыз, күтеміз. ' * 9}</p>",
        f'{EMPTY}<img src="/kk/keste.png" alt="">',
        f'{EMPTY}<img src="/kk/keste.aspx?id=5" alt="">',
    ],
)
def test_version_as_long_or_with_a_picture_of_its_own_may_tell_it(kazakh):
    state = reception({"/ru/q": FULL, "/kk/q": kazakh})

    assert (state.lacks, lacking(state)) == ((), [("kk", (), NEEDS), ("ru", (), ())])


@pytest.mark.parametrize(
    "shared", ['<img src="/logo.png" alt="">', '<link rel=stylesheet href="/kk.css">']
)
def test_picture_of_both_versions_and_a_style_sheet_tell_nothing(shared):
    logo = '<img src="/logo.png" alt="">'

    state = reception({"/ru/q": FULL + logo, "/kk/q": EMPTY + shared})

    assert lacking(state)[0] == ("kk", NEEDS, ())


def test_what_no_version_tells_is_lacking_in_both_however_long():
    state = reception({"/ru/q": "<h1>Приём граждан</h1><p>Скоро.</p>", "/kk/q": EMPTY})

    assert (state.lacks, lacking(state)) == (NEEDS, [("kk", NEEDS, ()), ("ru", NEEDS, ())])


def test_page_without_a_twin_counts_for_both_and_makes_no_version():
    alone = reception({"/ru/q": FULL})
    below = reception(
        {
            "/ru/q": '<h1>Приём граждан</h1><a href="/ru/days">Дни</a>',
            "/kk/q": '<h1>Азаматтарды қабылдау</h1><a href="/ru/days">Күндері</a>',
            "/ru/days": "<p>По вторникам с 10 до 12 часов.</p>",
        }
    )

    assert (alone.versions, alone.lacks) == ((), ())
    assert lacking(below) == [("kk", (), ()), ("ru", (), ())]


def test_twin_of_a_page_is_its_version_whatever_it_is_called():
    home = '<a href="/ru/q">Приём граждан</a><a href="/kk/q">Бізге келіңіз</a>'
    site = site_of({"/": home, "/ru/q": FULL, "/kk/q": "<h1>Келіңіз</h1>"})

    versions = pages_by_version(site, "reception")

    assert [(each.language, [page.address for page in each.pages]) for each in versions] == [
        ("kk", [f"{ORIGIN}/kk/q"]),
        ("ru", [f"{ORIGIN}/ru/q"]),
    ]
    assert pages_by_version(site, "budget") == []


def test_section_is_as_old_as_the_older_of_its_versions():
    home = '<a href="/kk/b">Бюджет</a><a href="/ru/b">Бюджет</a>'
    site = site_of(
        {
            "/": home,
            "/kk/b": "<h1>Бюджет</h1><p>Жаңартылған күні 1.03.2019</p>",
            "/ru/b": "<h1>Бюджет</h1><p>Обновлено 1.11.2026</p>",
        }
    )

    state = states_of(site)["budget"]

    assert (state.newest, state.newest_words, state.is_stale) == (
        date(2019, 3, 1),
        "1.03.2019",
        True,
    )
    assert [each.newest for each in state.versions] == [date(2019, 3, 1), date(2026, 11, 1)]


def test_section_of_one_version_tells_what_that_version_tells():
    state = reception({"/ru/q": "<h1>Приём граждан</h1>"})

    assert state.told == (VersionState(address=state.address, sha256=state.sha256, lacks=NEEDS),)


@pytest.mark.parametrize(
    ("told", "newest", "is_stale"),
    [
        ("1962 жылғы 5 мамырда туған, 2019 жылғы 1 наурыздан бері басшы", None, False),
        ("Жаңартылған күні 1.03.2019", date(2019, 3, 1), True),
        ("Жаңартылған күні 1.03.2025", date(2025, 3, 1), False),
    ],
)
def test_what_holds_for_years_is_stale_only_where_it_says_when_it_was_updated(
    told, newest, is_stale
):
    pages = {"/": '<a href="/l">Басшылық</a>', "/l": f"<h1>Басшылық</h1><p>{told}</p>"}

    state = states_of(site_of(pages))["leaders"]

    assert (state.newest, state.is_stale) == (newest, is_stale)


@pytest.mark.parametrize(
    ("told", "newest", "words"),
    [
        ("План от 1.03.2019 действует до 31 декабря 2030 года", date(2019, 3, 1), "1.03.2019"),
        ("План от 1.03.2019, заявки до 5 декабря 2026 года", date(2026, 11, 20), "5 декабря 2026"),
        ("План действует до 31 декабря 2030 года", None, ""),
    ],
)
def test_a_day_far_ahead_is_no_proof_of_an_update(told, newest, words):
    pages = {"/": '<a href="/b">Бюджет</a>', "/b": f"<h1>Бюджет</h1><p>{told}</p>"}

    state = states_of(site_of(pages))["budget"]

    assert (state.newest, state.newest_words) == (newest, words)
