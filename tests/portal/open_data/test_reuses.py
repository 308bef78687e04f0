"""The gallery: told by people, looked at by moderators, taken back by authors."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aiqyn_portal.notices.models import Message
from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Reuse
from aiqyn_portal.sections.open_data.refusals import AlreadyDecided, ReasonMissing, TooManyToday
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT, made_of, published
from tests.portal.open_data.test_pictures_of_people import PLACE, jpeg

STATE = Reuse.State
FORM = {
    "title": "Мектеп картасы",
    "kind": "application",
    "link": "https://example.kz/karta",
    "text": "Ең жақын мектепті табады.",
    "sets": "https://aiqyn.kz/kk/open-data/sets/mektepter/v1/\n/data/joldar/",
    "display_name": "Ә. Оқушы",
}


@pytest.fixture
def row(body, officer):
    published(body, officer, name="joldar")
    return published(body, officer)


def tell(client, **more):
    return post(client, "reuses/new/", **FORM | more)


def test_person_shows_a_work_and_a_moderator_lets_it_through(row, citizen_client, evaluator_client):
    picture = SimpleUploadedFile("a.jpg", jpeg(1, 1, PLACE), content_type="text/html")
    assert tell(citizen_client, picture=picture).status_code == 302
    reuse = Reuse.objects.get()
    address = f"/en/open-data/reuses/{reuse.pk}/"
    clients = (Client(), citizen_client, evaluator_client)
    seen_before = [client.get(address).status_code for client in clients]
    waiting = text_of(evaluator_client.get("/en/open-data/work/"))

    post(evaluator_client, f"reuses/{reuse.pk}/", state="shown", reason="")

    assert seen_before == [404, 200, 200]
    assert "Мектеп картасы" in waiting
    assert sorted(set_.name for set_ in reuse.datasets.all()) == ["joldar", "mektepter"]
    for address in ("reuses/", f"reuses/{reuse.pk}/", "sets/mektepter/", "sets/joldar/"):
        page = text_of(Client().get(f"/en/open-data/{address}"))
        assert "Мектеп картасы" in page
        assert "Ә. Оқушы" in page
        assert "citizen" not in page
    shown = Client().get(f"/data/reuses/{reuse.pk}/picture")
    assert (shown["Content-Type"], shown.content) == ("image/jpeg", jpeg())
    told = Message.objects.get(code="reuse.decided")
    assert told.title["ru"] == "Работа «Мектеп картасы» показана в галерее"


def test_picture_of_a_work_that_waits_is_for_its_author(row, citizen_client):
    tell(citizen_client, picture=SimpleUploadedFile("a.jpg", jpeg()))
    address = f"/data/reuses/{Reuse.objects.get().pk}/picture"

    assert Client().get(address).status_code == 404
    assert citizen_client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"sets": "joq"}, "not found: joq"),
        ({"sets": "https://aiqyn.kz/kk/open-data/sets/joq/"}, "not found: joq"),
        ({"sets": " \n "}, "required"),
        ({"link": "javascript:alert(1)"}, "whole address"),
        ({"picture": SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>")}, "PNG or JPEG"),
        ({"display_name": ""}, "required"),
    ],
)
def test_work_that_is_not_told_well_is_refused_in_words(row, citizen_client, more, why):
    answer = tell(citizen_client, **more)

    assert answer.status_code == 200
    assert why in text_of(answer)
    assert not Reuse.objects.exists()


def test_unpublished_sets_cannot_be_named(row, citizen_client):
    row.state = "draft"
    row.save()

    assert "not found: mektepter" in text_of(tell(citizen_client))


def test_one_person_tells_of_five_works_a_day(row, citizen_client):
    for _ in range(5):
        assert tell(citizen_client).status_code == 302

    assert str(TooManyToday()) in text_of(tell(citizen_client))
    assert Reuse.objects.count() == 5


def test_refusal_has_a_reason_and_is_told_to_the_author_alone(row, citizen, evaluator, officer):
    reuse = made_of(row, citizen, state=STATE.WAITING)
    with pytest.raises(PermissionDenied):
        actions.decide_reuse(reuse, STATE.SHOWN, "", by=officer, at=AT)
    with pytest.raises(ReasonMissing):
        actions.decide_reuse(reuse, STATE.REFUSED, " ", by=evaluator, at=AT)

    actions.decide_reuse(reuse, STATE.REFUSED, "Сілтеме ашылмайды", by=evaluator, at=AT)

    with pytest.raises(AlreadyDecided):
        actions.decide_reuse(reuse, STATE.REFUSED, "Тағы", by=evaluator, at=AT)
    reuse.refresh_from_db()
    assert (reuse.state, reuse.reason) == ("refused", "Сілтеме ашылмайды")
    told = Message.objects.get(code="reuse.decided")
    assert [each.reader.user for each in told.deliveries.all()] == [citizen]


def test_what_is_shown_may_be_taken_down(row, citizen, evaluator):
    reuse = made_of(row, citizen)

    actions.decide_reuse(reuse, STATE.REFUSED, "Алаяқтық бет", by=evaluator, at=AT)

    assert Client().get(f"/en/open-data/reuses/{reuse.pk}/").status_code == 404
    assert reuse.title not in text_of(Client().get("/en/open-data/sets/mektepter/"))


def test_author_takes_a_work_back_and_nobody_else(row, citizen, citizen_client, evaluator_client):
    reuse = made_of(row, citizen)

    assert post(evaluator_client, f"reuses/{reuse.pk}/back/").status_code == 403
    assert post(citizen_client, f"reuses/{reuse.pk}/back/").status_code == 302

    reuse.refresh_from_db()
    assert reuse.state == STATE.TAKEN_BACK
    with pytest.raises(AlreadyDecided):
        actions.take_reuse_back(reuse, by=citizen)


def test_gallery_is_narrowed_and_asks_as_often_for_more(row, citizen, django_assert_num_queries):
    made_of(row, citizen)
    address = "/en/open-data/reuses/?kind=application"
    with django_assert_num_queries(3):
        Client().get(address)
    for kind in ("article", "application", "lesson"):
        made_of(row, citizen, kind=kind)

    with django_assert_num_queries(3):
        page = Client().get(address).context["page"]

    assert page.paginator.count == 2
    assert Client().get("/en/open-data/reuses/?kind=x").context["page"].paginator.count == 4


def test_words_of_strangers_stay_words(row, citizen):
    made_of(
        row, citizen, title="<b>{{ 7 }}</b>", display_name="<i>x</i>", text="<script>a</script>"
    )

    for address in ("/kk/open-data/reuses/", "/kk/open-data/sets/mektepter/"):
        html = Client().get(address).content.decode()
        assert "<b>{{" not in html
        assert "<i>x" not in html
        assert "<script>a" not in html
