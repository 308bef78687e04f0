"""A limit holds for all processes together, ends when its time is over, and keeps no address."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from aiqyn_portal.base import rates
from aiqyn_portal.base.models import Purse
from tests import factories

PLACE = "203.0.113.7"


@pytest.fixture
def clock(monkeypatch):
    """Seconds since 1970, which a test moves on."""
    at = [1000.0]
    monkeypatch.setattr(rates, "time", lambda: at[0])
    return at


def ask(price=1, who=PLACE, most=2):
    return rates.is_within("paper", who, most=most, seconds=60, price=price)


def test_time_of_a_limit_does_not_grow_by_asking(db, clock):
    assert [ask(), ask(), ask()] == [True, True, False]
    clock[0] += 59
    assert not ask()
    clock[0] += 1
    assert [ask(), ask(), ask()] == [True, True, False]


def test_whoever_is_refused_takes_nothing(db, clock):
    assert [ask(2, most=3), ask(2, most=3), ask(1, most=3)] == [True, False, True]


def test_what_costs_more_than_there_is_is_refused_from_the_first(db, clock):
    assert [ask(4, most=3), ask(3, most=3)] == [False, True]


def test_places_and_things_have_purses_of_their_own(db, clock):
    assert [ask(2), ask(2, who="203.0.113.8")] == [True, True]
    assert rates.is_within("letters", PLACE, most=1, seconds=60)


def test_flood_has_nothing_written(db, clock):
    ask(2)

    with CaptureQueriesContext(connection) as asked:
        refused = [ask() for _ in range(3)]

    assert refused == [False] * 3
    assert [each["sql"].split()[0] for each in asked] == ["SELECT"] * 3


@pytest.mark.django_db(transaction=True)
def test_processes_that_ask_at_once_get_no_more_than_there_is(raced):
    told = raced("tests.portal.base.race_of_limits")

    assert told == {"within": 25, "refused": 55, "processes": 4, "taken": [25]}


def test_addresses_of_readers_are_not_kept(db, clock):
    ask()

    purse = Purse.objects.get()
    assert PLACE not in repr(vars(purse))
    assert len(purse.key) == 64


def test_purses_are_forgotten_when_their_time_is_over(db, clock):
    ask()
    clock[0] += 30
    ask(who="203.0.113.8")

    rates.forget(datetime.fromtimestamp(1060, UTC))

    assert list(Purse.objects.values_list("until", flat=True)) == [1090]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (PLACE, PLACE),
        ("::ffff:203.0.113.7", PLACE),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_subscriber_with_many_addresses_is_one_place(address, place, monkeypatch):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    monkeypatch.setattr(rates, "get_adapter", lambda: Adapter(address))

    assert (rates.place(request), rates.asker(request)) == (place, place)


class Adapter:
    """Says where a request is from, as allauth's does."""

    def __init__(self, address):
        self.address = address

    def get_client_ip(self, _request):
        return self.address


def test_person_is_the_same_wherever_from(db):
    request = RequestFactory().get("/")
    request.user = factories.UserFactory()

    assert rates.asker(request) == f"person {request.user.pk}"
