"""The shapes our JSON API answers with. Figures are JSON numbers; the frozen tree keeps its own
canonical spelling (figures as strings), because its digest is taken over that.
"""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Text(Schema):
    """One phrase in the languages of the portal; empty where it has not been written."""

    kk: str = ""
    ru: str = ""
    en: str = ""


class NameThen(Schema):
    name: Text
    valid_from: date | None
    valid_to: date | None


class BodyShape(Schema):
    code: str
    kind: str
    name: Text
    parent: str | None
    bin: str
    kato: str
    site: str
    valid_from: date | None
    valid_to: date | None
    is_example: bool


class BodyPage(BodyShape):
    names: list[NameThen]
    accounts: list[str]


class RoundShape(Schema):
    code: str
    title: Text
    methodology: str
    methodology_sha256: str
    since: date
    until: date
    published_at: datetime | None
    source: Text
    is_example: bool


class NoteShape(Schema):
    code: str
    body: str | None
    text: Text
    details: dict[str, Any]


class RoundPage(RoundShape):
    bodies: int
    notes: list[NoteShape]


class RatingShape(Schema):
    round: str
    body: str
    stage: str
    points: float | None
    published_total: float | None = Field(
        description="The total as its source printed it, where that is not the sum of the "
        "criteria; null when both are the same. `notes` of the round say what differs."
    )
    max_points: float | None
    grade: str
    rank: int | None
    preliminary_points: float | None
    tree_sha256: str
    methodology: str
    methodology_sha256: str
    library_version: str
    made_at: datetime


class RatingPage(RatingShape):
    reason: Text
    tree: dict[str, Any]


class CriterionShape(Schema):
    code: str
    title: Text
    points: float | None


class MethodologyShape(Schema):
    id: str
    kind: str
    title: Text
    sha256: str


class MethodologyPage(MethodologyShape):
    act: Text
    url: str
    criteria: list[CriterionShape]


class IndexResult(Schema):
    """One published result; `ours` is computed from the published parts, null without them."""

    body: str
    year: int
    points: float | None
    rank: int | None
    of: int | None
    grade: str
    ours: float | None
    agrees: bool | None
    source: Text
    source_url: str
    verified: bool


class IndexPage(MethodologyShape):
    note: Text
    results: list[IndexResult]
