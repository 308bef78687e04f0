"""Due dates move (a new holiday, an extension): the queue follows them; and what they are about."""

from typing import Any

from aiqyn.text import first_sentence
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.deadlines.saying import Subjects

PREFIX = "contribution:"
LONGEST = 150  # characters


def deadline_saved(instance: Deadline, **_rest: Any) -> None:
    """Keep the date of the running clock beside the contribution; a closed one leaves its date."""
    if instance.subject.startswith(PREFIX) and instance.is_open:
        number = instance.subject.removeprefix(PREFIX)
        Contribution.objects.filter(number=number).update(due_on=instance.due_on)


def first_words(subjects: Subjects) -> dict[str, str]:
    """How these contributions begin, by subject, while everybody may read them; one query."""
    numbers = [each.removeprefix(PREFIX) for each in subjects if each.startswith(PREFIX)]
    if not numbers:
        return {}
    rows = Contribution.objects.filter(number__in=numbers, shown=Contribution.Shown.PUBLIC)
    texts = rows.values_list("number", "text")
    return {f"{PREFIX}{number}": first_sentence(text)[:LONGEST] for number, text in texts if text}
