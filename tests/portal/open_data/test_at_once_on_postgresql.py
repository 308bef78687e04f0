"""Officers, workers and readers of open data at one moment, on PostgreSQL.

Whoever comes second is seen to wait for the lock of the first before that one goes on: nothing
depends on chance. Not collected where the tests run on SQLite (see conftest.py).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.contributions.refusals import TooManyNow
from aiqyn_portal.search.models import Entry
from aiqyn_portal.sections.open_data import actions, harvesting, shelves
from aiqyn_portal.sections.open_data.actions import harvested, regrading, reuses
from aiqyn_portal.sections.open_data.actions.harvested import Catalogue
from aiqyn_portal.sections.open_data.models import (
    Column,
    Dataset,
    File,
    Harvest,
    Problem,
    Request,
    Reuse,
    Source,
    Survey,
)
from aiqyn_portal.sections.open_data.refusals import (
    FileIsGone,
    FilesAreBeingRead,
    NotPublished,
    SurveysOverlap,
    TooManySources,
    TooManyToday,
    UnderReview,
    VersionIsClosed,
)
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.harvests import asked_here, titles
from tests.portal.open_data.sets import AT, CSV, PASSPORT, asked, mistake, published

pytestmark = pytest.mark.django_db(transaction=True)
# the list of locks, unlike that of connections, is made anew for every question
BLOCKED = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"""
LOCKING = re.compile(
    r'UPDATE "open_data_(dataset|version)"'
    r'|FROM "open_data_(dataset|version)".* FOR (?:NO KEY )?UPDATE'
)


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[list[Any]]:
    """Let `act` begin in the middle of our transaction and end after it; how it ended.

    It has either ended by itself or waits for us when the block ends.
    """
    ended: list[Any] = []
    with transaction.atomic():
        yield ended
        beside = begun(act, ended)
    beside.join()


def begun(act: Callable[[], object], ended: list[Any]) -> Thread:
    """Let `act` run beside us until it has ended, or waits for a lock of ours."""

    def acts() -> None:
        try:
            ended.append(act())
        except Exception as refusal:  # noqa: BLE001  whatever it is, the test looks at it
            ended.append(type(refusal))
        finally:
            connection.close()

    beside = Thread(target=acts)
    beside.start()
    while beside.is_alive() and not _is_waited_for():
        pass
    return beside


def _is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED)
        return bool(cursor.fetchone()[0])


def survey(body, officer):
    asked = actions.Question(
        title=Phrase(kk="Қандай дерек керек?", ru="Какие данные нужны?"),
        text=Phrase(kk="Айтыңыз", ru="Скажите"),
        opens_on=date(2026, 11, 25),
        closes_on=date(2026, 12, 5),
    )
    return actions.start_survey(body, asked, by=officer, at=AT)


def test_two_officers_announce_one_survey(body, officer):
    with meanwhile(lambda: survey(body, officer)) as ended:
        survey(body, officer)

    assert ended == [SurveysOverlap]
    assert Survey.objects.count() == 1


def test_a_body_names_no_more_catalogues_at_once_than_one_by_one(body, officer, monkeypatch):
    monkeypatch.setattr(harvested, "MOST_SOURCES", 1)

    def named(name: str) -> Source:
        said = Catalogue(name=name, address=f"https://{name}.example.kz/data.json")
        return actions.add_source(body, said, by=officer, at=AT)

    with meanwhile(lambda: named("b")) as ended:
        named("a")

    assert ended == [TooManySources]
    assert [each.name for each in Source.objects.all()] == ["a"]


@pytest.mark.parametrize("is_file_first", [True, False])
def test_file_added_while_a_version_is_handed_in(ready, officer, is_file_first):
    version = ready.versions.get()
    submit = lambda: actions.submit(version, by=officer, at=AT)  # noqa: E731
    add = lambda: actions.add_upload(version, "b.csv", CSV, by=officer, at=AT)  # noqa: E731
    first, second = (add, submit) if is_file_first else (submit, add)

    with meanwhile(second) as ended:
        first()

    version.refresh_from_db()
    assert ended == [FilesAreBeingRead if is_file_first else VersionIsClosed]
    assert (version.state, version.files.count()) == (
        ("draft", 2) if is_file_first else ("review", 1)
    )


def test_passport_changed_while_its_version_is_handed_in_is_under_review(ready, officer):
    version = ready.versions.get()
    other = replace(PASSPORT, licence="none")
    change = lambda: actions.change_passport(ready, other, seen=2, by=officer, at=AT)  # noqa: E731

    with meanwhile(change) as ended:
        actions.submit(version, by=officer, at=AT)

    ready.refresh_from_db()
    assert ended == [UnderReview]
    assert (ready.licence, ready.edition) == ("cc-by-4.0", 2)


def test_file_read_while_stars_are_counted_again_keeps_its_grade(ready, officer, monkeypatch):
    version = ready.versions.get()
    file = actions.add_upload(version, "b.csv", CSV, by=officer, at=AT)
    ended: list[Any] = []
    beside: list[Thread] = []
    regraded = regrading._regraded

    def slowly(*asked: Any) -> File:
        """A worker reads the new file once all files are in our memory."""
        if not beside:
            beside.append(begun(lambda: actions.read_file(file.pk), ended))
        return regraded(*asked)

    monkeypatch.setattr(regrading, "_regraded", slowly)
    other = replace(PASSPORT, licence="none")
    actions.change_passport(ready, other, seen=2, by=officer, at=AT)
    beside[0].join()

    file.refresh_from_db()
    assert ended == [None]
    assert (file.state, file.stars) == ("read", 0)
    assert file.grade["stars"]["steps"][0]["note"] == "licence_none"


@pytest.fixture
def next_version(public, officer):
    """The second version of a published set, with a file that has been read."""
    version = actions.start_version(public, by=officer, at=AT)
    file = actions.add_upload(version, "b.csv", CSV, by=officer, at=AT)
    actions.read_file(file.pk)
    return version


def withdraw(row, officer):
    actions.withdraw(row, "Жеке мәлімет бар", by=officer, at=AT)


@pytest.mark.parametrize("is_under_review", [True, False])
def test_set_withdrawn_while_its_next_version_goes_on_stays_withdrawn(
    next_version, public, officer, evaluator, is_under_review
):
    submit = lambda: actions.submit(next_version, by=officer, at=AT)  # noqa: E731
    release = lambda: actions.release(next_version, by=evaluator, at=AT)  # noqa: E731
    if is_under_review:
        submit()

    with meanwhile(release if is_under_review else submit) as ended:
        withdraw(public, officer)

    public.refresh_from_db()
    next_version.refresh_from_db()
    assert ended == [NotPublished]
    assert (public.state, public.reason) == ("withdrawn", "Жеке мәлімет бар")
    assert (public.newest.number, next_version.state) == (
        1,
        "review" if is_under_review else "draft",
    )


def test_no_version_is_begun_of_a_set_that_is_being_withdrawn(public, officer):
    begin = lambda: actions.start_version(public, by=officer, at=AT)  # noqa: E731
    with meanwhile(begin) as ended:
        withdraw(Dataset.objects.get(), officer)

    assert ended == [NotPublished]
    assert public.versions.count() == 1


def test_whoever_locks_a_version_has_locked_its_set(next_version, officer, evaluator):
    acts = [
        lambda: actions.submit(next_version, by=officer, at=AT),
        lambda: actions.send_back(next_version, "Бірлігі жоқ", by=evaluator, at=AT),
        lambda: actions.submit(next_version, by=officer, at=AT),
        lambda: actions.release(next_version, by=evaluator, at=AT),
    ]
    for act in acts:
        with CaptureQueriesContext(connection) as asked:
            act()
        found = [LOCKING.search(each["sql"]) for each in asked]
        locked = [each[1] or each[2] for each in found if each]
        assert locked[0] == "dataset"
        assert "version" in locked


@pytest.mark.parametrize("is_read_first", [True, False])
def test_file_taken_out_while_it_is_read_is_gone_with_its_columns(ready, officer, is_read_first):
    version = ready.versions.get()
    file = actions.add_upload(version, "b.csv", CSV, by=officer, at=AT)
    read = lambda: actions.read_file(file.pk)  # noqa: E731
    take_out = lambda: actions.remove_file(File.objects.get(pk=file.pk), by=officer)  # noqa: E731
    first, second = (read, take_out) if is_read_first else (take_out, read)

    with meanwhile(second) as ended:
        first()

    told = Event.objects.get(action="data.file_removed").details
    assert ended == [None]
    assert [each.name for each in version.files.all()] == ["mektepter.csv"]
    assert not Column.objects.filter(file=file.pk).exists()
    assert bool(told["table"]) == is_read_first  # its bytes are forgotten with those of the file


def test_two_officers_take_one_file_out(ready, officer):
    file = ready.versions.get().files.get()
    with meanwhile(lambda: actions.remove_file(file, by=officer)) as ended:
        actions.remove_file(File.objects.get(), by=officer)

    assert ended == [FileIsGone]
    assert Event.objects.filter(action="data.file_removed").count() == 1


@pytest.mark.parametrize(
    "kinds", [("ask", "ask"), ("ask", "tell"), ("tell", "tell"), ("show", "show")]
)
def test_person_says_no_more_at_once_than_in_a_day(
    body, officer, citizen, monkeypatch, settings, kinds
):
    settings.CONTRIBUTIONS_A_DAY = 1
    monkeypatch.setattr(reuses, "A_DAY", 1)
    row = published(body, officer)
    said = {"title": "Карта", "text": "Табады", "link": "https://example.kz/", "display_name": "Ә"}
    made = actions.Made(kind=Reuse.Kind.APPLICATION, datasets=[row], **said)
    acts = {
        "ask": lambda: asked(body, citizen),
        "tell": lambda: mistake(row, citizen),
        "show": lambda: actions.tell_reuse(made, by=citizen, at=AT),
    }

    with meanwhile(acts[kinds[1]]) as ended:
        acts[kinds[0]]()

    assert ended == [TooManyToday if kinds[0] == "show" else TooManyNow]
    assert sum(each.objects.count() for each in (Request, Problem, Reuse)) == 1


def test_two_workers_take_one_source_once(source):
    with meanwhile(lambda: harvesting.take_up(AT)) as ended:
        taken = harvesting.take_up(AT)

    assert ended == [None]
    assert list(Harvest.objects.all()) == [taken]


def test_two_workers_take_up_one_harvest_left_behind_once(source):
    left = harvesting.take_up(AT)
    later = AT + timedelta(hours=1)

    with meanwhile(lambda: harvesting.take_up(later)) as ended:
        taken = harvesting.take_up(later)

    assert (taken, ended) == (left, [None])
    assert Harvest.objects.get().turns == 2


def test_two_workers_keep_every_set_of_one_harvest_once(source):
    taken = harvesting.take_up(AT)
    told = list(asked_here(harvesting._question(taken, harvesting._folder(taken))))
    sets = told[:-1]

    def keep_all() -> list[bool]:
        return [harvested.keep_set(taken, each, at=AT) for each in sets]

    with meanwhile(keep_all) as ended:
        first = keep_all()

    assert (first, ended) == ([True] * 3, [[True] * 3])
    assert titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]
    assert Harvest.objects.get().fresh == Entry.objects.filter(kind="harvested_set").count() == 3


@pytest.mark.parametrize("is_stop_first", [True, False])
def test_stop_while_a_set_is_being_kept_leaves_nothing_in_the_list(source, officer, is_stop_first):
    taken = harvesting.take_up(AT)
    seen = next(asked_here(harvesting._question(taken, harvesting._folder(taken))))
    stop = lambda: actions.stop_source(Source.objects.get(), by=officer)  # noqa: E731
    keep = lambda: harvested.keep_set(taken, seen, at=AT)  # noqa: E731
    first, second = (stop, keep) if is_stop_first else (keep, stop)

    with meanwhile(second) as ended:
        first()

    assert ended == [False if is_stop_first else None]
    assert titles() == []
    assert not Entry.objects.filter(kind="harvested_set").exists()
    assert Harvest.objects.get().failure == "stopped"


def test_stop_while_a_harvest_ends_leaves_it_ended_once(source, officer):
    taken = harvesting.take_up(AT)
    *sets, end = asked_here(harvesting._question(taken, harvesting._folder(taken)))
    for each in sets:
        harvested.keep_set(taken, each, at=AT)

    stop = lambda: actions.stop_source(Source.objects.get(), by=officer)  # noqa: E731
    with meanwhile(stop) as ended:
        harvested.end_harvest(taken, end, at=timezone.now())

    told = Harvest.objects.get()
    assert (ended, told.failure, told.summary["given"]) == ([None], "", 3)
    assert titles() == []


def counts() -> dict[str, int]:
    facets = shelves.facets(shelves.asked({}))
    [bodies] = [each for each in facets if each.name == "body"]
    return {each.code: each.count for each in bodies.options}


def test_facets_counted_while_a_set_is_published_are_counted_anew_after_it(body, officer):
    published(body, officer, "first")

    with meanwhile(counts) as ended:
        published(body, officer, "second")

    assert ended == [{body.code: 1}]
    assert counts() == {body.code: 2}


def test_two_sets_published_at_once_are_both_counted(body, officer):
    with meanwhile(lambda: published(body, officer, "second")) as ended:
        published(body, officer, "first")
        before = counts()

    assert before == {body.code: 1}
    assert [type(each) for each in ended] == [Dataset]
    assert counts() == {body.code: 2}
