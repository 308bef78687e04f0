"""`/api/v1/…`: everything the public pages show, for programs. Described at /api/openapi.json."""

from typing import Annotated, Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query
from ninja.pagination import paginate

from aiqyn.scoring import methodology as methodologies
from aiqyn.scoring.indices import Comparison, Results, index_ids
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Rating, Round
from aiqyn_portal.evaluation.queries import current_ratings, other_total, published_rounds
from aiqyn_portal.reports import api_shapes as shapes
from aiqyn_portal.reports import index_pages
from aiqyn_portal.reports.api_base import Envelope, Pages, PublicAPI, answer_errors, last_changed
from aiqyn_portal.reports.places import method_of
from aiqyn_portal.reports.queries import bodies_matching, notes_of
from aiqyn_portal.reports.why import open_findings

Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
Filter = Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{0,60}$")]
OfRound = Annotated[str, Query(alias="round", pattern=r"^[A-Za-z0-9_-]{0,60}$")]
Words = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$", description="Words of a name")]
MISSING = {404: Envelope}

api = PublicAPI(
    title="Aiqyn",
    version="1",
    description=(
        "Openness ratings of state bodies of Kazakhstan, down to the findings they rest on. "
        "Reading only, no key, any origin. Lists take `limit` and `offset`. Answers carry an "
        "ETag; ask again with If-None-Match. What is not known is null, never zero."
    ),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    openapi_extra={
        "info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "security": [],
    },
    servers=[{"url": "/", "description": "This portal"}],
)
answer_errors(api)


@api.get("/v1/bodies", response=list[shapes.BodyShape], tags=["bodies"], summary="State bodies")
@paginate(Pages)
def bodies(request: HttpRequest, q: Words = "", kind: Filter = "") -> Any:
    """In order of their registry codes; `q` searches the names in every language."""
    found = bodies_matching(q, kind).select_related("parent").order_by("code")
    return _Mapped(found, _body)


@api.get(
    "/v1/bodies/{code}",
    response={200: shapes.BodyPage, **MISSING},
    tags=["bodies"],
    summary="One body with its names through time",
)
def body(request: HttpRequest, code: Code) -> Any:
    found = Body.objects.select_related("parent").prefetch_related("names", "accounts")
    one = _or_404(found.filter(code=code).first(), f"There is no body {code}.")
    names = [
        {"name": old.name, "valid_from": old.valid_from, "valid_to": old.valid_to}
        for old in one.names.all()
    ]
    return _body(one) | {"names": names, "accounts": [a.address for a in one.accounts.all()]}


@api.get("/v1/rounds", response=list[shapes.RoundShape], tags=["ratings"], summary="Rounds")
@paginate(Pages)
def rounds(request: HttpRequest) -> Any:
    """Published evaluation rounds, newest first."""
    return _Mapped(published_rounds(), _round)


@api.get(
    "/v1/rounds/{code}",
    response={200: shapes.RoundPage, **MISSING},
    tags=["ratings"],
    summary="One round with the notes on its figures",
)
def round_(request: HttpRequest, response: HttpResponse, code: Code) -> Any:
    one = _published(code)
    last_changed(response, one.published_at)
    notes = [
        {
            "code": note.code,
            "body": note.entry.body.code if note.entry else None,
            "text": note.text,
            "details": note.details,
        }
        for note in notes_of(one)
    ]
    return _round(one) | {"bodies": one.entries.count(), "notes": notes}


@api.get("/v1/ratings", response=list[shapes.RatingShape], tags=["ratings"], summary="Ratings")
@paginate(Pages)
def ratings(
    request: HttpRequest, response: HttpResponse, round_code: OfRound = "", body: Filter = ""
) -> Any:
    """Ratings that count now, newest round first, then by rank."""
    found = _public_ratings().defer("findings", "replaced", "tree")
    if round_code:
        found = found.filter(entry__round__code=round_code)
    if body:
        found = found.filter(entry__body__code=body)
    last_changed(response, found.aggregate(newest=Max("made_at"))["newest"])
    return _Mapped(
        found.order_by("-entry__round__until", "entry__round__code", "rank", "entry__body__code"),
        _rating,
    )


@api.get(
    "/v1/ratings/{round_code}/{body_code}",
    response={200: shapes.RatingPage, **MISSING},
    tags=["ratings"],
    summary="One rating with its whole tree",
)
def rating(request: HttpRequest, response: HttpResponse, round_code: Code, body_code: Code) -> Any:
    """The tree: criterion, indicator, facts. `aiqyn score` computes it from the findings."""
    one = _rated(round_code, body_code)
    last_changed(response, one.made_at)
    return _rating(one) | {"reason": one.reason, "tree": one.tree}


@api.get(
    "/v1/ratings/{round_code}/{body_code}/findings",
    response={200: list[dict[str, Any]], **MISSING},
    tags=["ratings"],
    summary="The findings a rating rests on",
)
@paginate(Pages)
def findings(
    request: HttpRequest, response: HttpResponse, round_code: Code, body_code: Code
) -> Any:
    one = _rated(round_code, body_code)
    last_changed(response, one.made_at)
    return open_findings(one.findings)


@api.get(
    "/v1/methodologies",
    response=list[shapes.MethodologyShape],
    tags=["methodologies"],
    summary="Methodologies",
)
@paginate(Pages)
def methodologies_(request: HttpRequest) -> Any:
    """Dated methodologies as data, with the digest of their files."""
    return [_methodology(one) for one in methodologies.methodology_ids()]


@api.get(
    "/v1/methodologies/{id}",
    response={200: shapes.MethodologyPage, **MISSING},
    tags=["methodologies"],
    summary="One methodology",
)
def methodology(request: HttpRequest, id: Code) -> Any:  # noqa: A002  # the name in the address
    if id not in methodologies.methodology_ids():
        raise Http404(f"There is no methodology {id}.")
    method = method_of(id)
    criteria = [{"code": c.code, "title": c.title, "points": c.points} for c in method.criteria]
    return _methodology(id) | {"act": method.act, "url": method.url, "criteria": criteria}


@api.get(
    "/v1/indices",
    response=list[shapes.MethodologyShape],
    tags=["indices"],
    summary="International indices",
)
@paginate(Pages)
def indices(request: HttpRequest) -> Any:
    """Indices whose published results we keep and compute again."""
    return [_methodology(code) for code in index_ids()]


@api.get(
    "/v1/indices/{id}",
    response={200: shapes.IndexPage, **MISSING},
    tags=["indices"],
    summary="Published results of one index, with ours beside them",
)
def index(request: HttpRequest, id: Code) -> Any:  # noqa: A002  # the name in the address
    if id not in index_ids():
        raise Http404(f"There is no index {id}.")
    made = index_pages.published(id)
    found = [_index_result(compared, made) for compared in index_pages.compared(id)]
    return _methodology(id) | {"note": made.note or {}, "results": found}


class _Mapped:
    """A queryset whose page is turned into shapes: counted and sliced by the database."""

    def __init__(self, found: Any, shape: Any) -> None:
        self.found = found
        self.shape = shape

    def __getitem__(self, part: Any) -> list[dict[str, Any]]:
        return [self.shape(one) for one in self.found[part]]

    def __len__(self) -> int:
        return int(self.found.count())


def _or_404(one: Any, said: str) -> Any:
    if one is None:
        raise Http404(said)
    return one


def _published(code: str) -> Round:
    one: Round = _or_404(
        published_rounds().filter(code=code).first(), f"There is no published round {code}."
    )
    return one


def _public_ratings() -> Any:
    return current_ratings().filter(entry__round__state=Round.State.FINAL)


def _rated(round_code: str, body_code: str) -> Any:
    found = _public_ratings().defer(None)
    one = found.filter(entry__round__code=round_code, entry__body__code=body_code).first()
    return _or_404(one, f"There is no published rating of {body_code} in {round_code}.")


def _body(one: Body) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind,
        "name": one.name,
        "parent": one.parent.code if one.parent else None,
        "bin": one.bin,
        "kato": one.kato,
        "site": one.site,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "is_example": one.is_example,
    }


def _round(one: Round) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "methodology": one.methodology,
        "methodology_sha256": one.methodology_sha256,
        "since": one.since,
        "until": one.until,
        "published_at": one.published_at,
        "source": one.source,
        "is_example": one.is_example,
    }


def _rating(one: Rating) -> dict[str, Any]:
    return {
        "round": one.entry.round.code,
        "body": one.entry.body.code,
        "stage": one.stage,
        "points": one.points,
        "published_total": other_total(getattr(one, "printed_total", None), one.points),
        "max_points": one.max_points,
        "grade": one.grade,
        "rank": one.rank,
        "preliminary_points": getattr(one, "preliminary_points", None),
        "tree_sha256": one.tree_sha256,
        "methodology": one.entry.round.methodology,
        "methodology_sha256": one.methodology_sha256,
        "library_version": one.library_version,
        "made_at": one.made_at,
    }


def _methodology(methodology_id: str) -> dict[str, Any]:
    method = method_of(methodology_id)
    return {
        "id": method.id,
        "kind": method.kind,
        "title": method.title,
        "sha256": methodologies.digest(methodology_id),
    }


def _index_result(compared: Comparison, made: Results) -> dict[str, Any]:
    one = compared.published
    return {
        "body": one.body,
        "year": one.year,
        "points": one.points,
        "rank": one.rank,
        "of": one.of,
        "grade": one.grade,
        "ours": compared.rating.points if compared.rating else None,
        "agrees": compared.agrees,
        "source": made.sources[one.source].title,
        "source_url": made.sources[one.source].url,
        "verified": made.sources[one.source].verified,
    }
