"""Programs that change the files of one published set at one moment, on PostgreSQL.

Not collected where the tests run on SQLite (see conftest.py).
"""

import pytest
from django.test import Client

from aiqyn_portal.accounts import tokens
from tests.portal.open_data.sets import AT
from tests.portal.open_data.test_at_once_on_postgresql import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def url(name):
    return {"url": f"https://data.example.kz/{name}"}


@pytest.fixture
def send(public, officer):
    """Send a file for the set with a key of one's own: a key, too, is waited for."""
    keys = {name: tokens.make(officer, name, at=AT) for name in ("a.csv", "b.csv")}

    def send(action, name, **asked):
        answer = Client().post(
            f"/api/3/action/{action}",
            asked,
            "application/json",
            headers={"Authorization": keys[name]},
        )
        return answer.status_code, answer.json().get("error")

    return send


def names(public):
    return sorted(each.name for each in public.versions.get(number=2).files.all())


def test_files_sent_at_once_are_all_in_the_next_version(public, send):
    def create(name):
        return send("resource_create", name, package_id=public.name, **url(name))

    with meanwhile(lambda: create("b.csv")) as ended:
        ours = create("a.csv")

    assert (ours, ended) == ((200, None), [(200, None)])
    assert names(public) == ["a.csv", "b.csv", "mektepter.csv"]


def test_of_two_lists_sent_at_once_the_last_one_stands(public, send):
    kept = {"id": str(public.newest.files.get().pk)}

    def patch(name):
        return send("package_patch", name, id=public.name, resources=[kept, url(name)])

    with meanwhile(lambda: patch("b.csv")) as ended:
        ours = patch("a.csv")

    assert (ours, ended) == ((200, None), [(200, None)])
    assert names(public) == ["b.csv", "mektepter.csv"]
