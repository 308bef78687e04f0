"""Lines of robots.txt as RFC 9309 reads them, held against Protego, which obeys them."""

from urllib.parse import quote

import pytest
from protego import Protego

from aiqyn.subjects import robots
from aiqyn.subjects.robots import Line, closing, lines_for

ROBOTS = """\ufeffUser-agent: Googlebot
User-agent: Yandex
Disallow: /upload/
Allow: /upload/open/
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow: /кесте
Sitemap: https://a.kz/sitemap.xml

User-agent: Mail
Disallow:

user-agent: *
Disallow: /  # қазір
"""


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/", 0),
        ("", 0),
        ("/upload/1.doc", 3),
        ("/upload/open/1.doc", 0),
        ("/upload/open/1.pdf", 0),
        ("/docs/1.pdf", 5),
        ("/docs/1.pdf?v=1", 0),
        ("/axbxc1", 6),
        ("/abx", 0),
        ("/ac", 0),
        ("/%D0%BA%D0%B5%D1%81%D1%82%D0%B5/1", 7),
        ("/news?id=1", 0),
    ],
)
def test_the_line_that_closes_an_address_is_told(path, number):
    address = f"https://a.kz{path}"

    for reader in ("Googlebot", "YandexBot"):
        found = closing(address, lines_for(reader, ROBOTS))

        assert (found.number if found else 0) == number
        assert Protego.parse(ROBOTS[1:]).can_fetch(address, reader) == (found is None)


def test_reader_without_a_group_keeps_to_that_of_everybody():
    assert lines_for("Bingbot", ROBOTS) == [Line(14, "/", is_open=False)]
    assert lines_for("Bingbot", "Disallow: /\nCrawl-delay: 5") == []


def test_group_that_closes_nothing_opens_everything():
    assert lines_for("Mail.RU_Bot", ROBOTS) == []


@pytest.mark.parametrize(
    ("rule", "path", "is_closed"),
    [
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*/b$", "/a/b/b", True),
        ("/ab*b$", "/ab", False),
        ("*", "/", True),
    ],
)
def test_end_of_an_address_is_its_end(rule, path, is_closed):
    assert Line(1, rule, is_open=False).speaks_of(path) == is_closed


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ("Disallow: /*download=1\nAllow: /құжаттар/", "/құжаттар/a.pdf?download=1"),
        ("Disallow: /құжат\nAllow: /*download=1", "/құжаттар/a.pdf?download=1"),
        ("DISALLOW: /a\nALLOW: /a b", "/a%20b"),
    ],
)
def test_rule_with_more_octets_counts(rules, path):
    text, address = f"User-agent: *\n{rules}", f"https://a.kz{quote(path, safe='/?=%')}"

    is_open = closing(address, lines_for("Googlebot", text)) is None

    assert is_open == Protego.parse(text).can_fetch(address, "Googlebot")
    assert is_open == ("Disallow: /құжат" not in rules)


def test_of_a_file_with_too_many_rules_nothing_is_told(monkeypatch):
    monkeypatch.setattr(robots, "MOST_LINES", 1)

    assert lines_for("a", "User-agent: *\nDisallow: /a\nDisallow: /b") == []
