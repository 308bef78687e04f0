"""A question many drafts answer: conditions find what is old, and numbers say what they are."""

from aiqyn_portal.search import index, queries
from aiqyn_portal.search.kinds import Draft as Entry
from aiqyn_portal.sections.drafts import searching
from tests.factories import BodyFactory


def test_condition_finds_a_draft_however_old_and_numbers_say_at_least(
    redrafted, client, monkeypatch
):
    monkeypatch.setattr(queries, "MOST", 2)
    said, other = {"kk": "Зат", "ru": "Вещь"}, BodyFactory(code="kz-newer")
    index.put_many(
        Entry(searching.DRAFT, str(number), said, "home", text={"": "намордник"}, body_id=other.pk)
        for number in range(10_000, 10_003)
    )
    of_its_body = f"/ru/drafts/?q=намордник&body={redrafted.body.code}"

    assert redrafted.slug in client.get(of_its_body).content.decode()
    assert redrafted.slug in client.get("/ru/drafts/?q=намордник&stands=open").content.decode()
    both = client.get(f"{of_its_body}&stands=open").content.decode()
    assert "Найден 1 проект" in both
    assert "Просмотрены только" not in both

    monkeypatch.setattr(queries, "MOST", 1)
    cut = client.get(of_its_body).content.decode()
    assert "Найдено проектов: не меньше 1." in cut
    assert "не меньше 1<" in cut
    assert "Просмотрены только проекты, добавленные последними" in cut
