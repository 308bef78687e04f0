"""A dialogue with everything a page can show of it."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.actions import File, Invitation
from aiqyn_portal.sections.dialogue.models import Commitment, Conference, Head, Question
from tests import factories
from tests.portal.dialogue.asking import answered, asked


class Talk(NamedTuple):
    head: Head
    waiting: Question
    answered: Question  # not marked by its asker yet
    conference: Conference  # to come
    commitment: Commitment


def with_everything(body: Body, officer: User) -> Talk:
    head = Head.objects.create(
        body=body,
        slug="akim-shymkent",
        name={"kk": "Асан Үлгі", "ru": "Асан Улги", "en": "Asan Ulgi"},
        post={"kk": "Қала әкімі", "ru": "Аким города", "en": "Akim of the city"},
        hours={"kk": "сәрсенбі, 10:00", "ru": "среда, 10:00"},
        since=date(2024, 1, 9),
    )
    citizen = factories.citizen()
    done = asked(head, citizen, text="Көше жарығы қашан жөнделеді?", display_name="Айгүл")
    answered(done, officer, files=[File("жоспар.txt", b"1. ...")])
    starts = timezone.now() + timedelta(days=5)
    said = Invitation(
        title={"kk": "Жылу маусымы", "ru": "Отопительный сезон"},
        agenda={"kk": "Дайындық", "ru": "Подготовка"},
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        stream="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    )
    conference = actions.announce(head, said, by=officer)
    asked(conference, citizen, text="Жылу бағасы өсе ме?")
    promise = actions.promise(
        done,
        text={"kk": "Жарық жөнделеді", "ru": "Освещение починят"},
        due_on=timezone.localdate() + timedelta(days=30),
        by=officer,
    )
    waiting = asked(head, citizen, text="Мектеп қашан ашылады?")
    return Talk(head, waiting, done, conference, promise)
