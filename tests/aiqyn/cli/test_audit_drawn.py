"""`--rendered` without a browser: told before the site is asked, and later it costs no audit."""

import pytest

from aiqyn.cli import audit_run
from aiqyn.rendering import BrowserMissing
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, reply

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
