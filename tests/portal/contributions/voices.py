"""A kind of contribution for tests, and contributions ready-made."""

from itertools import count
from typing import Any, NamedTuple

from django.test import override_settings

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, kinds
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Appeal, Contribution
from tests import factories

KIND, QUESTION = "trial", "trial_question"
CLOSED = "closed"  # the key of what is closed; "nothing" is not there
_keys = count()


def about(key: str) -> About | None:
    body = Body.objects.filter(code="kz-akm-shymkent").first()
    if body is None or key == "nothing":
        return None
    return About(
        title={"kk": f"Сынақ {key}", "ru": f"Проба {key}", "en": f"Trial {key}"},
        view="reports:body",
        arguments={"code": body.code},
        body_id=body.pk,
        is_open=key != CLOSED,
        why_closed="Талқылау аяқталды.",
    )


def offer_kinds() -> None:
    """What sections do when they are ready: a comment with stances, a question with a term."""
    kinds.register(
        Kind(KIND, "Сынақ пікірі", section="trial", about=about, stances=True, wordings=True)
    )
    kinds.register(
        Kind(
            QUESTION,
            "Сынақ сұрағы",
            section="trial",
            about=about,
            term="question_answer",
            term_again="question_again",
            passing_ends=False,
        )
    )


def said(author: User, text: str = "Жолды жөндеу керек.", **given: Any) -> Contribution:
    """A contribution of `author`, about the key "one" where nothing else is said."""
    kind, key = given.pop("kind", KIND), given.pop("key", "one")
    form_key = given.pop("form_key", f"voices-{next(_keys)}")
    told = {"language": "kk", **given}
    return actions.receive(kind, key, author=author, form_key=form_key, text=text, **told)


def decided(contribution: Contribution, by: User, **given: Any) -> Contribution:
    told = {
        "outcome": "accepted",
        "reason": "improves",
        "words": {"kk": "Дұрыс айтылған."},
        **given,
    }
    actions.decide([contribution], by=by, **told)
    return contribution


class Spoken(NamedTuple):
    """What the citizen of the tests has said."""

    decided: Contribution
    waiting: Contribution
    removed: Contribution
    appeal: Appeal


@override_settings(CONTRIBUTIONS_A_MINUTE=1_000)  # others have the same citizen write
def everything_said(officer: User, moderator: User) -> Spoken:
    """A contribution of every fate, with everything a page can show of it."""
    offer_kinds()
    author = factories.citizen()
    first = said(author, "Жаяу жүргіншілерге өткел керек.", display_name="Айгүл", stance="for")
    reply = said(author, "Түнде жарық та керек.", parent=first, wording="Жарық орнатылады.")
    removed = said(author, "Тақырыптан тыс сөз.")
    actions.group([first, reply], by=officer)
    decided(first, officer)
    actions.reflect(first, by=officer, where={"version": "2", "article": "5-бап"}, words="Қосылды")
    actions.report(reply, by=moderator, rule="off_topic", words="Тақырып?")
    actions.moderate(removed, by=moderator, rule="off_topic", words={"kk": "Тақырыптан тыс."})
    waiting = said(author, "Қашан жасалады?", kind=QUESTION)
    actions.report(waiting, by=moderator, rule="off_topic", words="Тақырып?")
    return Spoken(first, waiting, removed, actions.appeal(removed, by=author, words="Неге?"))
