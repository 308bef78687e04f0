"""Telling: who hears a notice, and that nobody hears it twice."""

from datetime import UTC, datetime, timedelta

import pytest

from aiqyn_portal.notices import queries
from aiqyn_portal.notices.actions import Notice, follow, read_all, tell, telling, unfollow
from aiqyn_portal.notices.models import Delivery, Reader
from tests import factories

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)  # a Friday, 11:00 in Almaty
TOPIC = "draft:su-kodeksi"


def news(**said):
    given = {"code": "draft.opened", "key": "draft.opened:su-kodeksi", "title": {"kk": "Жоба"}}
    return Notice(**given | {"topics": [TOPIC]} | said)


def heard():
    return sorted(Delivery.objects.values_list("reader__user__username", "topic"))


def test_followers_and_those_it_concerns_hear_a_notice(citizen, evaluator):
    follow(citizen, TOPIC, at=AT)

    tell(news(to=[evaluator]), at=AT)

    assert heard() == [("citizen", TOPIC), ("evaluator", "")]
    assert (queries.unread(citizen), queries.followers(TOPIC)) == (1, 1)


def test_notice_told_again_under_its_key_is_heard_once(citizen, evaluator):
    follow(citizen, TOPIC, at=AT)

    for told in ([evaluator], [evaluator, citizen]):
        tell(news(to=told), at=AT)

    assert heard() == [("citizen", TOPIC), ("evaluator", "")]


def test_person_following_two_of_its_topics_hears_it_once_by_the_first(citizen):
    follow(citizen, "category:zher", at=AT)
    follow(citizen, TOPIC, at=AT)

    tell(news(topics=[TOPIC, "category:zher"]), at=AT)

    assert heard() == [("citizen", TOPIC)]


def test_whose_act_it_is_and_who_left_are_not_told(citizen, evaluator):
    gone = factories.UserFactory(username="gone", is_active=False)
    for user in (citizen, evaluator, gone):
        follow(user, TOPIC, at=AT)
    unfollow(evaluator, TOPIC)

    tell(news(but=[citizen], to=[gone]), at=AT)

    assert heard() == []
    assert not queries.follows(evaluator, TOPIC)


def test_who_followed_later_is_not_told(citizen):
    follow(citizen, TOPIC, at=AT + timedelta(seconds=1))

    tell(news(), at=AT)

    assert heard() == []


def test_very_many_followers_are_left_to_a_worker(monkeypatch, db):
    monkeypatch.setattr(telling, "SPREAD_AT_ONCE", 3)
    monkeypatch.setattr(telling, "BATCH", 2)
    for number in range(5):
        follow(factories.UserFactory(username=f"reader-{number}"), TOPIC, at=AT)

    message = tell(news(), at=AT)
    assert (message.is_spread, heard()) == (False, [])
    telling.spread(message)

    assert (message.is_spread, len(heard())) == (True, 5)


@pytest.mark.parametrize(
    ("often", "due"),
    [
        ("at_once", AT),
        ("daily", datetime(2026, 11, 21, 3, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 23, 3, tzinfo=UTC)),
        ("here", None),
    ],
)
def test_letter_is_due_as_the_reader_chose(citizen, often, due):
    follow(citizen, TOPIC, at=AT)
    Reader.objects.update(often=often)

    tell(news(), at=AT)

    assert Delivery.objects.get().letter_due == due


def test_person_takes_along_what_was_followed_and_told(citizen, evaluator):
    follow(citizen, TOPIC, at=AT)
    tell(news(), at=AT)
    tell(news(key="another", topics=[], to=[evaluator]), at=AT)

    kept = queries.kept_of(citizen)

    assert (kept["often"], kept["language"], kept["has_feed"]) == ("at_once", "", False)
    assert kept["follows"] == [{"topic": TOPIC, "since": "2026-11-20T11:00:00+05:00"}]
    [notice] = kept["notices"]
    assert (notice["title"], notice["read_at"]) == ({"kk": "Жоба"}, "")
    read_all(citizen, at=AT)
    assert queries.kept_of(citizen)["notices"][0]["read_at"] == "2026-11-20T11:00:00+05:00"
    assert queries.kept_of(factories.UserFactory())["notices"] == []
