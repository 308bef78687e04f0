"""An answer is looked over before it is sent: does it answer, or would it suit any question?"""

from aiqyn.likeness.answers import Verdict, examine
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models import Question

LOOKED_AT = 300  # newest answers of the body


def verdicts(question: Question, texts: dict[str, str]) -> dict[str, Verdict]:
    """What is found in each language of an answer; beside the body's answers before it."""
    asked = question.contribution
    before = _before(asked.body, question)
    return {
        code: examine(
            asked.text, text, [(said, words[code]) for said, words in before if code in words]
        )
        for code, text in texts.items()
    }


def _before(body: Body, question: Question) -> list[tuple[str, dict[str, str]]]:
    """The body's newest answers to other questions, each with its question."""
    rows = (
        Question.objects.filter(contribution__body=body, answered_at__isnull=False)
        .exclude(pk=question.pk)
        .exclude(contribution__group__isnull=False, contribution__group=question.contribution.group)
        .order_by("-answered_at")
        .values_list("contribution__text", "answers__text")[:LOOKED_AT]
    )
    return [(said, dict(words)) for said, words in rows if words]
