import subprocess
import sys
from datetime import UTC, datetime

import pytest

from aiqyn.chain import Evidence
from aiqyn.fetch.robots import MAX_BYTES, MAX_SHAPES, MOST_DELAY_S, Robots

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


NAMES = b"".join(b"User-agent: reader%d\n" % i for i in range(8_000))
RULES_OF_ALL = b"".join(b"Disallow: /%d/\n" % i for i in range(16_000))

IN_LITTLE_ROOM = """
import resource, sys
from datetime import UTC, datetime
from aiqyn.chain import Evidence
from aiqyn.fetch.robots import Robots
resource.setrlimit(resource.RLIMIT_DATA, (150 << 20, 150 << 20))
url = "https://a.kz/robots.txt"
evidence = Evidence(url=url, taken_at=datetime(2026, 11, 21, tzinfo=UTC), status=200)
rules = Robots(evidence, sys.stdin.buffer.read())
print(rules.allows("https://a.kz/7/x"), rules.allows("https://a.kz/x"))
"""


def test_robots_with_thousands_of_names_above_thousands_of_rules_take_little_memory():
    content = NAMES + b"User-agent: *\n" + RULES_OF_ALL + b"#" * 5_000_000

    told = subprocess.run(
        [sys.executable, "-c", IN_LITTLE_ROOM], input=content, capture_output=True, check=True
    )

    assert told.stdout == b"False True\n"


@pytest.mark.parametrize(
    ("name", "is_meant"),
    [
        ("*", True),
        ("AIQYN", True),
        ("aiqyn*", True),
        ("**", False),
        ("Googlebot", False),
        ("aiqyn-news", False),
        ("", False),
        ("aiqyn # ours", True),
    ],
)
def test_robots_say_whom_they_mean(name, is_meant):
    rules = robots(f"User-agent: {name}\nDisallow: /closed\n".encode())

    assert rules.allows("https://a.kz/closed") is not is_meant


def test_robots_with_more_shapes_than_we_try_close_more_and_never_less():
    many = b"".join(b"Disallow: /a%d*.doc$\n" % i for i in range(MAX_SHAPES))
    late = b"dissallow: /b*.doc$ # late\nAllow: /b*c\nAllow: /plain$\nDisallow: /d/\n"

    rules = robots(b"User-agent: *\n" + many + late + b"Sitemap: /m?*")

    paths = ("a7/x.doc", "a7/x.pdf", "b/x.pdf", "bc", "d/x", "e", "")
    assert [rules.allows(f"https://a.kz/{path}") for path in paths] == [
        False, True, False, False, False, True, True,
    ]  # fmt: skip
    assert rules.sitemaps() == ["/m?*"]


def test_robots_whose_last_shapes_begin_anywhere_close_all():
    rules = robots(b"User-agent: *\n" + b"Disallow: *x$\n" * (MAX_SHAPES + 1))

    assert not rules.allows("https://a.kz/y")


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_robots_longer_than_we_read_are_read_to_the_end_of_a_line(end):
    head = end.join([b"User-agent: *", b"Disallow: /a", b""])
    comment = b"#" * (MAX_BYTES - len(head) - len(b"Disallow: /") - 1) + end

    rules = robots(head + comment + b"Disallow: /private" + end)

    assert [rules.allows(f"https://a.kz/{path}") for path in ("a", "b")] == [False, True]


def test_delay_nobody_lives_to_see_is_a_day():
    assert robots(b"User-agent: *\nCrawl-delay: 1e300").delay_s == MOST_DELAY_S
