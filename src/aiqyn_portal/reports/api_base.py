"""How our JSON API answers: conditional, open to every origin, one envelope for errors."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from ninja import Field, NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.pagination import LimitOffsetPagination

from aiqyn.catalogue import read

MINUTE = 60


class Pages(LimitOffsetPagination):
    """`limit` and `offset`, both bounded: no database counts beyond its integers."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=1000)
        offset: int = Field(0, ge=0, le=1_000_000)


class Problem(Schema):
    """What went wrong, for a program and for a person."""

    code: str
    message: str
    details: list[dict[str, Any]] = []


class Envelope(Schema):
    error: Problem


class PublicAPI(NinjaAPI):
    """Reading only, no sign-in: answers carry an ETag and may be read from any page."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(
            request, data, status=status, temporal_response=temporal_response
        )
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        response["X-Content-Type-Options"] = "nosniff"
        if response.status_code != 200:
            return response
        return _conditional(request, response)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _document_errors(operation)
        schema["paths"] |= beside()
        return schema


@cache
def beside() -> dict[str, Any]:
    """What other apps answer beside this API: paths, each in the app's own openapi.yaml."""
    told = (Path(app.path) / "openapi.yaml" for app in apps.get_app_configs())
    paths: dict[str, Any] = {}
    for path in told:
        paths |= read(path, dict[str, Any]) if path.exists() else {}
    return paths


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MINUTE}"
    changed = parse_http_date_safe(response.get("Last-Modified", ""))
    answer = get_conditional_response(request, etag, changed, response)
    if answer is not response and answer is not None:
        answer["Access-Control-Allow-Origin"] = "*"
    return answer or response


def _document_errors(operation: dict[str, Any]) -> None:
    """What any address may answer besides 200; ninja documents only what a view declares."""
    envelope = {"$ref": "#/components/schemas/Envelope"}
    body = {"application/json": {"schema": envelope}}
    operation["responses"].setdefault(304, {"description": "Not changed since your copy"})
    if operation.get("parameters"):
        operation["responses"].setdefault(
            422, {"description": "A parameter cannot be understood", "content": body}
        )


def last_changed(response: HttpResponse, moment: datetime | None) -> None:
    """Say when what is answered last changed."""
    if moment:
        response["Last-Modified"] = http_date(moment.timestamp())


def problem(code: str, message: str, details: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The envelope every error comes in."""
    return {"error": {"code": code, "message": message, "details": details or []}}


def answer_errors(api: PublicAPI) -> None:
    """Give every error of `api` the same envelope."""

    def not_found(request: HttpRequest, missing: Http404 | type[Http404]) -> HttpResponse:
        said = str(missing) or "There is nothing at this address."
        return api.create_response(request, problem("not_found", said), status=404)

    def not_understood(
        request: HttpRequest, refused: ValidationError | type[ValidationError]
    ) -> HttpResponse:
        errors = refused.errors if isinstance(refused, ValidationError) else []
        details = [
            {"place": ".".join(str(step) for step in error["loc"]), "problem": error["msg"]}
            for error in errors
        ]
        said = "A parameter cannot be understood; see details."
        return api.create_response(request, problem("not_understood", said, details), status=422)

    api.add_exception_handler(Http404, not_found)
    api.add_exception_handler(ValidationError, not_understood)
