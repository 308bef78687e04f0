"""The other public pages: home, bodies, methodologies, indices, comparison; and what all share."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiqyn.scoring.indices import index_ids
from aiqyn.scoring.methodology import methodology_ids
from aiqyn_portal.base.sections import Summary
from aiqyn_portal.bodies.models import Body
from tests.factories import AccountFactory, BodyFactory, BodyNameFactory
from tests.portal.reports.conftest import make_round

PAGES = [
    "",
    "ratings/",
    "ratings/kz-openness-2019/",
    "ratings/kz-openness-2020/",
    "ratings/kz-openness-2020/kz-akm-shymkent/",
    "bodies/",
    "bodies/kz-akm-astana/",
    "methodologies/",
    *(f"methodologies/{code}/" for code in methodology_ids()),
    "methodologies/kz-openness-2019/kz-openness-2020/",
    "methodologies/kz-openness-2020/kz-openness-2021/",
    "indices/",
    *(f"indices/{code}/" for code in index_ids()),
    "compare/",
    "compare/?first=kz-openness-2019/kz-akm-astana&second=kz-openness-2020/kz-akm-astana",
    "api/",
]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_every_language(client: Client, published, language: str) -> None:
    for path in PAGES:
        answer = client.get(f"/{language}/{path}")
        page = answer.content.decode()

        assert answer.status_code == 200, path
        assert f'<html lang="{language}"' in page
        assert page.count("<h1") == 1, path
        canonical = f'<link rel="canonical" href="http://testserver/{language}/{path}"'
        assert canonical.partition("?")[0].rstrip('"') in page
        for other in ("kk", "ru", "en"):
            assert f'hreflang="{other}"' in page
        assert re.search(r'<meta name="description" content="[^"]{20,}">', page), path
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page), path


@pytest.mark.parametrize(
    "path",
    [
        "ratings/no-such/",
        "bodies/no-such/",
        "methodologies/no-such/",
        "methodologies/kz-openness-2020/kz-openness-2020/",
        "methodologies/kz-openness-2020/no-such/",
        "indices/no-such/",
        "indices/kz-openness-2020/",
    ],
)
def test_unknown_address_is_a_page_not_a_crash(client: Client, published, path: str) -> None:
    answer = client.get(f"/ru/{path}")

    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "bodies/?kind=planet",
        "bodies/?page=0",
        "bodies/?page=two",
        "bodies/?page=99",
        "bodies/?page=²",
        pytest.param(f"bodies/?page={'9' * 5000}", id="bodies/?page=9…"),
        "compare/?first=nobody",
        "compare/?first=kz-openness-2020/kz-akm-astana&second=x",
    ],
)
def test_impossible_parameter_is_said(client: Client, published, path: str) -> None:
    answer = client.get(f"/ru/{path}")

    assert answer.status_code == 400
    assert "Открыть страницу без этих параметров" in answer.content.decode()


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(["", "bodies/", "compare/", "ratings/kz-openness-2020/", "indices/"]),
    asked=st.dictionaries(
        st.sampled_from(["sort", "kind", "q", "page", "first", "second"]), st.text(max_size=20)
    ),
)
def test_no_parameter_breaks_a_page(client: Client, published, path: str, asked) -> None:
    assert client.get(f"/kk/{path}", asked).status_code in {200, 400}


def test_home_without_ratings_says_so(client: Client, db) -> None:
    assert "No rating has been published yet." in client.get("/en/").content.decode()


def test_home_shows_the_newest_real_round(client: Client, published) -> None:
    make_round("example", 2026, methodology="aiqyn-site-2025", is_example=True)

    context = client.get("/en/").context

    assert context["round"].code == "kz-openness-2020"
    assert [line.code for line in context["top"]] == [
        "kz-akm-kyzylorda",
        "kz-akm-pavlodar",
        "kz-akm-west-kazakhstan",
        "kz-akm-east-kazakhstan",
        "kz-akm-almaty-region",
    ]
    assert (context["last"].code, context["average"].text) == ("kz-akm-shymkent", "79.44")


def test_examples_stand_apart(client: Client, published) -> None:
    make_round("example", 2026, methodology="aiqyn-site-2025", is_example=True)

    context = client.get("/en/ratings/").context

    assert [round_.code for round_ in context["rounds"]] == ["kz-openness-2020", "kz-openness-2019"]
    assert [round_.code for round_ in context["examples"]] == ["example"]


@pytest.mark.parametrize("text", ["шымкент", "ШЫМКЕНТ", "shymk", "  Шымкент  қал "])
def test_body_is_found_by_any_part_of_its_name(client: Client, body: Body, text: str) -> None:
    BodyFactory(code="kz-akm-other")

    found = client.get("/kk/bodies/", {"q": text}).context["page"].object_list

    assert [one.code for one in found] == ["kz-akm-shymkent"]


def test_bodies_follow_the_kazakh_alphabet(client: Client, db) -> None:
    for number, name in enumerate(["Қостанай", "Ұлытау", "Кент", "Әулие", "Абай"]):
        BodyFactory(code=f"kz-{number}", name={"kk": name, "ru": name, "en": name})

    found = client.get("/kk/bodies/").context["page"].object_list

    assert [str(one.name) for one in found] == ["Абай", "Әулие", "Кент", "Қостанай", "Ұлытау"]


def test_bodies_come_in_pages(client: Client, db) -> None:
    for number in range(51):
        BodyFactory(code=f"kz-{number:02}")

    pages = [client.get("/kk/bodies/", {"page": n}).context["page"] for n in (1, 2)]

    assert [len(page.object_list) for page in pages] == [50, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_bodies_takes_the_same_queries(
    client: Client, db, django_assert_num_queries, count: int
) -> None:
    for number in range(count):
        BodyNameFactory(body=BodyFactory(code=f"kz-{number}"))

    with django_assert_num_queries(2):
        client.get("/kk/bodies/")


def test_body_tells_names_contacts_accounts_and_family(client: Client, db) -> None:
    parent = BodyFactory(code="kz-parent")
    body = BodyFactory(
        code="kz-child",
        parent=parent,
        site="https://child.example.kz",
        contacts={"phone": "+7 700 000 00 00", "email": "a@child.example.kz"},
        valid_from=date(2010, 3, 1),
    )
    BodyNameFactory(body=body, name={"kk": "Ескі", "ru": "Старое", "en": "Old name"})
    AccountFactory(body=body, address="https://www.facebook.com/child")
    BodyFactory(code="kz-grandchild", parent=body)

    page = client.get("/en/bodies/kz-child/").content.decode()

    for said in (
        "/en/bodies/kz-parent/",
        "https://child.example.kz",
        "+7 700 000 00 00",
        "a@child.example.kz",
        "1\u00a0March 2010",
        "Old name",
        "https://www.facebook.com/child",
        "/en/bodies/kz-grandchild/",
        "This body has not been rated yet.",
    ):
        assert said in page


def test_body_shows_years_like_for_like(client: Client, published) -> None:
    context = client.get("/en/bodies/kz-akm-shymkent/").context

    assert [(y.round.code, str(y.result.points), str(y.change)) for y in context["years"]] == [
        ("kz-openness-2019", "55.70", "None"),
        ("kz-openness-2020", "55.66", "-7.4"),
    ]
    assert [cell is None for cell in context["table"][-1].cells] == [True, False]
    assert context["falls"] is False


def test_criteria_of_a_body_stand_as_bars_in_their_table(client: Client, published) -> None:
    page = client.get("/en/bodies/kz-akm-shymkent/").content.decode()

    bars = re.findall(r'<meter class="app-meter" [^>]*value="([\d.]+)" aria-label="([^"]+)"', page)
    assert bars[:2] == [("64.4", "Open data: 64.4 %"), ("74.8", "Open data: 74.8 %")]
    assert len(bars) == 9  # one criterion was not assessed in the first year
    assert "<figure" not in page  # a drawing with an axis would scroll sideways on a phone


def test_home_says_where_people_take_part(client: Client, db) -> None:
    page = client.get("/en/").content.decode()

    part = page.split('id="part"')[1].partition("</section>")[0]
    assert re.findall(r'href="(/en/[^"]+)"', part) == [
        "/en/compare/",
        "/en/drafts/",
        "/en/dialogue/",
        "/en/open-data/requests/",
        "/en/api/",
        "/en/accounts/login/",
        "/en/methodologies/",
    ]


def test_body_shows_what_its_sections_say(client: Client, body: Body, monkeypatch) -> None:
    said = Summary("Site audit", ["40 of 48 requirements met"], "/en/audits/7/")
    monkeypatch.setattr(apps.get_app_config("site_audit"), "summary", lambda body: said)

    page = client.get("/en/bodies/kz-akm-shymkent/").content.decode()

    assert "40 of 48 requirements met" in page
    assert '<a class="govuk-link" href="/en/audits/7/">' in page
    assert (
        '<span class="govuk-visually-hidden">: Site audit</span></a>' in page
    )  # no bare "Read on"


def test_two_falls_running_are_flagged(client: Client, rated) -> None:
    for year, points in ((2018, "20"), (2019, "15"), (2020, "10")):
        round_ = make_round(f"r-{year}", year, methodology="kz-openness-2020")
        rated("kz-akm-a", *[points] * 5, round_=round_)

    page = client.get("/en/bodies/kz-akm-a/")

    assert page.context["falls"] is True
    assert "fell two years running" in page.content.decode()


def test_comparison_is_like_for_like(client: Client, published) -> None:
    first, second = "kz-openness-2019/kz-akm-shymkent", "kz-openness-2020/kz-akm-shymkent"

    answer = client.get("/en/compare/", {"first": first, "second": second})

    context, page = answer.context, answer.content.decode()
    assert f"{context['overall']:.1f}" == "-7.4"
    assert 'class="govuk-table rep-compare"' in page
    assert "app-scroll" not in page  # on a phone both figures stand under their criterion
    assert [line.cells[0] is None for line in context["lines"]] == [False] * 4 + [True]


def test_comparison_offers_two_real_bodies_before_invented_ones(client: Client, rated) -> None:
    for year, is_example in ((2020, False), (2026, True)):
        round_ = make_round(
            f"r-{year}", year, methodology="kz-openness-2020", is_example=is_example
        )
        for body in ("kz-akm-a", "kz-akm-b"):
            rated(body, "10", round_=round_)

    context = client.get("/en/compare/").context

    offered = [value for _title, options in context["groups"] for value, _name in options]
    assert [value.partition("/")[0] for value in offered] == ["r-2020"] * 2 + ["r-2026"] * 2
    assert [chosen for _name, _label, chosen in context["fields"]] == ["", offered[1]]


def test_nothing_in_common_is_said(client: Client, rated) -> None:
    older = make_round("r-2019", 2019, methodology="kz-openness-2020")
    rated("kz-akm-a", "10", round_=older)
    newer = make_round("r-2020", 2020, methodology="aiqyn-site-2025")
    rated("kz-akm-a", round_=newer)

    answer = client.get("/en/compare/", {"first": "r-2019/kz-akm-a", "second": "r-2020/kz-akm-a"})

    assert "cannot be compared" in answer.content.decode()


def test_difference_of_editions_is_told(client: Client, db) -> None:
    changes = client.get("/en/methodologies/kz-openness-2019/kz-openness-2020/").context["changes"]

    said = {(one.what, one.subject, one.field, one.before, one.after) for one in changes}
    assert ("changed", "Criterion “Open data”", "points", "25", "20") in said
    assert (
        "added",
        "Criterion “Filling of the official internet resource”",
        "",
        "–",
        "–",
    ) in said


def test_unknown_points_are_said_plainly(client: Client, db) -> None:
    page = client.get("/en/methodologies/kz-openness-2021/").content.decode()

    assert page.count("points not known") == 6
    assert "are not verified" in page


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/kk/methodologies/kz-openness-2021/", "Табылмады. 2020 жылғы бес критерий"),
        ("/ru/methodologies/kz-openness-2021/", "Указ № 954 от 19 марта 2010 года"),
        ("/ru/methodologies/kz-openness-2020/", "шесть органов не провели ни одной"),
        ("/kk/indices/egdi/", "БҰҰ-ның 2018 және 2020 жылғы"),
    ],
)
def test_sources_are_named_in_the_language_of_the_page(
    client: Client, db, address: str, said: str
) -> None:
    page = client.get(address).content.decode()

    assert said in page
    assert not any(word in page for word in ("Thesis of", "not found", "not read", "recalled"))


def test_index_says_what_it_could_compute_again(client: Client, db) -> None:
    values = client.get("/en/indices/rti/").context["index"].values

    assert [(v.year, str(v.points), str(v.ours), v.rank, v.of, v.agrees) for v in values] == [
        (2021, "61", "60", 117, 136, True)
    ]
