"""Telling of sets and of answers: followers of a new version and what it breaks; who asked for
data, needs them too, or told of a mistake, of what the body says.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext, override

from aiqyn.text import LANGUAGES, Text, say
from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.open_data.breaking import Broken, broken
from aiqyn_portal.sections.open_data.models import Dataset, Problem, Request, Version

TOPIC = "data_set"


def tell_followers(version: Version, *, by: User, at: datetime) -> None:
    """Tell of a released version, in the transaction that released it."""
    dataset, gone = version.dataset, broken(version)
    news = Notice(
        code="data_set.released",
        key=f"data_set.released:{version.pk}",
        topics=[f"{TOPIC}:{dataset.name}", f"body:{dataset.body.code}"],
        but=[by],
        title=_in_every_language(lambda language: _title(version, language)),
        text=_in_every_language(lambda language: _text(version, gone, language)),
        view="open_data:version",
        arguments={"name": dataset.name, "number": version.number},
    )
    tell(news, at=at)


def tell_of_withdrawal(dataset: Dataset, *, by: User, at: datetime) -> None:
    """Tell followers, and whoever still waits for an answer about a mistake, in its transaction."""
    waiting = dataset.problems.filter(state=Problem.State.OPEN).values("told_by")
    news = Notice(
        code="data_set.withdrawn",
        key=f"data_set.withdrawn:{dataset.pk}",
        topics=[f"{TOPIC}:{dataset.name}", f"body:{dataset.body.code}"],
        to=User.objects.filter(pk__in=waiting, is_active=True),
        but=[by],
        title=_in_every_language(
            lambda language: (
                gettext("The set “%(set)s” has been withdrawn.")
                % {"set": say(Text(dataset.title), language)}
            )
        ),
        text=dict.fromkeys(LANGUAGES, dataset.reason),
        view="open_data:set",
        arguments={"name": dataset.name},
    )
    tell(news, at=at)


def tell_of_request(request: Request, *, at: datetime) -> None:
    """Tell who asked and who voted of an answer to a request, in the transaction that gave it."""
    asked = Q(pk=request.asked_by_id) | Q(pk__in=request.votes.values("user"))
    news = Notice(
        code="data_request.answered",
        key=f"data_request.answered:{request.pk}:{at.isoformat()}",
        title=_in_every_language(
            lambda _: (
                gettext("Answer to the request for data “%(title)s”: %(state)s")
                % {"title": request.title, "state": request.get_state_display()}
            )
        ),
        text=dict.fromkeys(LANGUAGES, request.answer),
        to=User.objects.filter(asked, is_active=True),
        view="open_data:request",
        arguments={"pk": request.pk},
    )
    tell(news, at=at)


def tell_of_problem(problem: Problem, *, at: datetime) -> None:
    """Tell who told of a mistake what the body says, in the transaction that says it."""
    dataset = problem.dataset
    news = Notice(
        code="data_problem.answered",
        key=f"data_problem.answered:{problem.pk}",
        title=_in_every_language(
            lambda language: (
                gettext("Answer about a mistake in the set “%(set)s”: %(state)s")
                % {"set": say(Text(dataset.title), language), "state": problem.get_state_display()}
            )
        ),
        text=dict.fromkeys(LANGUAGES, problem.answer),
        to=User.objects.filter(pk=problem.told_by_id, is_active=True),
        view="open_data:set",
        arguments={"name": dataset.name},
    )
    tell(news, at=at)


def _in_every_language(words: Callable[[str], str]) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = words(language)
    return said


def _title(version: Version, language: str) -> str:
    said = {"set": say(Text(version.dataset.title), language), "number": version.number}
    return gettext("Version %(number)s of the set “%(set)s” is out.") % said


def _text(version: Version, gone: list[Broken], language: str) -> str:
    lines = [say(Text(version.note), language)] if version.note else []
    if gone:
        lines.append(
            gettext("Programs that read the file by the names of its columns may stop working.")
        )
    for each in gone:
        lines += [gettext("Column gone:") + f" {name} ({each.file})" for name in each.gone]
        lines += [
            gettext("Other kind of values:") + f" {name} ({each.file})" for name in each.retyped
        ]
    return "\n".join(lines)
