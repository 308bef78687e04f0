"""`--rendered` without a browser: told before the site is asked, and later it costs no audit."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from aiqyn.chain import Evidence, Finding, Outcome, Place
from aiqyn.cli import audit_recheck, audit_run
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest
from aiqyn.rendering import BrowserMissing
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, reply

DAY = datetime(2026, 11, 20, tzinfo=UTC)
OPEN = ("--allow-private", "--rate", "0", "--on", "2026-11-20", "--format", "json")
DEAD = BrowserMissing("/usr/bin/chromium does not start: Target closed\nCall log: 1")


class Browser:
    """Stands in for aiqyn.rendering."""

    def __init__(self, *, found=True):
        self.found = found

    def find(self):
        if not self.found:
            raise DEAD

    def Sampling(self, pages):  # noqa: N802
        return pages

    def render(self, folder, **_):
        raise DEAD


@pytest.fixture
def site():
    with Site() as site, served(site):
        site.routes = {"/": reply("<title>1</title><p>Мәтін")}
        yield site


def test_machine_without_chromium_says_so_before_the_site_is_asked(site, aiqyn, monkeypatch):
    monkeypatch.setattr(audit_run, "import_module", lambda _: Browser(found=False))

    done = aiqyn("audit", site.url(), "--rendered", "--lang", "kk", *OPEN)

    assert (done.exit_code, site.asked) == (2, [])
    assert "/usr/bin/chromium іске қосылмады: Target closed" in done.stderr


def test_browser_that_breaks_after_the_crawl_costs_no_audit(site, aiqyn, monkeypatch):
    plain = aiqyn("audit", site.url(), *OPEN)
    monkeypatch.setattr(audit_run, "import_module", lambda _: Browser())

    done = aiqyn("audit", site.url(), "--rendered", "--lang", "ru", *OPEN)

    assert done.exit_code == plain.exit_code
    assert "Страницы в браузере не открыты: /usr/bin/chromium не запускается" in done.stderr
    assert "not_rendered" in done.stdout


def test_what_a_browser_drew_is_neither_asked_for_nor_lost_when_a_finding_is_looked_at_again():
    page = Evidence(url="http://a.kz/", taken_at=DAY, status=200)
    drawn = [replace(page, role=role) for role in ("rendered", "picture")]
    manifest = Manifest(
        start=page.url,
        agent="",
        started_at=DAY,
        finished_at=DAY,
        limits=Limits(),
        evidence=(page, *drawn),
    )
    place = Place(where="html", address=page.url)
    broken = Finding(rule="P001", outcome=Outcome.FAILED, places=(place,))

    asked = list(audit_recheck._items([broken], manifest))
    after = audit_recheck._patched(manifest, [replace(page, status=404)])

    assert [(item.url, item.role) for item in asked] == [(page.url, "page")]
    assert sorted((each.role, each.status) for each in after.evidence) == [
        ("page", 404),
        ("picture", 200),
        ("rendered", 200),
    ]
