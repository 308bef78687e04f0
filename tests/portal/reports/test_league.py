"""The league table: places, changes, sorting, notes, and a constant number of queries."""

from datetime import timedelta

import pytest
from django.test import Client

from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Entry, FigureNote, Rating, Round
from aiqyn_portal.reports import rows
from tests.factories import BodyNameFactory
from tests.portal.reports.conftest import PUBLISHED_AT, make_rating, make_round, stated

ADDRESS = "/en/ratings/kz-openness-2020/"


def test_league_of_2020_gives_the_published_places(client: Client, published) -> None:
    lines = client.get(ADDRESS).context["league"].lines

    assert [(line.rank, line.code, line.total.text) for line in lines[:3] + lines[-1:]] == [
        ("1", "kz-akm-kyzylorda", "95.80"),
        ("2", "kz-akm-pavlodar", "94.04"),
        ("3", "kz-akm-west-kazakhstan", "93.00"),
        ("17", "kz-akm-shymkent", "55.66"),
    ]


def test_league_shares_a_place_between_equal_totals(client: Client, published) -> None:
    lines = client.get("/en/ratings/kz-openness-2019/").context["league"].lines

    assert [(line.rank, line.total.text) for line in lines[-3:]] == [
        ("15", "56.00"),
        ("16", "55.70"),
        ("16", "55.70"),
    ]


def test_change_is_like_for_like_in_percentage_points(client: Client, published) -> None:
    lines = client.get(ADDRESS).context["league"].lines

    fell = [(line.code, line.change.text) for line in lines if line.direction == "down"]
    assert fell == [
        ("kz-akm-aktobe", "−0.9"),
        ("kz-akm-astana", "−3.3"),
        ("kz-akm-shymkent", "−7.4"),
    ]


def test_first_round_has_no_column_of_changes(client: Client, published) -> None:
    first = client.get("/en/ratings/kz-openness-2019/")
    second = client.get(ADDRESS)

    assert {line.change for line in first.context["league"].lines} == {None}
    assert b"rep-change" not in first.content
    assert second.content.count(b"rep-change") > 17


def test_average_is_of_what_is_shown(client: Client, published) -> None:
    whole = client.get(ADDRESS).context["league"]
    cities = client.get(ADDRESS, {"kind": "akimat_city"}).context["league"]

    assert whole.average.text == "79.44"
    assert list(whole.averages) == ["16.50", "15.09", "16.54", "12.89", "18.41"]
    assert [line.code for line in cities.lines] == [
        "kz-akm-almaty",
        "kz-akm-astana",
        "kz-akm-shymkent",
    ]
    assert cities.average.text == "59.23"


def test_body_bears_the_name_it_had(client: Client, published) -> None:
    lines = client.get(ADDRESS).context["league"].lines

    line = next(line for line in lines if line.code == "kz-akm-astana")
    assert (line.name, line.name_today) == ("Akimat of Nur-Sultan", "Akimat kz-akm-astana")


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("rank", "kz-akm-kyzylorda"),
        ("-rank", "kz-akm-shymkent"),
        ("points", "kz-akm-shymkent"),
        ("-points", "kz-akm-kyzylorda"),
        ("grade", "kz-akm-shymkent"),
        ("-grade", "kz-akm-kyzylorda"),
        ("change", "kz-akm-shymkent"),
        ("-change", "kz-akm-akmola"),
        ("open_data", "kz-akm-astana"),
        ("-open_data", "kz-akm-karaganda"),
        ("open_budgets", "kz-akm-aktobe"),
        ("-open_npa", "kz-akm-kostanay"),
        ("open_dialogue", "kz-akm-shymkent"),
        ("-internet_resource", "kz-akm-almaty-region"),
        ("name", "kz-akm-akmola"),
        ("-name", "kz-akm-astana"),
    ],
)
def test_league_sorts_by_every_column(client: Client, published, sort: str, first: str) -> None:
    league = client.get(ADDRESS, {"sort": sort}).context["league"]

    assert league.lines[0].code == first
    assert [column.aria_sort for column in league.columns if column.aria_sort] == [
        "descending" if sort.startswith("-") else "ascending"
    ]


def test_column_link_turns_the_order_round(client: Client, published) -> None:
    league = client.get(ADDRESS, {"sort": "-points", "kind": "akimat_city"}).context["league"]

    links = {column.key: column.href for column in league.columns}
    assert links["points"] == "?sort=points&kind=akimat_city#table"
    assert links["open_data"] == "?sort=-open_data&kind=akimat_city#table"
    assert links["name"] == "?sort=name&kind=akimat_city#table"


def test_unknown_figures_come_last_both_ways(client: Client, rated) -> None:
    rated("kz-akm-a", "10", "10", "10", "10", "10", place=1)
    rated("kz-akm-b", "10", "10")

    for sort in ("points", "-points"):
        lines = client.get(ADDRESS, {"sort": sort}).context["league"].lines
        assert [(line.code, line.rank, line.total.text) for line in lines] == [
            ("kz-akm-a", "1", "50.00"),
            ("kz-akm-b", "–", "–"),
        ]


def test_names_follow_the_kazakh_alphabet() -> None:
    names = ["Я", "Қостанай", "Ақтөбе", "Ұлытау", "Абай", "Әулие", "Іле", "Кент", "Ыстық", "Уфа"]

    assert sorted(names, key=in_alphabet) == [
        "Абай",
        "Ақтөбе",
        "Әулие",
        "Кент",
        "Қостанай",
        "Уфа",
        "Ұлытау",
        "Ыстық",
        "Іле",
        "Я",
    ]


def test_note_stands_beside_its_figure(client: Client, published) -> None:
    league = client.get(ADDRESS).context["league"]

    assert [(note.number, note.body, note.column) for note in league.notes] == [
        (1, "kz-akm-shymkent", "points"),
        (2, "", "average"),
    ]
    assert [line.code for line in league.lines if line.total.marks == (1,)] == ["kz-akm-shymkent"]
    assert league.average.marks == (2,)


@pytest.mark.parametrize(
    ("code", "column", "expected"),
    [
        ("fell_like_for_like", "total_2020_published", "change"),
        ("growth_is_not_like_for_like", "total_2020_published", "change"),
        ("tie_numbered_apart", "total_2019_published", "rank"),
        ("over_printed_maximum", "open_npa_2019", "open_npa"),
        ("sum_does_not_follow", "total_2020_published", "points"),
        ("maxima_do_not_add_up", "", ""),
    ],
)
def test_note_finds_its_column(
    client: Client, rated, code: str, column: str, expected: str
) -> None:
    rating = rated("kz-akm-a", "10", "10", "10", "10", "10")
    text = {"kk": "Ескертпе", "ru": "Примечание", "en": "A note"}
    FigureNote.objects.create(
        round=rating.entry.round, code=code, text=text, details={"column": column}
    )

    notes = client.get(ADDRESS).context["league"].notes

    assert [note.column for note in notes] == [expected]


def test_what_holds_is_told_last(client: Client, rated) -> None:
    round_ = rated("kz-akm-a", "10", "10", "10", "10", "10").entry.round
    text = {"kk": "Ескертпе", "ru": "Примечание", "en": "A note"}
    for holds in (True, False):
        FigureNote.objects.create(round=round_, code="average", text=text, details={"holds": holds})

    notes = client.get(ADDRESS).context["league"].notes

    assert [note.holds for note in notes] == [False, True]


def test_both_scores_are_shown_when_objections_changed_something(client: Client, rated) -> None:
    entry = rated("kz-akm-a", "10", "10", "10", "10", "10").entry
    make_rating(entry, stated("10", "10", "10", "10", "5"), stage=Rating.Stage.PRELIMINARY)

    page = client.get(ADDRESS)

    assert [line.before for line in page.context["league"].lines] == ["45.00"]
    assert "before objections: 45.00" in page.content.decode()


def test_correction_replaces_and_moves_the_places(client: Client, rated) -> None:
    first = rated("kz-akm-a", "10", "10", "10", "10", "10", place=1)
    rated("kz-akm-b", "9", "9", "9", "9", "9", place=2)
    make_rating(
        first.entry,
        stated("8", "8", "8", "8", "8"),
        stage=Rating.Stage.CORRECTION,
        corrects=first,
        place=2,
        made_at=PUBLISHED_AT + timedelta(days=1),
    )

    lines = client.get(ADDRESS).context["league"].lines

    assert [(line.rank, line.code, line.total.text, line.is_corrected) for line in lines] == [
        ("1", "kz-akm-b", "45.00", False),
        ("2", "kz-akm-a", "40.00", True),
    ]


def test_renamed_body_is_drawn_anew(client: Client, rated) -> None:
    rated("kz-akm-a", "10", "10", "10", "10", "10")
    client.get(ADDRESS)
    renamed = {"kk": "Жаңа", "ru": "Новый", "en": "New name"}
    Body.objects.update(name=renamed)

    now = client.get(ADDRESS).context["league"].lines[0].name
    BodyNameFactory(body=Body.objects.get(), name={**renamed, "en": "Name then"})
    then = client.get(ADDRESS).context["league"].lines[0]

    assert now == "New name"
    assert (then.name, then.name_today) == ("Name then", "New name")


@pytest.mark.parametrize("count", [1, 3])
def test_league_takes_three_queries_to_draw_first_and_two_to_draw_again(
    client: Client, rated, django_assert_num_queries, count: int
) -> None:
    rows._TREES.clear()
    for number in range(count):
        rated(f"kz-akm-{number}", "10", "10", "10", "10", str(number), place=1)

    with django_assert_num_queries(3):
        client.get(ADDRESS)
    for asked in ({}, {"sort": "-points"}):  # as it was drawn; drawn anew
        with django_assert_num_queries(2):
            client.get(ADDRESS, asked)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_league_is_light(client: Client, published, language: str) -> None:
    page = client.get(f"/{language}/ratings/kz-openness-2020/").content

    assert len(page) < 85_000


@pytest.mark.parametrize("asked", [{"sort": "beauty"}, {"sort": ""}, {"kind": "ministry"}])
def test_impossible_question_gets_a_page_that_says_so(client: Client, published, asked) -> None:
    answer = client.get(ADDRESS, asked)

    assert answer.status_code == 400
    assert f": {next(iter(asked.values()))}" in answer.content.decode()


def test_script_in_the_address_is_harmless(client: Client, published) -> None:
    answer = client.get(ADDRESS, {"sort": "<script>alert(1)</script>"})

    assert answer.status_code == 400
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("state", [Round.State.OPEN, Round.State.PRELIMINARY])
def test_unpublished_round_is_not_shown(client: Client, rated, state: str) -> None:
    rated("kz-akm-a", "10", "10", "10", "10", "10")
    Round.objects.update(state=state)

    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}kz-akm-a/").status_code == 404
    assert client.get("/ratings/kz-openness-2020.csv").status_code == 404


def test_methodology_that_refuses_to_total_is_still_shown(client: Client, db) -> None:
    round_ = make_round("kz-openness-2021", 2021)
    entry = Entry.objects.create(round=round_, body=Body.objects.create(code="kz-a", name={}))
    make_rating(entry, [])

    league = client.get("/en/ratings/kz-openness-2021/").context["league"]

    assert [(line.rank, line.total.text) for line in league.lines] == [("–", "–")]
    assert [column.maximum for column in league.columns][-2:] == ["–", ""]
