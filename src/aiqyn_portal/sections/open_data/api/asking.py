"""What a program asked for: parameters from the address, a form or JSON, read as CKAN does."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from aiqyn_portal.sections.open_data.api.envelope import Invalid

LARGEST = 1_000_000  # bytes of a request's body
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
TRUE = frozenset({"true", "yes", "t", "y", "1", "on"})


class NotJSON(ValueError):
    """The body of the request cannot be read."""


def asked(request: HttpRequest) -> dict[str, Any]:
    """Parameters of an action: of the address, and over them those of the body.

    Raises NotJSON.
    """
    found = _given(request)
    if not _is_writable(found):
        raise NotJSON("text with half a character: a lone surrogate")
    return found


def _is_writable(value: Any) -> bool:
    """Whether all text in the value is text: JSON may escape halves of characters."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _given(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {key: _one(request.GET.getlist(key)) for key in request.GET}
    if request.method != "POST":
        return found
    is_form = request.content_type in FORMS
    is_json_after_all = request.content_type == FORMS[0] and request.body.lstrip()[:1] == b"{"
    if is_form and not is_json_after_all:  # curl -d calls whatever it sends a form
        return found | {key: _one(request.POST.getlist(key)) for key in request.POST}
    return found | _json(request.body)


def _json(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    if len(body) > LARGEST:
        raise NotJSON("the request is too large")
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise NotJSON(f"JSON Error: {problem}") from problem
    if not isinstance(read, dict):
        raise NotJSON("Request data JSON decoded to something that is not an object")
    return read


def _one(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


class Asked:
    """The parameters of one request, by type; what is missing or wrong is named."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def text(self, name: str, default: str = "", *, most: int = 2000) -> str:
        """A string without NUL; lists are joined by a space."""
        value = self.given.get(name, default)
        if isinstance(value, list):
            value = " ".join(map(str, value))
        if value is None or isinstance(value, dict):
            return default
        plain = str(value).replace("\0", "")
        if len(plain) > most:
            raise Invalid(**{name: f"longer than {most} characters"})
        return plain

    def needed(self, name: str) -> str:
        """A string that must be there."""
        if not (value := self.text(name).strip()):
            raise Invalid(**{name: "Missing value"})
        return value

    def number(self, name: str, default: int, *, most: int, least: int = 0) -> int:
        """A whole number, cut to `most` as CKAN does; refused below `least`."""
        value = self.given.get(name)
        if value is None or value == "":
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise Invalid(**{name: "Invalid integer"}) from None
        if number < least:
            raise Invalid(**{name: f"Must be {least} or more"})
        return min(number, most)

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no in any of CKAN's words."""
        value = self.given.get(name)
        if value is None or value == "":
            return default
        return str(value).lower() in TRUE

    def words(self, name: str) -> list[str]:
        """A list, or words parted by commas."""
        value = self.given.get(name)
        if isinstance(value, str):
            value = self.json(name) if value.startswith("[") else value.split(",")
        if not isinstance(value, list):
            return []
        return [str(each).strip().replace("\0", "") for each in value if str(each).strip()]

    def json(self, name: str) -> Any:
        """A value, or JSON of it in a string; None when it is not there."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            read = json.loads(value)
        except (ValueError, RecursionError):
            raise Invalid(**{name: "Cannot parse JSON"}) from None
        if not _is_writable(read):
            raise Invalid(**{name: "Cannot parse JSON"})
        return read
