"""Telling authors and followers of every step of a contribution, in the transaction of the step."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from django.utils.translation import override

from aiqyn.catalogue import read
from aiqyn.text import LANGUAGES, Text, say
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.actions.steps import Act, What
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.notices.actions import Notice, tell

ONE_BY_ONE = 50  # decided together; more authors hear it in one message, from their cabinet
LONGEST_ABOUT = 150
OF_VOTERS = (What.DECIDED, What.PASSED_ON, What.REFLECTED, What.REOPENED)


@cache
def told() -> dict[str, Text]:
    return read(files("aiqyn_portal.contributions") / "told.yaml", dict[str, Text])


def tell_of(rows: Sequence[Contribution], act: Act) -> None:
    """Tell of `act`, where there is something to tell; whoever acted is not told of it."""
    if _sentence(rows[0], act) is None:
        return
    if len(rows) <= ONE_BY_ONE:
        for row in rows:
            tell(_notice(row, act))
        return
    first = rows[0]
    tell(
        Notice(
            code=f"contribution.{act.what}",
            key=f"contribution.{act.what}:{first.number}:{first.steps_made}:{len(rows)}",
            title=_titled(first, act),
            text=act.words,
            to=list(dict.fromkeys(person for row in rows for person in _concerned(row, act))),
            view="contributions:cabinet",
        )
    )


def _sentence(row: Contribution, act: Act) -> Text | None:
    """What is told of a step, in the words of the kind where it has its own."""
    step = act.outcome or act.what
    kind = kinds.get(row.kind)
    return (kind.told.get(step) if kind else None) or told().get(step)


def _notice(row: Contribution, act: Act) -> Notice:
    return Notice(
        code=f"contribution.{act.what}",
        key=f"contribution.{act.what}:{row.number}:{row.steps_made}",
        title=_titled(row, act),
        text=act.words,
        topics=[row.subject],
        to=_concerned(row, act),
        but=[act.by] if act.by is not None else [],
        view="contributions:one",
        arguments={"number": row.number},
    )


def _concerned(row: Contribution, act: Act) -> list[User]:
    """Its author, and of some kinds whoever is for it; whoever acted is not told of it."""
    people = [row.author] if row.author else []
    kind = kinds.get(row.kind)
    if kind and kind.tells_voters and act.what in OF_VOTERS:
        voters = row.votes.filter(value=1, user__isnull=False).select_related("user")
        people += [vote.user for vote in voters.order_by("pk") if vote.user]
    return [person for person in people if person != act.by]


def _titled(row: Contribution, act: Act) -> dict[str, str]:
    sentence, about = _sentence(row, act) or Text({}), about_named(row)
    return {code: sentence[code].format(number=row.number, about=about[code]) for code in LANGUAGES}


def about_named(row: Contribution) -> Mapping[str, str]:
    """What a contribution is about, in every language."""
    about = kinds.about(row.kind, row.about_key)
    named = {}
    for code in LANGUAGES:
        with override(code):
            title = about.title if about else kinds.title_of(row.kind)
            said = say(Text(dict(title)), code) if isinstance(title, Mapping) else str(title)
        named[code] = said[:LONGEST_ABOUT]
    return named
