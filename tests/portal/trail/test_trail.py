import io
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from aiqyn_portal.trail import protection, queries
from aiqyn_portal.trail.actions import SYSTEM, record
from aiqyn_portal.trail.models import Event, TrailIsAppendOnly


@pytest.fixture
def three_events(db: None) -> list[Event]:
    return [record(SYSTEM, "body.edited", f"body:kz-akm-{n}", {"n": n}) for n in (1, 2, 3)]


@pytest.fixture
def triggers(db: None) -> None:
    """The triggers of the migration, inside this test's transaction."""
    protection.install(connection)


def test_events_are_numbered_without_gaps_and_follow(three_events: list[Event]) -> None:
    assert [event.number for event in Event.objects.all()] == [1, 2, 3]
    assert queries.first_broken() is None


def test_the_actor_is_kept_by_name(administrator: Any) -> None:
    assert record(administrator, "body.edited", "body:x").actor == "administrator"


def test_details_are_kept_as_every_database_gives_them_back(db: None) -> None:
    details = {
        "points": Decimal("55.66"),
        "share": 0.1,
        "day": date(2026, 11, 19),
        "at": datetime(2026, 11, 19, 12, tzinfo=UTC),
        "list": (1, None, True),
        "nested": {"қ": "ә"},
    }

    record(SYSTEM, "test", "x", details)

    assert Event.objects.get().details == {
        "points": "55.66",
        "share": "0.1",
        "day": "2026-11-19",
        "at": "2026-11-19T12:00:00+00:00",
        "list": [1, None, True],
        "nested": {"қ": "ә"},
    }
    assert queries.first_broken() is None


def test_an_event_that_was_saved_refuses_to_change(three_events: list[Event]) -> None:
    with pytest.raises(TrailIsAppendOnly):
        three_events[0].save()
    with pytest.raises(TrailIsAppendOnly):
        three_events[0].delete()


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(actor="somebody else"), lambda rows: rows.delete()]
)
def test_the_database_itself_refuses_a_change(
    three_events: list[Event], triggers: None, change: Any
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Event.objects.filter(number=2))

    assert Event.objects.count() == 3


def test_the_database_itself_refuses_to_put_an_event_in_the_place_of_another(
    three_events: list[Event], triggers: None
) -> None:
    """SQLite asks no DELETE trigger when INSERT OR REPLACE takes a row away."""
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    statement = (
        f"{replace} INTO trail_event (number, at, actor, action, subject, details, link) "
        "SELECT number, at, 'nobody', action, subject, details, link FROM trail_event"
    )

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert set(Event.objects.values_list("actor", flat=True)) == {SYSTEM}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody else"),
        ("details", {"n": 20}),
        ("subject", "body:other"),
        ("link", "0" * 64),
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_changed_row_is_found_by_its_number(
    three_events: list[Event], column: str, value: Any
) -> None:
    Event.objects.filter(number=2).update(**{column: value})

    assert queries.first_broken() == 2


def test_a_removed_row_is_found_at_the_one_after_it(three_events: list[Event]) -> None:
    Event.objects.filter(number=2).delete()

    assert queries.first_broken() == 3


def test_verify_trail_says_how_many_hold(three_events: list[Event]) -> None:
    said = io.StringIO()

    call_command("verify_trail", stdout=said)

    assert said.getvalue() == f"3 events hold; the last link is {three_events[2].link}\n"


def test_verify_trail_accepts_an_empty_trail(db: None) -> None:
    said = io.StringIO()

    call_command("verify_trail", stdout=said)

    assert said.getvalue() == "The trail is empty.\n"


def test_verify_trail_stops_at_the_first_broken_row(three_events: list[Event]) -> None:
    Event.objects.filter(number__gte=2).update(actor="somebody else")

    with pytest.raises(CommandError, match="event 2 does not follow") as refused:
        call_command("verify_trail")

    assert refused.value.returncode == 1


def test_an_act_that_fails_leaves_no_event(db: None) -> None:
    def act() -> None:
        with transaction.atomic():
            record(SYSTEM, "test", "x")
            raise LookupError

    with pytest.raises(LookupError):
        act()

    assert Event.objects.count() == 0


WRITERS = """
import os, sys, django
django.setup()
from aiqyn_portal.trail.actions import record
writers = []
for _ in range(3):
    writers.append(os.fork())
    if not writers[-1]:
        for n in range(10):
            record("system", "test", str(n))
        os._exit(0)
sys.exit(any(os.waitpid(writer, 0)[1] for writer in writers))
"""


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_keep_one_chain(environment_of_a_process: dict[str, str]) -> None:
    environment = environment_of_a_process

    ended = subprocess.run([sys.executable, "-c", WRITERS], env=environment, check=False)
    verified = subprocess.run(
        [sys.executable, "manage.py", "verify_trail"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0
    assert verified.stdout.startswith("30 events hold; the last link is ")
