"""The door of CKAN's Action API."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aiqyn.text import LANGUAGES
from aiqyn_portal.accounts import tokens
from aiqyn_portal.accounts.refusals import TokenIsUnknown
from aiqyn_portal.base.middleware import takes_up_to
from aiqyn_portal.sections.open_data.api.actions import ACTIONS, WRITING
from aiqyn_portal.sections.open_data.api.asking import Asked, NotJSON, asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import (
    ActionError,
    NotAuthorized,
    answer,
    not_understood,
    refuse,
)


def _has_key(request: HttpRequest) -> bool:
    try:
        return tokens.speaks_for(request) is not None
    except TokenIsUnknown:
        return False


@takes_up_to("OPEN_DATA_MEGABYTES", known=_has_key)
@csrf_exempt  # programs have no cookies; nothing here reads the session
@require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])
def action(request: HttpRequest, name: str) -> HttpResponse:
    """`/api/3/action/<name>` and `/api/action/<name>`, with the parameters of any method."""
    act = ACTIONS.get(name)
    if act is None:
        return not_understood(f"Action name not known: {name[:100]}")
    try:
        given = asked(request)
    except NotJSON as problem:
        return not_understood(str(problem))
    try:
        result = act(Asked(given), _caller(request, is_writing=act in WRITING))
    except ActionError as refused:
        return refuse(request, name, refused)
    return answer(request, name, result)


def _caller(request: HttpRequest, *, is_writing: bool) -> Caller:
    """Words come in the language asked for by `Accept-Language`, Kazakh first.

    What changes something is posted: an address alone is fetched by whoever meets it.
    """
    if is_writing and request.method != "POST":
        raise NotAuthorized("writing actions are posted")
    try:
        user = tokens.speaks_for(request)
    except TokenIsUnknown as refused:
        raise NotAuthorized(str(refused)) from refused
    asked_for = getattr(request, "LANGUAGE_CODE", "kk")
    return Caller(
        origin=f"{request.scheme}://{request.get_host()}",
        language=asked_for if asked_for in LANGUAGES else "kk",
        user=user,
        files=request.FILES if is_writing else None,
    )


@require_http_methods(["GET", "HEAD"])
def version(request: HttpRequest) -> HttpResponse:
    """`/api/3`: which API this is."""
    return JsonResponse({"version": 3}, headers={"Access-Control-Allow-Origin": "*"})
