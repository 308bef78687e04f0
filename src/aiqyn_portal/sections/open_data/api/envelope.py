"""How CKAN answers: one envelope for results, one for errors with CKAN's own names."""

import json
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from aiqyn_portal.sections.open_data.api.caller import Written

HELP = "{origin}/api/3/action/help_show?name={action}"


class ActionError(Exception):
    """An action refused; says which of CKAN's errors it is."""

    kind: ClassVar[str] = "Search Error"
    status: ClassVar[int] = 409

    def envelope(self) -> dict[str, Any]:
        """The `error` part of the answer."""
        return {"__type": self.kind, "message": str(self)}


class NotFound(ActionError):
    """There is no such thing, or it is not public."""

    kind = "Not Found Error"
    status = 404

    def envelope(self) -> dict[str, Any]:
        return {"__type": self.kind, "message": f"Not found: {self}"}


class NotAuthorized(ActionError):
    """The asker may not do this."""

    kind = "Authorization Error"
    status = 403

    def envelope(self) -> dict[str, Any]:
        return {"__type": self.kind, "message": f"Access denied: {self}"}


class Invalid(ActionError):
    """A parameter is missing or wrong; names every field."""

    kind = "Validation Error"
    status = 409

    def __init__(self, **fields: str) -> None:
        super().__init__("; ".join(f"{name}: {told}" for name, told in fields.items()))
        self.fields = fields

    def envelope(self) -> dict[str, Any]:
        return {"__type": self.kind, **{name: [told] for name, told in self.fields.items()}}


class SearchRefused(ActionError):
    """A search expression cannot be understood."""

    kind = "Search Query Error"


def answer(request: HttpRequest, action: str, result: Any) -> HttpResponse:
    """A good answer."""
    if isinstance(result, Written):
        told = json.dumps(_help(request, action))
        return _open(f'{{"help": {told}, "success": true, "result": {result.text}}}', 200)
    return _respond({"help": _help(request, action), "success": True, "result": result}, 200)


def refuse(request: HttpRequest, action: str, error: ActionError) -> HttpResponse:
    """An error as CKAN words it."""
    told = {"help": _help(request, action), "success": False, "error": error.envelope()}
    return _respond(told, error.status)


def not_understood(problem: str) -> HttpResponse:
    """What CKAN answers where there is no such action or the request is no JSON: a bare string."""
    return _respond(f"Bad request - {problem}", 400)


def _help(request: HttpRequest, action: str) -> str:
    return HELP.format(origin=f"{request.scheme}://{request.get_host()}", action=action)


def _respond(told: Any, status: int) -> HttpResponse:
    return _open(json.dumps(told, ensure_ascii=False, allow_nan=False), status)


def _open(written: str, status: int) -> HttpResponse:
    response = HttpResponse(written, status=status, content_type="application/json;charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response
