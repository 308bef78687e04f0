"""Migrations that move data: what stood there before stands there after."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions
from aiqyn_portal.contributions.models import TOGETHER, Contribution, Part
from aiqyn_portal.notices.models import Reader, Subscription
from tests.factories import UserFactory
from tests.portal.contributions.voices import said


def moving(app: str, name: str) -> Any:
    """The module of a migration."""
    return import_module(f"aiqyn_portal.{app}.migrations.{name}")


def test_parts_are_counted_from_what_was_said_before(
    body: Body, citizen: User, neighbour: User
) -> None:
    row = said(citizen, anchor="2")
    said(neighbour, "Мен де солай ойлаймын.", anchor="2", parent=row)
    actions.withdraw(said(citizen, "Қайтып аламын мұны.", anchor="5"), by=citizen)
    said(citizen, "Жалпы қолдаймын.", key="two")
    parts = Part.objects.exclude(anchor=TOGETHER).order_by("about_key", "anchor")
    kept = list(parts.values_list("anchor", "total"))
    Part.objects.all().delete()

    moving("contributions", "0006_parts").count(apps, None)

    moved = Part.objects.order_by("about_key", "anchor")
    assert list(moved.values_list("anchor", "total")) == kept == [("2", 2), ("5", 0), ("", 1)]


@pytest.fixture
def before_follows_moved(transactional_db: None) -> Iterator[Any]:
    """The models as they were, with the table of followers that is gone since."""
    state = MigrationExecutor(connection).loader.project_state(
        ("open_data", "0004_surveys_of_demand")
    )
    old = state.apps
    follow = old.get_model("open_data", "Follow")
    with connection.schema_editor() as editor:
        editor.create_model(follow)
    yield old
    with connection.schema_editor() as editor:
        editor.delete_model(follow)


class OldModels:
    """What the migration asks for: followers as they were, readers as they are."""

    def __init__(self, old: Any) -> None:
        self._old = old

    def get_model(self, app: str, name: str) -> Any:
        return (self._old if app == "open_data" else apps).get_model(app, name)


def test_followers_of_a_set_follow_its_topic(before_follows_moved: Any) -> None:
    old = OldModels(before_follows_moved)
    people = [UserFactory(username=f"follower-{n}") for n in range(2)]
    at = timezone.now()
    sets = set_of(people[0], ("jol", "su"), at)
    follow = old.get_model("open_data", "Follow")
    for user, name in ((people[0], "jol"), (people[0], "su"), (people[1], "su")):
        follow.objects.create(user_id=user.pk, dataset_id=sets[name], since=at)
    Reader.objects.create(user=people[1], since=at)

    for _ in range(2):  # again changes nothing
        moving("sections.open_data", "0005_follows_are_subscriptions").move(old, None)

    found = Subscription.objects.values_list("reader__user", "topic", "since")
    assert sorted(found) == sorted(
        (user.pk, f"data_set:{name}", at)
        for user, name in ((people[0], "jol"), (people[0], "su"), (people[1], "su"))
    )


def set_of(officer: User, names: tuple[str, ...], at: Any) -> dict[str, int]:
    """Data sets of these names; their numbers."""
    body = Body.objects.create(code="kz-akm-data", kind="akimat_city", name={"kk": "Әкімдік"})
    model = apps.get_model("open_data", "Dataset")
    made = {}
    for name in names:
        row = model.objects.create(
            body=body,
            name=name,
            created_by=officer,
            changed_by=officer,
            created_at=at,
            changed_at=at,
        )
        made[name] = row.pk
    return made


def test_replies_written_elsewhere_come_to_what_they_reply_to(
    body: Body, citizen: User, neighbour: User
) -> None:
    row = said(citizen, anchor="2")
    reply = said(neighbour, "Мен де солай ойлаймын.", parent=row)
    deep = said(citizen, "Рақмет сізге.", parent=reply)
    whole = said(neighbour, "Жалпы қолдаймын.")
    to_whole = said(citizen, "Мен қолдамаймын.", parent=whole)
    actions.withdraw(to_whole, by=citizen)
    Part.objects.all().delete()
    for each, anchor in ((reply, "3"), (deep, "4"), (to_whole, "3")):  # as it was once
        Contribution.objects.filter(pk=each.pk).update(anchor=anchor)
    moving("contributions", "0006_parts").count(apps, None)

    for _ in range(2):  # again changes nothing
        moving("contributions", "0009_replies_stand_where_their_parents_do").move(apps, None)

        rows = Contribution.objects.order_by("pk").values_list("anchor", flat=True)
        assert list(rows) == ["2", "2", "2", "", ""]
        parts = Part.objects.order_by("anchor").values_list("anchor", "total", "edition")
        assert list(parts) == [("", 1, 2), ("2", 3, 2), ("3", 0, 2), ("4", 0, 2)]
