"""Published rounds to read: the two real ones from the printed table, and small made ones."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pytest
from django.db.models.signals import post_save
from factory.django import mute_signals

import aiqyn
from aiqyn import chain
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.scoring.engine import rank, score
from aiqyn.scoring.methodology import digest, methodology
from aiqyn.scoring.published import findings_from_table
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Entry, FigureNote, Rating, Round
from aiqyn_portal.evaluation.standing import digest_of
from tests.factories import BodyFactory, BodyNameFactory

TABLE = "thesis_appendix3_openness_scores_2019_2020"
PUBLISHED_AT = datetime(2026, 11, 19, 6, 0, tzinfo=UTC)
CRITERIA = ("open_data", "open_budgets", "open_npa", "open_dialogue", "internet_resource")


def make_round(code: str = "kz-openness-2020", year: int = 2020, **fields: Any) -> Round:
    return Round.objects.create(
        **{
            "code": code,
            "title": {
                "kk": f"Ашықтық, {year}",
                "ru": f"Открытость, {year}",
                "en": f"Openness {year}",
            },
            "methodology": code,
            "methodology_sha256": digest(fields.get("methodology", code)),
            "since": date(year, 1, 1),
            "until": date(year, 12, 31),
            "state": Round.State.FINAL,
            "published_at": PUBLISHED_AT,
            "source": {"kk": "Кесте", "ru": "Таблица", "en": "A table"},
        }
        | fields
    )


def make_rating(
    entry: Entry,
    findings: list[Finding],
    stage: str = Rating.Stage.FINAL,
    place: int | None = None,
    **fields: Any,
) -> Rating:
    tree = score(entry.body.code, findings, methodology(entry.round.methodology))
    given = {"stage": stage, "rank": place} | made_under(entry.round) | fields
    return Rating.objects.create(entry=entry, **fields_of(tree, findings) | given)


def fields_of(tree: chain.Rating, findings: list[Finding]) -> dict[str, Any]:
    """What a rating keeps of its tree and the findings under it."""
    return {
        "points": tree.points,
        "max_points": tree.max_points,
        "grade": tree.grade,
        "tree": msgspec.to_builtins(tree, str_keys=True),
        "findings": [msgspec.to_builtins(finding, str_keys=True) for finding in findings],
        "tree_sha256": digest_of(tree),
        "stage": Rating.Stage.FINAL,
    }


def made_under(round_: Round) -> dict[str, Any]:
    """What a rating keeps of the round, the program and the hour."""
    return {
        "methodology_sha256": round_.methodology_sha256,
        "library_version": aiqyn.__version__,
        "made_at": PUBLISHED_AT,
    }


def stated(*points: str, evidence: str = "a" * 64) -> list[Finding]:
    """One published figure for each criterion, in the order of CRITERIA."""
    return [
        Finding(
            rule=f"stated:{code}",
            outcome=Outcome.PASSED,
            value=Decimal(value),
            evidence=evidence,
            places=(Place(where=f"row 2, column {code}_2020", saw=value),),
        )
        for code, value in zip(CRITERIA, points, strict=False)
    ]


@cache
def printed(code: str) -> list[tuple[str, dict[str, Any]]]:
    """The 17 akimats of the printed table under a methodology, ranked: code, rating's fields."""
    method = methodology(code)
    found = findings_from_table(TABLE, method)
    trees = [score(body, findings, method) for body, findings in found.items()]
    return [
        (tree.body, fields_of(tree, found[tree.body]) | {"rank": place})
        for place, tree in rank(trees, method)
    ]


def make_published(round_: Round) -> list[Rating]:
    """Enter the 17 akimats into a round, with their ratings; the search does not hear of them."""
    made = []
    with mute_signals(post_save):
        for code, fields in printed(round_.methodology):
            body = BodyFactory(code=code, kind=kind_of(code))
            entry = Entry(round=round_, body=body)
            made.append(Rating(entry=entry, **fields, **made_under(round_)))
    Entry.objects.bulk_create([rating.entry for rating in made])
    return Rating.objects.bulk_create(made)


def kind_of(code: str) -> str:
    cities = {"kz-akm-astana", "kz-akm-almaty", "kz-akm-shymkent"}
    return Body.Kind.AKIMAT_CITY if code in cities else Body.Kind.AKIMAT_REGION


@pytest.fixture
def published(db: None) -> tuple[Round, Round]:
    """2019 and 2020 with all 17 bodies, one old name, and a note on one figure."""
    older, newer = make_round("kz-openness-2019", 2019), make_round("kz-openness-2020", 2020)
    for round_ in (older, newer):
        make_published(round_)
    astana = Body.objects.get(code="kz-akm-astana")
    old = {"kk": "Нұр-Сұлтан әкімдігі", "ru": "Акимат Нур-Султана", "en": "Akimat of Nur-Sultan"}
    BodyNameFactory(body=astana, name=old, valid_from=date(2019, 3, 23), valid_to=date(2022, 9, 16))
    FigureNote.objects.create(
        round=newer,
        entry=Entry.objects.get(round=newer, body__code="kz-akm-shymkent"),
        code="sum_does_not_follow",
        text={"kk": "Қосынды 55,66", "ru": "Сумма 55,66", "en": "The sum is 55.66"},
        details={"column": "total_2020_published", "printed": "53.66"},
    )
    FigureNote.objects.create(
        round=newer,
        code="averages",
        text={"kk": "Орташа 79,44", "ru": "Среднее 79,44", "en": "The mean is 79.44"},
    )
    return older, newer


@pytest.fixture
def rated(db: None) -> Callable[..., Rating]:
    """Make one body with one published rating: `rated("kz-akm-a", "19.5", "20", …)`."""

    def make(code: str, *points: str, round_: Round | None = None, **fields: Any) -> Rating:
        held = round_ or Round.objects.filter(code="kz-openness-2020").first() or make_round()
        entry = Entry.objects.create(round=held, body=BodyFactory(code=code))
        return make_rating(entry, stated(*points), **fields)

    return make


def tree_of(rating: Rating) -> chain.Rating:
    return msgspec.convert(rating.tree, chain.Rating)
