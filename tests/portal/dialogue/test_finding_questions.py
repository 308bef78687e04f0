"""All messages are narrowed by words, by body and by state, each keeping the others."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import sealing
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.models import Head
from tests.portal.dialogue.asking import asked, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(head: Head, asker: Any, answering: User) -> dict[str, str]:
    """Two of one body, the first answered."""
    light, clinic = asked(head, asker), asked(head, asker, "Емхана қашан ашылады?")
    actions.answer([light], reply("Кабель зақымданған."), by=answering)
    sealing.seal_all()
    return {"light": light.contribution.number, "clinic": clinic.contribution.number}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"q": "емхана"}, {"clinic"}),
        ({"q": "кабель"}, {"light"}),  # a word of the answer
        ({"q": "кабель", "state": "waiting"}, set()),
        ({"q": "жоқсөз"}, set()),
        ({"body": "kz-akm-shymkent"}, {"light", "clinic"}),
        ({"body": "kz-akm-shymkent", "q": "емхана"}, {"clinic"}),
        ({"body": "nobody\0", "q": "емхана"}, set()),
        ({"body": "nobody"}, set()),
        ({"q": " \0 "}, {"light", "clinic"}),
    ],
)
def test_messages_are_narrowed(
    questions: dict[str, str], given: dict[str, str], found: set[str]
) -> None:
    shown = Client().get(reverse("dialogue:questions"), given).content.decode()
    links = {name: reverse("dialogue:question", args=[n]) for name, n in questions.items()}
    assert {name for name, link in links.items() if f'"{link}"' in shown} == found


def test_tabs_keep_what_is_looked_for(questions: dict[str, str]) -> None:
    given = {"q": "емхана", "body": "kz-akm-shymkent", "state": "waiting"}
    shown = Client().get(reverse("dialogue:questions"), given).content.decode()
    rest = "q=%D0%B5%D0%BC%D1%85%D0%B0%D0%BD%D0%B0&amp;body=kz-akm-shymkent"
    assert f'href="?state=answered&amp;{rest}"' in shown
    assert f'href="?{rest}"' in shown
    assert 'name="state" value="waiting"' in shown
    assert '<option value="kz-akm-shymkent" selected>' in shown
