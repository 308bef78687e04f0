"""The page of a body draws how it keeps its dates, decides and answers, with the numbers beside."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.reports import promptness
from tests.factories import BodyFactory, citizen
from tests.portal.dialogue.everything import with_everything
from tests.portal.drafts import projects

pytestmark = pytest.mark.django_db


def test_promptness_fates_and_answers_are_drawn_with_their_tables(
    body: Body, officer: User
) -> None:
    draft = projects.opened(body, officer)
    said = projects.comment(draft, citizen(), "2")
    projects.decided(draft, [said], officer)
    with_everything(body, officer)

    page = Client().get(reverse("reports:body", args=[body.code])).content.decode()

    for name in ("promptness", "comments", "questions"):
        assert page.count(f'id="bars-{name}"') == 1
    assert page.count('<figure class="app-chart app-chart--bars"') == 3
    assert reverse("deadlines:body", args=[body.code]) in page
    table = page.split('id="bars-questions"')[1].partition("</table>")[0]
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>(\d+)', table) == [
        ("Жауап берілді", "1"),
        ("Жауап күтуде", "2"),
    ]
    told = promptness.summary(body)
    assert told is not None
    drawing, _, table = str(told.figure).partition("</svg>")
    assert ET.fromstring("<svg" + drawing.partition("<svg")[2] + "</svg>").tag.endswith("svg")
    assert table.lstrip().startswith('<div class="govuk-visually-hidden"><table')


def test_a_body_that_owed_nothing_yet_has_no_drawing() -> None:
    assert promptness.summary(BodyFactory()) is None
