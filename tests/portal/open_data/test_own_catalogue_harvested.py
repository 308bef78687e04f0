"""Our own catalogue is read by our own harvest, which was written by other hands."""

import pytest
from django.db import connections

from aiqyn.fetch.limits import Limits
from aiqyn.grading.catalogue import Plan, grade_catalogue
from aiqyn.harvest import harvest, known_of
from aiqyn.regulations import edition_on
from tests.portal.open_data.sets import AT, published

pytestmark = pytest.mark.django_db(transaction=True)
LIMITS = Limits(allowed_networks=("127.0.0.1/32",), per_host_per_second=0, retries=0)
SLUGS = ("zholdar", "mektepter-2", "auruhanalar")


@pytest.fixture(autouse=True)
def _connections_end_with_the_request(monkeypatch):
    """A client that keeps its line open would keep the database open after the test, too."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture
def served(live_server, body, officer):
    for slug in SLUGS:
        published(body, officer, slug, title={"kk": f"Жинақ {slug}"})
    return live_server.url.replace("localhost", "127.0.0.1")


WAYS = (
    ("ckan", ""),
    ("dcat", "/catalog.ttl"),
    ("dcat", "/catalog.rdf"),
    ("dcat", "/catalog.jsonld"),
)


def test_every_published_set_is_harvested_whatever_is_spoken(served, tmp_path):
    titles, summaries = {}, {}
    for number, (kind, path) in enumerate(WAYS):
        run = harvest(served + path, str(tmp_path / str(number)), limits=LIMITS, kind=kind)
        titles[path] = sorted(each.title["kk"] for each in run)
        told = run.summary
        summaries[path] = (told.said, told.given, told.missing, told.problems)

    assert titles == {path: sorted(f"Жинақ {slug}" for slug in SLUGS) for _, path in WAYS}
    assert summaries == {path: (3, 3, 0, ()) for _, path in WAYS}


def test_own_catalogue_is_graded_and_what_has_not_changed_is_left(served, tmp_path):
    plan = Plan(edition=edition_on("open_data", AT.date()), as_of=AT.date())
    grading = grade_catalogue(served, str(tmp_path / "a"), plan=plan, limits=LIMITS)
    graded = list(grading)
    known = known_of(str(tmp_path / "a"))

    later = harvest(
        served, str(tmp_path / "b"), limits=LIMITS, kind="ckan", since="2100-01-01", known=known
    )

    assert (len(graded), len(known)) == (3, 3)
    assert {fact.rule: fact.failed for fact in grading.report().facts}["C010"] == 0
    assert (list(later), later.summary.gone) == ([], ())
