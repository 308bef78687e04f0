"""A chart or the rows of a set in a frame of another site."""

from html import unescape

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.portal.open_data.pressing import text_of

FILE = "/en/open-data/sets/mektepter-sany/v1/mektepter.csv/"
POLICY = "Content-Security-Policy"


def directives(answer):
    return dict(part.split(" ", 1) for part in answer[POLICY].split("; "))


@pytest.mark.parametrize("query", ["", "?by=2&how=sum&of=3", "?c=2&op=contains&v=тара&sort=-3"])
def test_frame_of_another_site_may_show_it_and_nothing_runs(client, public, query):
    answer = client.get(f"{FILE}embed/{query}")

    said = directives(answer)
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert (said["frame-ancestors"], said["script-src"], said["form-action"]) == (
        "*",
        "'none'",
        "'none'",
    )
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("address", [FILE, f"{FILE}chart/?by=2", "/en/open-data/"])
def test_no_other_page_may_be_framed(client, public, address):
    answer = client.get(address)

    assert directives(answer)["frame-ancestors"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"


def test_chart_and_rows_say_where_they_come_from(client, public):
    drawn = text_of(client.get(f"{FILE}embed/?by=2&how=sum&of=3"))
    rows = text_of(client.get(f"{FILE}embed/?c=2&op=contains&v=тара"))

    for page in (drawn, rows):
        assert "Number of schools" in page
        assert "Shymkent, Version 1, 20 November 2026" in page
    assert "Шымкент 153" in drawn
    assert ("Тараз" in rows, "153" in rows) == (True, False)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (f"{FILE}chart/?by=2&how=sum&of=3", "by=2&how=sum&of=3"),
        (f"{FILE}?c=2&op=contains&v=тара", "c=2&op=contains&v=%D1%82%D0%B0%D1%80%D0%B0&sort=0"),
        (f"{FILE}?sort=-3", "sort=-3"),
    ],
)
def test_code_to_copy_shows_the_same(client, public, page, query):
    html = LexborHTMLParser(client.get(page).content)

    code = html.css_first("#embed-code").text()
    address = unescape(LexborHTMLParser(code).css_first("iframe").attributes["src"])

    assert address == f"http://testserver{FILE}embed/?{query}"
    assert client.get(address).status_code == 200


def test_set_that_is_gone_is_not_shown(client, public):
    public.state, public.reason = "withdrawn", "Қате"
    public.save()

    assert client.get(f"{FILE}embed/").status_code == 404
