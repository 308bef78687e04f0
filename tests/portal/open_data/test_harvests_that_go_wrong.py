"""Catalogues that are empty, slow, stopped or without end: what was kept of them stays in order."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aiqyn_portal.search.models import Entry
from aiqyn_portal.sections.open_data import actions, elsewhere, harvesting
from aiqyn_portal.sections.open_data.actions import harvested
from aiqyn_portal.sections.open_data.actions.harvested import Catalogue, forget_gone
from aiqyn_portal.sections.open_data.models import Harvest, Harvested, Source
from tests.portal.open_data.harvests import asked_here, harvest, titles
from tests.portal.open_data.sets import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=400)  # later than any next day


@pytest.fixture(autouse=True)
def _in_kazakh():
    with override("kk"):
        yield


def page_of(source, client):
    return client.get(reverse("open_data:source", args=[source.pk])).content.decode()


def one_a_turn(asked):
    """A catalogue so slow that a turn brings one set."""
    yield next(asked_here(asked))


@pytest.mark.parametrize("left", [0, 1])
def test_list_that_lost_most_sets_removes_them_the_second_time(source, ckan, client, left):
    harvest()
    del ckan.packages[left:]

    first = harvest(AT + DAY)
    kept, page = titles(), page_of(source, client)
    second = harvest(AT + 2 * DAY)

    assert kept == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]
    assert "екінші рет қатарынан" in page
    assert (len(first.summary["gone"]), first.summary["problems"]) == (3 - left, ["gone_doubted"])
    assert "problems" not in second.summary
    assert len(titles()) == Entry.objects.filter(kind="harvested_set").count() == left


def test_name_refused_every_time_keeps_no_set_in_the_list(source, ckan):
    ckan.says = 3
    ckan.hidden = ckan.refuses_show = {"set-2"}
    harvest()
    ckan.packages = [each for each in ckan.packages if each["name"] != "set-3"]
    ckan.says = 2

    told = harvest(AT + DAY)

    assert titles() == ["Жинақ 1"]
    assert "problems" not in told.summary


def test_set_that_goes_as_a_name_is_refused_may_be_that_name(source, ckan, client):
    harvest()
    ckan.packages[2]["name"] = "renamed"
    ckan.says = 3
    ckan.hidden = ckan.refuses_show = {"renamed"}

    told = harvest(AT + DAY)

    assert titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]
    assert told.summary["problems"] == ["gone_unknown"]


def test_failure_in_between_is_no_second_time(source, ckan):
    harvest()
    every, ckan.packages = ckan.packages, []
    harvest(AT + DAY)
    ckan.answer = lambda *_: (500, "text/html", b"")
    assert harvest(AT + 2 * DAY).failure
    del ckan.answer

    harvest(AT + 3 * DAY)
    kept = titles()
    ckan.packages = every
    harvest(AT + 4 * DAY)

    assert kept == titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]


def test_slow_catalogue_queues_behind_those_that_are_due(source, body, officer):
    said = Catalogue(name="b", address="https://b.example.kz/data.json")
    actions.add_source(body, said, by=officer, at=AT)
    order = []

    for _ in range(4):
        taken = harvesting.take_up(timezone.now())
        order.append(taken.source.name)
        harvesting.carry_on(taken, one_a_turn if taken.source == source else lambda _: iter(()))

    assert order == ["data.example.kz", "b", "data.example.kz", "b"]


def test_harvest_ends_after_as_many_turns_as_a_day_has(source, monkeypatch, client):
    monkeypatch.setattr(harvesting, "MOST_TURNS", 2)

    for _ in range(3):
        taken = harvesting.take_up(timezone.now())
        harvesting.carry_on(taken, one_a_turn)

    taken.refresh_from_db()
    source.refresh_from_db()
    assert (taken.turns, taken.failure) == (3, "too_slow")
    assert titles() == ["Жинақ 1"]
    assert source.next_at > timezone.now()
    assert "бір тәулік" in page_of(source, client)


def stopped_after(source, officer, count):
    """Harvest, and stop the source once so many sets have been told."""

    def talk(asked):
        for number, each in enumerate(asked_here(asked)):
            if number == count:
                actions.stop_source(Source.objects.get(pk=source.pk), by=officer)
            yield each

    taken = harvesting.take_up(AT)
    harvesting.carry_on(taken, talk)
    taken.refresh_from_db()
    return taken


@pytest.mark.parametrize("count", [0, 2, 3])
def test_stopped_while_it_runs_nothing_is_left_in_the_search(source, officer, client, count):
    taken = stopped_after(source, officer, count)

    assert (taken.failure, taken.summary) == ("stopped", None)
    assert Harvested.objects.count() == count
    assert (titles(), Entry.objects.filter(kind="harvested_set").exists()) == ([], False)
    assert "аяқталмай тұрып тоқтатылды" in page_of(source, client)
    assert harvesting.take_up(timezone.now()) is None


def test_worker_of_a_stopped_harvest_keeps_nothing_though_another_has_begun(source, officer):
    old = harvesting.take_up(AT)

    def talk(asked):
        row = Source.objects.get(pk=source.pk)
        actions.stop_source(row, by=officer)
        actions.harvest_now(row, by=officer, at=AT)
        harvest(timezone.now())
        Harvested.objects.all().delete()
        yield from asked_here(asked)

    harvesting.carry_on(old, talk)

    assert not Harvested.objects.exists()
    assert sorted(Harvest.objects.values_list("failure", flat=True)) == ["", "stopped"]


def test_diary_of_a_harvest_stopped_between_two_turns_is_forgotten(source, officer, settings):
    taken = harvesting.take_up(AT)
    harvesting.carry_on(taken, one_a_turn)
    folder = settings.VAR / "harvests" / str(taken.pk)
    actions.stop_source(source, by=officer)

    harvesting.forget(timezone.now())
    there = folder.exists()
    harvesting.forget(timezone.now() + timedelta(hours=1))

    assert (there, folder.exists()) == (True, False)


def test_source_has_no_more_sets_than_are_kept_of_one(source, ckan, client, monkeypatch):
    monkeypatch.setattr(harvested, "MOST_SETS", 2)

    done = harvest()
    ckan.packages[0]["title"] = "Басқа атау"
    again = harvest(AT + DAY)

    assert titles() == ["Басқа атау", "Жинақ 2"]
    assert (done.fresh, done.left_out, again.changed, again.left_out) == (2, 1, 1, 1)
    assert "Тізімге енбегені: 1" in page_of(source, client)


def test_sets_long_gone_are_forgotten_and_their_address_says_so(source, client):
    harvest()
    first, second, last = Harvested.objects.order_by("pk")
    Harvested.objects.filter(pk=first.pk).update(gone_at=AT)
    Harvested.objects.filter(pk=second.pk).update(gone_at=AT + timedelta(days=300))

    forgotten = forget_gone(AT + timedelta(days=366))

    pages = [
        client.get(reverse("open_data:harvested", args=[pk])).status_code
        for pk in (first.pk, second.pk, last.pk, last.pk + 1)
    ]
    assert forgotten == 1
    assert pages == [410, 410, 200, 404]


def test_tombstones_of_one_source_have_a_limit(source, monkeypatch):
    monkeypatch.setattr(harvested, "MOST_GONE", 1)
    harvest()
    newest = Harvested.objects.order_by("pk").last()
    Harvested.objects.update(gone_at=AT)

    assert forget_gone(AT) == 2
    assert list(Harvested.objects.all()) == [newest]


def test_failure_is_told_with_its_address_and_what_was_wrong_there(source, ckan, client):
    ckan.answer = lambda *_: (200, "application/json", b'{"result": ')

    harvest()

    page = page_of(source, client)
    assert f"{ckan.address}/api/3/action/package_search" in page
    assert "Бұл JSON емес (деректер ортасынан үзілген)." in page


def test_worker_that_finds_another_at_its_harvest_leaves_it_to_that_one(source):
    taken = harvesting.take_up(AT)
    slow = asked_here(harvesting._question(taken, harvesting._folder(taken)))
    next(slow)

    harvesting.carry_on(taken, asked_here)
    between = Harvest.objects.get()
    slow.close()
    harvesting.carry_on(taken, asked_here)

    assert (between.ended_at, between.attempts) == (None, 0)
    assert Harvest.objects.get().failure == ""
    assert titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]


def test_doubt_is_said_in_words(source, ckan):
    harvest()
    ckan.packages.clear()

    told = elsewhere.told(harvest(AT + DAY))

    assert any("жартысынан көбі" in each for each in told.sentences)
