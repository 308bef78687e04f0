"""What moderators do: return a set, decide on personal data, keep the approved list."""

from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Approved, Hold
from tests.portal.open_data.pressing import post, text_of
from tests.portal.open_data.sets import AT, in_preparation, promised, published


def test_moderator_returns_a_set_with_a_reason(ready, officer, evaluator_client, officer_client):
    version = ready.versions.get()
    actions.submit(version, by=officer, at=AT)

    empty = post(evaluator_client, f"review/{version.pk}/", **{"return": "1", "reason": ""})
    post(evaluator_client, f"review/{version.pk}/", **{"return": "1", "reason": "Анықтаңыз."})

    assert "This field is required" in text_of(empty)
    assert "Анықтаңыз." in text_of(officer_client.get(f"/en/open-data/sets/{ready.name}/prepare/"))


def test_held_file_is_decided_on_with_a_reason(body, officer, officer_client):
    file = in_preparation(published(body, officer), officer)
    address = f"files/{file.pk}/personal/"
    shown = text_of(officer_client.get(f"/en/open-data/{address}"))
    assert "85******0018" in shown

    post(officer_client, address, decision="keep", reason="ЖСН бар.")

    assert Hold.objects.get().decision == "keep"
    assert "ЖСН бар." in text_of(officer_client.get(f"/en/open-data/{address}"))


def test_moderator_keeps_the_approved_list_and_officers_name_their_sets(
    body, officer, evaluator_client, officer_client
):
    row = published(body, officer)
    line = {"title_kk": "Мектептер", "title_ru": "Школы", "source": "2026 жылғы 1-бұйрық"}
    post(evaluator_client, f"bodies/{body.code}/approved/", **line, due="2026-06-30")
    kept = Approved.objects.get()

    post(officer_client, f"approved/{kept.pk}/", dataset=row.pk)

    kept.refresh_from_db()
    assert (kept.dataset, kept.title) == (row, {"kk": "Мектептер", "ru": "Школы"})


def test_set_of_another_body_fulfils_nothing(body, officer, officer_client):
    row = published(body, officer)
    line = promised(row, officer)
    Approved.objects.filter(pk=line.pk).update(dataset=None)

    answer = post(officer_client, f"approved/{line.pk}/", dataset=row.pk + 1)

    assert answer.status_code == 200
    assert "Select a valid choice" in text_of(answer)
