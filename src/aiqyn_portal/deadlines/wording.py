"""The letters of letters.yaml and the stages of stages.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from aiqyn.calendar.saying import filled
from aiqyn.catalogue import read
from aiqyn.text import Text
from aiqyn_portal.deadlines.models import Deadline

HERE = Path(__file__).parent


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A title and a text with gaps."""

    title: Text
    text: Text


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When to speak of a due date: `at` working days after it, before it where negative."""

    at: int
    letter: str
    to_head: bool = False


@cache
def letters() -> dict[str, Letter]:
    return read(HERE / "letters.yaml", dict[str, Letter])


@cache
def stages() -> dict[str, Stage]:
    """In the order they come."""
    return read(HERE / "stages.yaml", dict[str, Stage])


def written(code: str, deadline: Deadline, **values: Any) -> Letter:
    """The letter `code` about `deadline`, its gaps filled in every language."""
    about = {
        "title": dict(deadline.title),
        "due": deadline.due_on or "—",
        "body": dict(deadline.body.name),
        **values,
    }
    letter = letters()[code]
    return Letter(filled(letter.title, **about), filled(letter.text, **about))
