"""A set begun by mistake is deleted by an officer of its body; what was published never is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from aiqyn_portal.accounts import tokens
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import actions, child, queries, tasks
from aiqyn_portal.sections.open_data.actions import reading
from aiqyn_portal.sections.open_data.models import Approved, Column, Dataset, File, Version
from aiqyn_portal.sections.open_data.refusals import SetIsGone, UnderReview, WasPublished
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.sets import AT, CSV, promised

pytestmark = pytest.mark.django_db


def rows():
    return [model.objects.count() for model in (Dataset, Version, File, Column)]


def page(row):
    return reverse("open_data:discard", args=[row.name])


def test_draft_is_deleted_after_a_question(client, draft, officer):
    client.force_login(officer)
    before = client.get(reverse("open_data:prepare", args=[draft.name]))
    asked = client.get(page(draft))

    answer = client.post(page(draft), follow=True)

    assert page(draft) in before.text
    assert "mektepter.csv" in asked.text
    assert answer.redirect_chain == [(reverse("open_data:body", args=[draft.body.code]), 302)]
    assert "Жоба жойылды." in answer.text
    assert rows() == [0, 0, 0, 0]
    assert queries.desk(draft.body, AT.date()).is_clear


def test_journal_keeps_who_deleted_what_and_the_bytes_go(draft, officer, settings):
    settings.OPEN_DATA_REMOVED_DAYS = 30
    file = File.objects.get()

    actions.discard(draft, by=officer)

    discarded, removed = Event.objects.order_by("-number")[:2]
    subject = f"body:{draft.body.code}/data:{draft.name}"
    assert [each.action for each in (removed, discarded)] == ["data.file_removed", "data.discarded"]
    assert [discarded.subject, discarded.actor] == [subject, removed.actor]
    assert discarded.details == {"title": {}, "state": "draft"}
    assert removed.details["sha256"] == file.sha256
    tasks.forget_removed(removed.at.replace(year=removed.at.year + 1))
    assert [file.sha256 in store(), file.table_sha256 in store()] == [False, False]


def test_set_returned_for_correction_is_deleted_and_its_line_waits(ready, officer, evaluator):
    version = ready.versions.get()
    actions.submit(version, by=officer, at=AT)
    actions.send_back(version, "Бірлігі жоқ", by=evaluator, at=AT)
    line = promised(ready, officer)

    actions.discard(ready, by=officer)

    assert rows() == [0, 0, 0, 0]
    assert Approved.objects.get(pk=line.pk).dataset is None


def test_set_under_review_is_not_deleted(client, ready, officer):
    actions.submit(ready.versions.get(), by=officer, at=AT)
    client.force_login(officer)

    answer = client.post(page(ready))

    assert str(UnderReview.sentence) in answer.text
    assert page(ready) not in client.get(reverse("open_data:prepare", args=[ready.name])).text
    assert rows()[0] == 1


def test_what_was_published_is_never_deleted(client, public, officer):
    client.force_login(officer)
    version = actions.start_version(public, by=officer, at=AT)

    with pytest.raises(WasPublished):
        actions.discard(public, by=officer)
    actions.withdraw(public, "Қате", by=officer, at=AT)
    with pytest.raises(WasPublished):
        actions.discard(public, by=officer)

    assert client.get(page(public)).status_code == 404
    assert Version.objects.filter(pk=version.pk).exists()


def test_nobody_but_officers_of_the_body_deletes(client, draft, evaluator, citizen):
    for person in (evaluator, citizen):
        client.force_login(person)
        assert client.post(page(draft)).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.discard(draft, by=person)

    client.logout()
    assert client.post(page(draft)).status_code == 302
    assert rows()[:3] == [1, 1, 1]


def test_another_officer_who_comes_late_is_told(draft, ready, officer, evaluator):
    version = draft.versions.get()
    actions.discard(draft, by=officer)

    for act in (
        lambda: actions.discard(draft, by=officer),
        lambda: actions.submit(version, by=officer, at=AT),
        lambda: actions.release(version, by=evaluator, at=AT),
    ):
        with pytest.raises(SetIsGone):
            act()
    assert Event.objects.filter(action="data.discarded").count() == 1


def test_file_being_read_when_its_set_is_deleted_leaves_nothing(draft, officer, monkeypatch):
    file = actions.add_upload(draft.versions.get(), "b.csv", CSV, by=officer, at=AT)

    def deleted_meanwhile(asked):
        actions.discard(draft, by=officer)
        return child.examine(asked)

    monkeypatch.setattr(reading, "examine_apart", deleted_meanwhile)
    actions.read_file(file.pk)

    assert rows() == [0, 0, 0, 0]


def test_program_deletes_a_draft_without_a_reason(client, draft, officer):
    key = tokens.make(officer, "ckanapi", at=AT)

    def delete():
        return client.post(
            "/api/3/action/package_delete",
            {"id": draft.name},
            "application/json",
            headers={"Authorization": key},
        )

    first, second = delete(), delete()

    assert (first.status_code, first.json()["success"]) == (200, True)
    assert (second.status_code, second.json()["error"]["__type"]) == (404, "Not Found Error")
    assert rows() == [0, 0, 0, 0]


def test_program_deletes_nothing_that_is_under_review(client, ready, officer):
    actions.submit(ready.versions.get(), by=officer, at=AT)
    key = tokens.make(officer, "ckanapi", at=AT)

    answer = client.post(
        "/api/3/action/package_delete",
        {"id": ready.name},
        "application/json",
        headers={"Authorization": key},
    )

    assert answer.json()["error"]["__type"] == "Authorization Error"
    assert "under review" in answer.json()["error"]["message"]
