"""Catalogues kept elsewhere: named by officers, harvested by workers, beside what is published."""

import io
from datetime import timedelta

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override
from msgspec.structs import replace

from aiqyn.harvest import Refused
from aiqyn.subjects.dataset import Dataset as Noun
from aiqyn_portal.search.models import Entry
from aiqyn_portal.sections.open_data import actions, elsewhere, harvest_child, harvesting, refusals
from aiqyn_portal.sections.open_data.actions.harvested import Catalogue, keep_refused
from aiqyn_portal.sections.open_data.harvest_child import Ended, Seen, Unread
from aiqyn_portal.sections.open_data.models import Dataset, Harvest, Harvested, Source
from tests.aiqyn.harvest.catalogues import loopback
from tests.portal.open_data.harvests import harvest, titles
from tests.portal.open_data.sets import AT, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_kazakh():
    with override("kk"):
        yield


def test_sets_of_a_named_catalogue_are_kept_and_found_beside_ours(source, body, officer):
    ours = published(body, officer, "set-1", title={"kk": "Жинақ 1"})

    done = harvest()

    told = elsewhere.told(done)
    [row] = [each for each in Harvested.objects.all() if str(each) == "Жинақ 2"]
    assert titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]
    assert (done.failure, done.fresh, done.changed) == ("", 3, 0)
    assert told.sentences == ["Каталогтың мәліметі бойынша 3 жинақ бар, біз 3 жинақты көрдік."]
    assert row.passport["source"].startswith(source.address)
    shown = [method.id for method, *_ in elsewhere.described(row).points]
    assert shown == ["kz-data-quality", "eu-mqa", "udata-quality"]
    assert "C001" in row.broken
    assert elsewhere.found(elsewhere.asked({"q": "жинақ 2"})).first() == row
    assert list(Dataset.objects.all()) == [ours]
    assert harvesting.take_up(AT + timedelta(hours=1)) is None


def test_what_changed_is_renewed_and_what_is_gone_stays_as_a_tombstone(source, ckan, client):
    harvest()
    ckan.packages[0]["title"] = "Басқа атау"
    del ckan.packages[2]

    done = harvest(AT + timedelta(days=400))

    gone = Harvested.objects.get(gone_at__isnull=False)
    page = client.get(reverse("open_data:harvested", args=[gone.pk]))
    assert titles() == ["Басқа атау", "Жинақ 2"]
    assert (done.fresh, done.changed, done.summary["gone"]) == (0, 1, [gone.identity])
    assert (page.status_code, "Жинақ 3" in page.content.decode()) == (410, True)
    assert Entry.objects.filter(kind="harvested_set").count() == 2

    ckan.packages.append({**ckan.packages[0], "id": gone.identity, "name": "set-3"})
    harvest(AT + timedelta(days=800))

    gone.refresh_from_db()
    assert gone.gone_at is None


def test_records_that_cannot_be_read_are_told_one_by_one(source, ckan, client):
    ckan.packages[1]["id"] = ckan.packages[1]["name"] = ""

    harvest()

    page = client.get(reverse("open_data:source", args=[source.pk])).content.decode()
    assert titles() == ["Жинақ 1", "Жинақ 3"]
    assert "1-бет, 2-жазба: Жазбаның идентификаторы жоқ." in page
    assert "Жазбаның идентификаторы жоқ." in page


def test_a_harvest_left_behind_goes_on_where_it_was(source):
    begun = harvesting.take_up(AT)

    def killed(asked):
        every = harvest_child.told(replace(asked, limits=loopback()))
        yield next(every)
        yield next(every)
        every.close()

    harvesting.carry_on(begun, killed)
    begun.refresh_from_db()
    assert (begun.ended_at, titles()) == (None, ["Жинақ 1", "Жинақ 2"])

    again = harvest(begun.turn_at + timedelta(hours=1))

    assert again == begun
    assert again.ended_at is not None
    assert titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]
    assert again.summary["given"] == 3


def test_a_catalogue_that_breaks_us_again_and_again_is_given_up(source):
    begun = harvesting.take_up(AT)

    for _ in range(harvesting.MOST_FRUITLESS):
        harvesting.carry_on(begun, lambda asked: iter(()))

    begun.refresh_from_db()
    source.refresh_from_db()
    assert begun.failure == "too_hard"
    assert source.next_at > AT + timedelta(hours=23)


def test_nobody_harvests_what_another_worker_has_taken(source):
    assert harvesting.take_up(AT) is not None
    assert harvesting.take_up(AT) is None


def test_private_networks_stay_closed(source, settings):
    settings.OPEN_DATA_NETWORKS = []

    begun = harvesting.take_up(AT)
    harvesting.carry_on(begun, harvest_child.told)

    begun.refresh_from_db()
    assert begun.failure == "forbidden_address"


def test_a_process_apart_harvests_the_same(source, settings):
    settings.OPEN_DATA_NETWORKS = ["127.0.0.1/32"]

    harvesting.carry_on(harvesting.take_up(AT))

    assert titles() == ["Жинақ 1", "Жинақ 2", "Жинақ 3"]


def test_what_a_stranger_may_not_have_kept_is_refused():
    seen = Seen(dataset=Noun(id="a"), broken=(), points={})
    long, halves, large = (
        replace(seen, dataset=replace(seen.dataset, id="a" * 501)),
        replace(seen, dataset=replace(seen.dataset, title={"kk": "\ud800"})),
        replace(seen, dataset=replace(seen.dataset, title={"kk": "a" * (1 << 20)})),
    )

    lines = [harvest_child._line(each) for each in (long, halves, large)]

    assert [b"wrong_field" in lines[0], b"wrong_field" in lines[1]] == [True, True]
    assert b"record_too_large" in lines[2]


def test_refused_records_are_remembered_once_and_not_without_end(source):
    row = Harvest.objects.create(source=source, began_at=AT, turn_at=AT)
    same = Refused(id="1", place="page 1", problem="wrong_field")

    for number in range(250):
        keep_refused(row, same)
        keep_refused(row, replace(same, place=f"page {number + 2}"))

    row.refresh_from_db()
    assert len(row.refused) == 200


def test_an_unknown_catalogue_is_told(source, ckan):
    Source.objects.update(kind="")
    ckan.answer = lambda *_: (200, "text/html", b"<h1>Hello</h1>")

    assert harvest().failure == "no_catalogue"


def test_sources_are_named_by_officers_and_moderators_only(
    body, officer, evaluator, citizen, settings
):
    said = Catalogue(name="a", address="https://a.kz/")
    settings.PUBLIC_ADDRESS = "https://derek.example.kz"

    with pytest.raises(PermissionDenied):
        actions.add_source(body, said, by=citizen, at=AT)
    actions.add_source(body, said, by=officer, at=AT)
    with pytest.raises(refusals.SourceKnown):
        actions.add_source(body, said, by=evaluator, at=AT)
    own = Catalogue(name="b", address="https://Derek.example.kz/catalog.ttl")
    with pytest.raises(refusals.OwnCatalogue):
        actions.add_source(body, own, by=officer, at=AT)


def test_a_stopped_source_leaves_lists_and_search_until_it_is_harvested_again(
    source, client, officer, citizen
):
    harvest()
    client.force_login(officer)
    switch = reverse("open_data:switch_source", args=[source.pk])

    client.post(switch, {"stop": ""})
    stopped = (titles(), Entry.objects.filter(kind="harvested_set").count())
    client.post(switch, {"now": ""})

    assert stopped == ([], 0)
    assert len(titles()) == Entry.objects.filter(kind="harvested_set").count() == 3
    client.force_login(citizen)
    assert client.post(switch, {"stop": ""}).status_code == 403


def test_a_catalogue_is_named_on_a_page(client, officer, body):
    client.force_login(officer)
    address = reverse("open_data:add_source", args=[body.code])
    given = {"name": "Деректер", "address": "https://a.kz/data.json", "kind": "", "days": "7"}

    bad = client.post(address, {**given, "address": "ftp://a.kz/"})
    done = client.post(address, given)

    assert "http://" in bad.content.decode()
    assert done.status_code == 302
    assert Source.objects.get().days == 7


def test_the_child_waits_for_a_word_after_each_line(ckan, tmp_path):
    asked = harvest_child.Asked(
        address=ckan.address, kind="ckan", folder=str(tmp_path), as_of=AT.date(), limits=loopback()
    )
    questions = io.BytesIO(msgspec.json.encode(asked) + b"\n\n")
    answers = io.BytesIO()

    harvest_child.serve(questions, answers)

    told = [
        msgspec.json.decode(line, type=harvest_child.Told)
        for line in answers.getvalue().splitlines()
    ]
    assert [type(each) for each in told] == [Seen, Seen]
    assert not isinstance(told[0], Unread | Ended)
