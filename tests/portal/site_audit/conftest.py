"""A served site, the body it belongs to, and its audit."""

import pytest
from django_tasks_db.management.commands import db_worker

from aiqyn.subjects.site import About
from aiqyn.text import Text
from aiqyn_portal.sections.site_audit.actions import run_audit
from aiqyn_portal.sections.site_audit.actions.audits import keep_audit, kept_in, read_site
from tests.portal.site_audit.audited import AS_OF, LIMITS, on_paper, served_site


@pytest.fixture(autouse=True)
def _test_keeps_its_connection(monkeypatch):
    """A worker drops connections between tasks; the one of a test holds the test's transaction."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture
def site(tmp_path):
    with served_site(tmp_path) as address:
        yield address


@pytest.fixture
def workplace(settings, tmp_path):
    """Crawls lie in a folder of the test; the loopback address may be read, at full speed."""
    settings.VAR = tmp_path
    settings.AUDIT_NETWORKS = ["127.0.0.0/8"]
    settings.AUDIT_RATE = 0
    return tmp_path


@pytest.fixture(scope="session")
def crawled(tmp_path_factory):
    """What the crawl of the served site gave, and where its bytes lie: crawled once."""
    folder = tmp_path_factory.mktemp("crawled")
    whose = About(code="kz-akm-shymkent", kind="akimat_city", names=Text({"kk": "Шымкент"}))
    with served_site(folder) as address:
        manifest, report = read_site(
            whose, address, folder=str(folder / "crawl"), as_of=AS_OF, limits=LIMITS
        )
    return manifest, report, kept_in(str(folder / "crawl"))


@pytest.fixture
def audit(body, crawled):
    """The served site as it was crawled, kept for the body."""
    return keep_audit(body, *crawled)


@pytest.fixture
def first_audit(body, site, workplace):
    """An audit of the site that is served while the test runs."""
    return run_audit(body, start=site, as_of=AS_OF, limits=LIMITS)


@pytest.fixture
def owner(body, site, workplace):
    """The body with its site in the registry."""
    body.site = site
    body.save()
    return body


@pytest.fixture
def paper(body):
    """An audit nobody has to crawl for."""
    return on_paper(body)
