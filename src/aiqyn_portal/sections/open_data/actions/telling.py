"""Telling followers of sets: of a new version and what it breaks, and of the end of a set."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext, override

from aiqyn.text import LANGUAGES, Text, say
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.open_data.breaking import Broken, broken
from aiqyn_portal.sections.open_data.models import Dataset, Version

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
    waiting = Contribution.objects.undecided().filter(data_problem__dataset=dataset)
    news = Notice(
        code="data_set.withdrawn",
        key=f"data_set.withdrawn:{dataset.pk}",
        topics=[f"{TOPIC}:{dataset.name}", f"body:{dataset.body.code}"],
        to=User.objects.filter(pk__in=waiting.values("author"), is_active=True),
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
