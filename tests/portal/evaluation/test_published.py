from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from aiqyn.scoring.published import table_bytes
from aiqyn.scoring.tables import describe
from aiqyn_portal.evaluation import actions, queries, refusals
from aiqyn_portal.evaluation.models import FigureNote, Rating, Round
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import store
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.evaluation.trial import AT

TABLE = "thesis_appendix3_openness_scores_2019_2020"


@pytest.fixture
def akimats(db: None) -> None:
    for known in describe(TABLE).bodies.values():
        factories.BodyFactory(code=known.code)


def load(year: int) -> Round:
    name = f"kz-openness-{year}"
    return actions.load_published(name, name, TABLE, year=year, at=AT)


def test_published_figures_of_2020_become_a_final_round(akimats: None) -> None:
    round_ = load(2020)

    league = [
        (row.rank, row.body.code.removeprefix("kz-akm-"), row.rating.points)
        for row in queries.league(round_)
    ]
    assert (round_.state, round_.since.year, round_.until.year) == ("final", 2020, 2020)
    assert len(league) == 17
    assert league[0] == (1, "kyzylorda", Decimal("95.8"))
    assert league[-1] == (17, "shymkent", Decimal("55.66"))


def test_command_loads_both_years(akimats: None) -> None:
    call_command("load_published", stdout=StringIO())

    periods = Round.objects.order_by("since").values_list("code", "since__year", "until__year")
    assert list(periods) == [("kz-openness-2019", 2019, 2019), ("kz-openness-2020", 2020, 2020)]


def test_equal_totals_of_2019_share_a_rank(akimats: None) -> None:
    last = [(row.rank, row.rating.points) for row in queries.league(load(2019))][-2:]

    assert last == [(16, Decimal("55.7")), (16, Decimal("55.7"))]


def test_note_on_the_total_of_shymkent_stands_beside_its_figure(akimats: None) -> None:
    round_ = load(2020)

    note = FigureNote.objects.get(
        round=round_, entry__body__code="kz-akm-shymkent", details__computed="55.66"
    )
    assert (note.details["printed"], note.details["holds"]) == ("53.66", False)


def test_loading_again_changes_nothing(akimats: None) -> None:
    first = load(2020)
    load(2019)
    before = (Rating.objects.count(), FigureNote.objects.count(), Snapshot.objects.count())

    assert load(2020) == first
    after = (Rating.objects.count(), FigureNote.objects.count(), Snapshot.objects.count())
    assert after == before
    assert before[0] == 34
    assert before[2] == 1
    assert [event.action for event in Event.objects.all()] == ["figures.loaded"] * 2


def test_every_point_leads_to_the_printed_table(akimats: None) -> None:
    load(2020)

    evidence = {
        finding["evidence"] for rating in Rating.objects.all() for finding in rating.findings
    }
    [sha256] = evidence
    assert store().get(sha256) == table_bytes(TABLE)


def test_body_missing_from_the_registry_is_refused_and_nothing_is_loaded(db: None) -> None:
    with pytest.raises(refusals.BodyNotInRegistry, match="kz-akm-shymkent"):
        load(2020)

    assert Round.objects.count() == 0
