"""Who hears of a round: officers of a body, its followers, evaluators.

A message goes out in the transaction of the act it tells of.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.queries import evaluators
from aiqyn_portal.base.fields import Phrase, in_all
from aiqyn_portal.base.formats import say_date
from aiqyn_portal.deadlines.queries import officers_of
from aiqyn_portal.evaluation.models import Entry, Objection, Rating, Round
from aiqyn_portal.notices.actions import Notice, tell


def shown(round_: Round, made: Iterable[Rating], *, by: User) -> None:
    """Officers of each body hear that its preliminary result is there, and until when to object."""
    title = in_all(lambda: _("The preliminary result of your body is ready."))
    text = in_all(
        lambda: (
            _("Objections are taken until %(day)s inclusive.")
            % {"day": say_date(round_.objections_until)}
            if round_.objections_until
            else ""
        )
    )
    for rating in made:
        _to_officers(rating.entry, f"preliminary.sent:{rating.pk}", (title, text), by=by)


def objected(objection: Objection, *, by: User) -> None:
    """Evaluators hear that a body disagrees."""
    tell(
        Notice(
            code="objection.filed",
            key=f"objection.filed:{objection.pk}",
            title=_about_body(lambda: _("Objection: %(body)s"), objection.entry),
            text=in_all(lambda: objection.text),
            to=[each for each in evaluators() if each != by],
            view="evaluation:answer_objection",
            arguments={"pk": objection.pk},
        )
    )


def answered(objection: Objection, *, by: User) -> None:
    """Officers of the body hear what became of their objection."""
    title = in_all(
        lambda: (
            _("Your objection is answered: %(decision)s")
            % {"decision": objection.get_decision_display()}
        )
    )
    text = in_all(lambda: objection.answer)
    _to_officers(objection.entry, f"objection.answered:{objection.pk}", (title, text), by=by)


def published(round_: Round, made: Iterable[Rating], *, by: User) -> None:
    """Followers and officers of each body hear of its rating."""
    for rating in made:
        title = _about_body(lambda: _("A rating is published: %(body)s"), rating.entry)
        told = (title, round_.title)
        _to_everybody(rating.entry, f"rating.published:{rating.pk}", told, by=by)


def corrected(rating: Rating, *, by: User) -> None:
    """Whoever hears of ratings hears of a correction, and why it was made."""
    entry = rating.entry
    title = _about_body(lambda: _("The rating is corrected: %(body)s"), entry)
    _to_everybody(entry, f"rating.corrected:{rating.pk}", (title, rating.reason), by=by)


def _about_body(words: Callable[[], str], entry: Entry) -> Phrase:
    return in_all(lambda: words() % {"body": entry.body})


def _to_officers(entry: Entry, key: str, told: tuple[Phrase, Phrase], *, by: User) -> None:
    tell(
        Notice(
            code=key.partition(":")[0],
            key=key,
            title=told[0],
            text=told[1],
            to=[each for each in officers_of(entry.body) if each != by],
            view="evaluation:result",
            arguments={"code": entry.round.code, "body": entry.body.code},
        )
    )


def _to_everybody(entry: Entry, key: str, told: tuple[Phrase, Phrase], *, by: User) -> None:
    tell(
        Notice(
            code=key.partition(":")[0],
            key=key,
            title=told[0],
            text=told[1],
            topics=[f"body:{entry.body.code}"],
            to=[each for each in officers_of(entry.body) if each != by],
            but=[by],
            view="reports:why",
            arguments={"round_code": entry.round.code, "body_code": entry.body.code},
        )
    )
