"""Why a score: the tree down to the evidence, objections, corrections, how to check."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Entry, Objection, Rating
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.reports import rows
from tests.factories import BodyFactory, officer
from tests.portal.reports.conftest import PUBLISHED_AT, make_rating, make_round, stated

ADDRESS = "/en/ratings/kz-openness-2020/kz-akm-shymkent/"
MANIFEST, PAGE = "b" * 64, "c" * 64


def snapshot(sha256: str, origin: str = Snapshot.Origin.CRAWL) -> Snapshot:
    return Snapshot.objects.create(
        origin=origin, address="https://example.kz/", taken_at=PUBLISHED_AT, sha256=sha256
    )


@pytest.fixture
def audited(db) -> Rating:
    """A body rated by rules: one passed, one failed in one place, one cannot tell."""
    round_ = make_round("aiqyn-site-2025", 2026)
    entry = Entry.objects.create(round=round_, body=BodyFactory(code="kz-akm-shymkent"))
    place = Place(
        where="img:nth-child(2)", saw="contacts.png", address="https://example.kz/a", evidence=PAGE
    )
    findings = [
        Finding(rule="P001", outcome=Outcome.PASSED, count=Count(good=40, of=40)),
        Finding(
            rule="P004",
            outcome=Outcome.FAILED,
            evidence=MANIFEST,
            places=(place,),
            more=12,
            count=Count(good=3, of=16),
        ),
        Finding(rule="S005", outcome=Outcome.CANNOT_TELL, evidence=MANIFEST),
    ]
    return make_rating(entry, findings)


def test_published_figure_walks_to_its_cell(client: Client, published) -> None:
    table = Rating.objects.first().findings[0]["evidence"]
    snapshot(table, Snapshot.Origin.TABLE)

    criteria = client.get(ADDRESS).context["criteria"]

    stated_ = criteria[0].stated
    assert [(spot.where, spot.saw) for spot in stated_.spots] == [
        ("row 18, column open_data_2020", "14.96")
    ]
    assert stated_.sha256 == table
    assert stated_.spots[0].href == (f"/en/evidence/{table}/?place=row+18%2C+column+open_data_2020")


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "18-жол, «open_data_2020» бағаны"), ("ru", "строка 18, столбец «open_data_2020»")],
)
def test_cell_is_named_in_the_language_of_the_page(
    client: Client, published, language: str, said: str
) -> None:
    page = client.get(ADDRESS.replace("/en/", f"/{language}/")).content.decode()

    assert said in page
    assert "row 18, column" not in page


def test_criteria_are_shown_with_points_and_maximum(client: Client, published) -> None:
    criteria = client.get(ADDRESS).context["criteria"]

    assert [(c.code, str(c.points), str(c.maximum)) for c in criteria] == [
        ("open_data", "14.96", "20"),
        ("open_budgets", "8.6", "20"),
        ("open_npa", "13", "20"),
        ("open_dialogue", "2.1", "20"),
        ("internet_resource", "17", "20"),
    ]


def test_gaps_of_published_criteria_are_named_by_size(client: Client, published) -> None:
    raises = client.get(ADDRESS).context["raises"]

    assert [(one.criterion, str(one.gain)) for one in raises] == [
        ("Open dialogue", "17.9"),
        ("Open budgets", "11.4"),
        ("Open legal acts", "7"),
        ("Open data", "5.04"),
        ("Filling of the official internet resource", "3"),
    ]


def test_finding_walks_to_place_and_evidence(client: Client, audited) -> None:
    snapshot(PAGE)

    page = client.get("/en/ratings/aiqyn-site-2025/kz-akm-shymkent/")

    found = [
        found
        for criterion in page.context["criteria"]
        for indicator in criterion.indicators
        for found in indicator.findings
        if found.rule.code == "P004"
    ]
    assert [(one.outcome, one.good, one.of, one.more) for one in found] == [("failed", 3, 16, 12)]
    [spot] = found[0].spots
    assert (spot.saw, spot.address) == ("contacts.png", "https://example.kz/a")
    assert spot.href.startswith(f"/en/evidence/{PAGE}/")
    assert found[0].href == ""  # the manifest itself was not made public
    assert "/en/rules/P004/" in page.content.decode()


def test_uploaded_evidence_of_others_is_not_linked(client: Client, audited) -> None:
    snapshot(PAGE, Snapshot.Origin.UPLOAD)

    page = client.get("/en/ratings/aiqyn-site-2025/kz-akm-shymkent/").content.decode()

    assert f"/evidence/{PAGE}" not in page


def test_total_that_is_not_known_is_said(client: Client, audited) -> None:
    page = client.get("/en/ratings/aiqyn-site-2025/kz-akm-shymkent/")

    assert page.context["place"].rank is None
    assert "Nothing has been found out about this yet." in page.content.decode()


def test_repairs_are_named_with_their_points(client: Client, audited) -> None:
    raises = client.get("/en/ratings/aiqyn-site-2025/kz-akm-shymkent/").context["raises"]

    assert [one.rule.code for one in raises] == ["P004"]
    assert raises[0].gain > 0


def test_objection_and_answer_are_public(client: Client, rated) -> None:
    entry = rated("kz-akm-shymkent", "10", "10", "10", "10", "10").entry
    make_rating(entry, stated("10", "10", "10", "10", "5"), stage=Rating.Stage.PRELIMINARY)
    Objection.objects.create(
        entry=entry,
        item="open_dialogue",
        text="The report was there.",
        link="https://example.kz/report",
        filed_by=officer(entry.body),
        filed_at=datetime(2026, 11, 1, tzinfo=UTC),
        decision=Objection.Decision.ACCEPTED,
        answer="It was; five points are added.",
        answered_at=datetime(2026, 11, 5, tzinfo=UTC),
    )

    page = client.get(ADDRESS).content.decode()

    for said in (
        "Open dialogue, 1",
        "The report was there.",
        "https://example.kz/report",
        "It was; five points are added.",
        "Before objections the score was 45.00, after them 50.00.",
    ):
        assert said in page
    assert f"officer-of-{entry.body.code}" not in page


def test_correction_shows_reason_and_the_old_row(client: Client, rated) -> None:
    first = rated("kz-akm-shymkent", "10", "10", "10", "10", "10")
    make_rating(
        first.entry,
        stated("8", "8", "8", "8", "8"),
        stage=Rating.Stage.CORRECTION,
        corrects=first,
        reason={"kk": "Қате", "ru": "Ошибка", "en": "A figure was read from the wrong row."},
        made_at=PUBLISHED_AT + timedelta(days=1),
    )

    page = client.get(ADDRESS)

    assert [str(row.points) for row in page.context["history"]] == ["50.0000", "40.0000"]
    assert "A figure was read from the wrong row." in page.content.decode()
    assert first.tree_sha256[:16] in page.content.decode()


def test_page_says_how_to_compute_again(client: Client, published) -> None:
    page = client.get(ADDRESS).content.decode()

    row = Rating.objects.get(
        entry__round__code="kz-openness-2020", entry__body__code="kz-akm-shymkent"
    )
    assert "aiqyn score kz-openness-2020 kz-openness-2020.kz-akm-shymkent.json" in page
    assert row.tree_sha256 in page
    assert row.methodology_sha256 in page


@pytest.mark.parametrize("address", ["/en/ratings/no-such/kz-akm-shymkent/", f"{ADDRESS}x/"])
def test_unknown_round_or_body_is_not_found(client: Client, published, address: str) -> None:
    assert client.get(address).status_code == 404


def test_body_without_a_published_rating_is_not_found(client: Client, published) -> None:
    Body.objects.create(code="kz-akm-new", name={}, kind="akimat_region")

    assert client.get("/en/ratings/kz-openness-2020/kz-akm-new/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_why_takes_the_same_queries_however_many_bodies(
    client: Client, rated, django_assert_num_queries, count: int
) -> None:
    for code in ["kz-akm-shymkent", "kz-akm-b", "kz-akm-c"][:count]:
        rated(code, "10", "10", "10", "10", "10")
    rows._TREES.clear()

    with django_assert_num_queries(9):
        client.get(ADDRESS)
