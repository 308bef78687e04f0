from datetime import UTC, datetime

import pytest

from aiqyn.chain import Evidence
from aiqyn.fetch.robots import Robots

RULES = b"""\xef\xbb\xbfUser-agent: *
Disallow: /
User-agent: Aiqyn
Disallow: /private/
Allow: /private/open
Crawl-delay: 2.5
Sitemap: https://a.kz/map.xml
"""


def robots(content=b"", *, status=200, failure=""):
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    url = "https://a.kz/robots.txt"
    return Robots(Evidence(url=url, taken_at=moment, status=status, failure=failure), content)


def test_robots_obeys_the_group_that_names_us():
    rules = robots(RULES)

    assert [rules.allows(f"https://a.kz/{path}") for path in ("", "private/x", "private/open")] == [
        True,
        False,
        True,
    ]
    assert (rules.delay_s, rules.sitemaps(), rules.closed) == (
        2.5,
        ["https://a.kz/map.xml"],
        "",
    )


@pytest.mark.parametrize(
    ("status", "failure"),
    [(400, ""), (401, "blocked"), (403, "blocked"), (404, ""), (302, "redirect_loop")],
)
def test_robots_that_are_not_there_allow_everything(status, failure):
    rules = robots(b"User-agent: *\nDisallow: /", status=status, failure=failure)

    assert (rules.allows("https://a.kz/x"), rules.delay_s, rules.sitemaps()) == (True, 0, [])


@pytest.mark.parametrize(
    ("status", "failure", "closed"),
    [
        (429, "blocked", "robots"),
        (500, "", "robots"),
        (503, "", "robots"),
        (0, "refused", "refused"),
        (200, "broken", "broken"),
    ],
)
def test_robots_that_cannot_be_reached_allow_nothing(status, failure, closed):
    rules = robots(status=status, failure=failure)

    assert (rules.allows("https://a.kz/x"), rules.closed) == (False, closed)


def test_robots_of_rubbish_allow_everything():
    rules = robots(b"<!doctype html>\x00\xff" + b"crawl-delay: soon\nSitemap\n" * 30_000)

    assert (rules.allows("https://a.kz/x"), rules.delay_s) == (True, 0)
