from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aiqyn_portal.trail.actions import SYSTEM, record


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [3, 2, 1]),
        ({"actor": "aigul"}, [2]),
        ({"action": "rating."}, [3]),
        ({"subject": "body:"}, [2, 1]),
        ({"page": "last"}, [3, 2, 1]),
    ],
)
def test_events_are_shown_newest_first_and_can_be_narrowed(
    administrator_client: Client, asked: dict[str, str], expected: list[int]
) -> None:
    record(SYSTEM, "body.edited", "body:a")
    record("aigul", "body.edited", "body:b")
    record(SYSTEM, "rating.published", "round:x")

    page = administrator_client.get(reverse("trail:events"), asked)

    assert [event.number for event in page.context["page"]] == expected


@pytest.mark.parametrize("count", [1, 3])
def test_events_are_asked_for_once(
    administrator_client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        record(SYSTEM, "body.edited", f"body:{number}")

    with django_assert_num_queries(6):  # session, person, roles, count, events, unread notices
        administrator_client.get(reverse("trail:events"))


@pytest.mark.parametrize("field", ["actor", "action", "subject"])
def test_null_character_in_a_search_of_the_trail_breaks_nothing(
    administrator_client: Client, field: str
) -> None:
    assert administrator_client.get("/kk/manage/trail/", {field: "\0"}).status_code == 200
