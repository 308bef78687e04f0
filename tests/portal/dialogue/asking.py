"""Short ways to ask and to answer."""

from itertools import count
from typing import Any

from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.actions import Reply
from aiqyn_portal.sections.dialogue.models import Answer, Head, Question

_NUMBERS = count()
TEXT = "Біздің көшеде жарық жоқ. Жөндеу қашан басталады?"


def asked(head: Head, author: Any, text: str = TEXT, **more: Any) -> Question:
    said = {"subject": "Көше жарығы", "language": "kk", "form_key": f"form-{next(_NUMBERS)}"}
    return actions.ask(head, author=author, text=text, **{**said, **more})


def reply(text: str = "Жөндеу 1 маусымда басталады.", **more: Any) -> Reply:
    return Reply(text={"kk": text}, responsible={"kk": "Б. Сәбит, бөлім басшысы"}, **more)


def answered(question: Question, by: Any, **more: Any) -> Answer:
    return actions.answer([question], reply(**more), by=by)
