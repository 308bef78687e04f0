"""Officers press the same button at once: `python -m tests.portal.dialogue.race_of_officers`.

Prints one JSON object: scenario → how each of the racing threads ended, sorted, and what was left.
"""

import json
import sys
from datetime import date, timedelta
from typing import Any

from tests.portal.evaluation.race import race  # sets Django up

# the rest needs Django
from django.utils import timezone  # isort: skip

from aiqyn_portal.contributions.models import Step  # isort: skip
from aiqyn_portal.sections.dialogue import actions  # isort: skip
from aiqyn_portal.sections.dialogue.models import (  # isort: skip
    Answer,
    Commitment,
    CommitmentStep,
    Conference,
    Head,
    Mark,
    Question,
)
from tests import factories  # isort: skip
from tests.portal.dialogue.asking import answered, asked  # isort: skip

TITLE = {"kk": "Жылу маусымы", "ru": "Отопительный сезон"}


def main() -> dict[str, Any]:
    """One question from its answer to a promise, racing at every step."""
    body, other = (factories.BodyFactory(code=f"kz-akm-{name}") for name in ("a", "b"))
    officer, citizen = factories.officer(body), factories.citizen()
    head = Head.objects.create(
        body=body, slug="head", name=TITLE, post=TITLE, since=date(2024, 1, 1)
    )
    found: dict[str, Any] = {}

    question = asked(head, citizen)
    fresh = lambda: Question.objects.get(pk=question.pk)  # noqa: E731
    found["answer"] = race(lambda: answered(fresh(), officer))
    found["answers"] = [Answer.objects.count(), Step.objects.filter(what="decided").count()]

    said = {"by": citizen, "said": "answered", "satisfaction": 5}
    found["mark"] = race(lambda: actions.mark(fresh(), **said))
    found["marks"] = Mark.objects.count()

    day = timezone.localdate() + timedelta(days=9)
    promise = {"text": {"kk": "Жарық"}, "due_on": day, "by": officer}
    found["promise"] = race(lambda: actions.promise(fresh(), **promise))
    found["promises"] = [Commitment.objects.count(), CommitmentStep.objects.count()]

    later = {"due_on": day + timedelta(days=1), "why": {"kk": "Кеш"}, "by": officer}
    found["move"] = race(lambda: actions.move(Commitment.objects.get(), **later))
    found["keep"] = race(
        lambda: actions.keep(Commitment.objects.get(), words={"kk": "Жөнделді"}, by=officer)
    )

    starts = timezone.now() + timedelta(days=5)
    invitation = actions.Invitation(
        title=TITLE, agenda=TITLE, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )
    found["announce"] = race(lambda: actions.announce(head, invitation, by=officer))
    found["conferences"] = Conference.objects.count()

    second = asked(head, citizen, text="Мектеп қашан ашылады?")
    words = {"kk": "Басқа орган"}
    found["pass_on"] = race(
        lambda: actions.pass_on(
            Question.objects.get(pk=second.pk), to=other, by=officer, words=words
        )
    )
    return found


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
