"""The cabinet of notices, the feed, and what letters lead to."""

import feedparser
import pytest
from django.test import Client

from aiqyn_portal.notices import actions, queries, stopping
from aiqyn_portal.notices.actions.readers import ASKED_AGAIN_AFTER
from aiqyn_portal.notices.models import Delivery, Letter, Reader, Subscription
from aiqyn_portal.notices.views import ASKED_AN_HOUR
from tests.portal.kazakh import kk
from tests.portal.notices.letters import AT, letters, postman, told

TOPIC = "body:kz-akm-shymkent"


def stop_address(reader, topic=""):
    return stopping.stop_path(stopping.Stop(reader.pk, topic), "en")


def test_cabinet_shows_what_the_person_was_told_and_nobody_else(
    citizen, citizen_client, officer_client
):
    told(citizen)

    mine, other = (
        client.get("/en/account/notices/").content.decode()
        for client in (citizen_client, officer_client)
    )

    assert "Discussion has begun" in mine
    assert "Discussion has begun" not in other
    assert '<span class="govuk-tag govuk-tag--blue">1' in mine  # in the menu


def test_opening_a_notice_leads_to_its_page_and_marks_it_read(citizen, citizen_client):
    told(citizen)
    pk = Delivery.objects.get().pk

    answer = citizen_client.get(f"/ru/account/notices/{pk}/")

    assert (answer.status_code, answer["Location"], queries.unread(citizen)) == (302, "/ru/", 0)
    assert "Discussion" not in citizen_client.get("/en/account/notices/?unread").content.decode()


def test_all_are_marked_read_at_once(citizen, citizen_client):
    for key in "abc":
        told(citizen, key=key)

    citizen_client.post("/en/account/notices/read/")

    assert queries.unread(citizen) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_cabinet_asks_the_database_equally_often(
    citizen, citizen_client, django_assert_num_queries, number
):
    for key in range(number):
        told(citizen, key=str(key))

    with django_assert_num_queries(8):
        citizen_client.get("/en/account/notices/")


def test_topic_is_followed_and_left_from_its_page(citizen, citizen_client, body):
    back = {"topic": TOPIC, "next": "/ru/bodies/kz-akm-shymkent/"}
    answer = citizen_client.post("/ru/account/notices/follow/", back)
    followed = queries.follows(citizen, TOPIC)
    page = citizen_client.get("/ru/account/notices/settings/").content.decode()
    citizen_client.post("/ru/account/notices/follow/", back | {"stop": "1"})

    assert (answer["Location"], followed) == ("/ru/bodies/kz-akm-shymkent/", True)
    assert "Акимат города Шымкент" in page
    assert Reader.objects.get().language == "ru"  # of the page it began on
    assert not queries.follows(citizen, TOPIC)


@pytest.mark.parametrize("topic", ["body:nobody", "draft:abc", "", "body:", "x" * 1000, "body:\0"])
def test_topic_nobody_knows_is_not_followed(citizen_client, body, topic):
    answer = citizen_client.post("/ru/account/notices/follow/", {"topic": topic})

    assert (answer.status_code, Subscription.objects.count()) == (404, 0)


def test_following_leads_back_to_no_foreign_page(citizen_client, body):
    for foreign in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        given = {"topic": TOPIC, "next": foreign}
        answer = citizen_client.post("/ru/account/notices/follow/", given)

        assert answer["Location"] == "/ru/account/notices/settings/"


def test_nobody_follows_more_than_is_allowed(citizen, citizen_client, body, monkeypatch):
    monkeypatch.setattr("aiqyn_portal.notices.actions.following.MOST_TOPICS", 1)
    actions.follow(citizen, "body:another", at=AT)

    answer = citizen_client.post("/kk/account/notices/follow/", {"topic": TOPIC}, follow=True)

    said = kk("Nobody may follow more topics than this; stop following some first:")
    assert said in answer.content.decode()
    assert not queries.follows(citizen, TOPIC)


def test_settings_are_chosen_and_what_awaits_a_letter_moves_along(citizen, citizen_client):
    actions.choose(citizen, often="daily", language="", at=AT)
    told(citizen)

    citizen_client.post("/ru/account/notices/settings/", {"often": "here", "language": "kk"})

    reader = Reader.objects.get()
    assert (reader.often, reader.language) == ("here", "kk")
    assert Delivery.objects.get().letter_due is None


def test_feed_has_a_secret_address_that_can_be_taken_back(citizen, citizen_client):
    told(citizen)
    citizen_client.post("/ru/account/notices/feed/")
    address = f"/notices/{Reader.objects.get().feed_key}.atom"
    answer = Client().get(address)
    citizen_client.post("/ru/account/notices/feed/", {"revoke": "1"})

    feed = feedparser.parse(answer.content)
    assert [(entry.title, entry.summary) for entry in feed.entries] == [
        ("Талқылау басталды", "Пікір жазыңыз.")
    ]
    assert answer["X-Robots-Tag"] == "noindex"
    assert Client().get(address).status_code == 404


def test_feed_of_a_closed_account_is_gone(citizen, citizen_client):
    citizen_client.post("/ru/account/notices/feed/")
    citizen.is_active = False
    citizen.save()

    assert Client().get(f"/notices/{Reader.objects.get().feed_key}.atom").status_code == 404


def test_mail_program_stops_letters_by_one_post_without_sign_in(citizen):
    told(citizen)
    outsider = Client(enforce_csrf_checks=True)

    answer = outsider.post(
        stop_address(citizen.reader), {"List-Unsubscribe": "One-Click"}, secure=True
    )

    assert (answer.status_code, Reader.objects.get().often) == (200, "here")


def test_looking_at_the_address_of_a_letter_stops_nothing(citizen):
    told(citizen)

    page = Client().get(stop_address(citizen.reader)).content.decode()

    assert "All letters" in page
    assert Reader.objects.get().often == "at_once"


def test_letter_about_one_topic_stops_that_topic_and_offers_all(citizen, body, mailoutbox):
    actions.follow(citizen, TOPIC, at=AT)
    actions.follow(citizen, "body:another", at=AT)
    told(topics=[TOPIC])
    postman().post()
    address = mailoutbox[0].extra_headers["List-Unsubscribe"][1:-1]
    path = address.removeprefix("https://aiqyn.example")

    Client().post(path)
    left = list(Subscription.objects.values_list("topic", flat=True))
    often = Reader.objects.get().often
    Client().post(path, {"all": "1"})

    assert (left, often, Reader.objects.get().often) == (["body:another"], "at_once", "here")


@pytest.mark.parametrize("kind", ["stop", "confirm"])
def test_forged_address_is_answered_politely(db, kind):
    answer = Client().get(f"/en/notices/{kind}/WzEsIiJd:forged/")

    assert answer.status_code == 404
    assert "This address no longer works" in answer.content.decode()


def test_person_gone_since_the_letter_can_still_press_the_button(citizen):
    told(citizen)
    address = stop_address(citizen.reader)
    citizen.delete()

    assert Client().post(address).status_code == 200


def ask_for_letters(email="aigul@example.kz", **headers):
    given = {"topic": TOPIC, "email": email}
    return Client().post("/ru/notices/by-email/", given, **headers)


def test_address_without_an_account_is_told_once_its_owner_says_yes(body, mailoutbox):
    ask_for_letters("Aigul@Example.kz")
    actions.Postman().post()
    told(topics=[TOPIC], key="before")
    path = stopping.confirm_path(Letter.objects.get().pk, "ru")
    seen = Client().get(path)
    nobody = Subscription.objects.count()
    Client().post(path)
    told(topics=[TOPIC], key="after")

    assert mailoutbox[0].to == ["aigul@example.kz"]
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers
    assert (seen.status_code, nobody, queries.followers(TOPIC)) == (200, 0, 1)


def test_confirmed_address_hears_news_and_one_click_forgets_it(body, mailoutbox):
    ask_for_letters()
    letter = Letter.objects.get()
    actions.confirm(letter.pk, at=AT)
    told(topics=[TOPIC])
    actions.Postman().post()
    written = mailoutbox[-1]

    Client().post(stop_address(letter.reader))

    assert "account/notices" not in written.body
    assert (Reader.objects.count(), letters()) == (0, [])


def test_one_address_is_asked_once_an_hour_whoever_asks(body):
    for _ in range(3):
        ask_for_letters()
    first = len(letters())
    Letter.objects.update(made_at=Letter.objects.get().made_at - ASKED_AGAIN_AFTER)
    ask_for_letters()

    assert (first, len(letters())) == (1, 2)


def test_one_place_asks_for_no_more_letters_than_so_many_an_hour(body):
    answers = [ask_for_letters(f"p{n}@example.kz").status_code for n in range(ASKED_AN_HOUR + 1)]

    assert answers == [302] * ASKED_AN_HOUR + [403]


def test_confirmation_nobody_asked_for_is_refused(db):
    path = stopping.confirm_path(404, "en")

    page = Client().post(path, follow=True).content.decode()

    assert "This confirmation is too old or was never asked for." in page


def test_addresses_never_confirmed_are_forgotten(body):
    ask_for_letters()
    Reader.objects.update(since=AT)

    actions.forget_old(AT.replace(day=29))

    assert Reader.objects.count() == 0
