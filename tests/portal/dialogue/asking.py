"""Short ways to ask and to answer."""

from itertools import count
from typing import Any

from aiqyn_portal.contributions.actions import receive
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.actions import Reply
from aiqyn_portal.sections.dialogue.contributing import LIVE_QUESTION, QUESTION
from aiqyn_portal.sections.dialogue.models import Answer, Conference, Head, Question

_NUMBERS = count()
TEXT = "Біздің көшеде жарық жоқ. Жөндеу қашан басталады?"


def asked(to: Head | Conference, author: Any, text: str = TEXT, **more: Any) -> Question:
    kind = QUESTION if isinstance(to, Head) else LIVE_QUESTION
    said = {"language": "kk", "form_key": f"form-{next(_NUMBERS)}", **more}
    return receive(kind, to.slug, author=author, text=text, **said).question


def reply(text: str = "Жөндеу 1 маусымда басталады.", **more: Any) -> Reply:
    return Reply(text={"kk": text}, responsible={"kk": "Б. Сәбит, бөлім басшысы"}, **more)


def answered(question: Question, by: Any, **more: Any) -> Answer:
    return actions.answer([question], reply(**more), by=by)
