"""What a reader asks for when all is read: once, politely, in its own role."""

import pytest

from aiqyn.chain import Ask
from aiqyn.fetch.crawl import Asking, load
from aiqyn.fetch.journal import Journal
from aiqyn.fetch.store import Store
from tests.aiqyn.fetch.servers import hrefs_in, links, redirect, reply
from tests.aiqyn.fetch.visits import visit


def searches(site, *words):
    return [Ask(url=site.url(f"/find?q={word}"), role="search") for word in words]


def answers(manifest, site, *fields):
    return [
        (one.url.removeprefix(site.url("/find")), *(getattr(one, field) for field in fields))
        for one in manifest.evidence
        if one.role == "search"
    ]


def visit_asking(site, folder, asks, **more):
    return visit(site, folder, read=Asking(hrefs_in, asks), **more)


def test_what_is_asked_for_is_kept_in_its_role(site, tmp_path):
    site.routes["/"] = links("/a")
    site.routes["/a"] = reply("a")
    site.routes["/find?q=budget"] = reply("found: budget")
    site.routes["/find?q=gone"] = redirect("/a")

    manifest = visit_asking(site, tmp_path, lambda _: searches(site, "budget", "gone"))

    assert answers(manifest, site, "status", "final_url", "depth", "parent", "size") == [
        ("?q=budget", 200, "", 1_000, "", 13),
        ("?q=gone", 200, site.url("/a"), 1_000, "", 1),
    ]
    kept = next(one for one in manifest.evidence if one.url.endswith("q=budget"))
    assert Store(str(tmp_path / "objects")).get(kept.sha256) == b"found: budget"
    assert load(str(tmp_path)) == manifest


def test_reader_is_asked_when_everything_else_was_seen(site, tmp_path):
    site.routes["/"] = links("/a")
    site.routes["/a"] = reply("a")
    site.routes["/sitemap.xml"] = reply(f"<loc>{site.url('/hidden')}</loc>")
    site.routes["/hidden"] = reply("hidden")
    seen = []

    def asks(manifest):
        seen.append([one.url.removeprefix(site.url("")) for one in manifest.evidence])
        return ()

    visit_asking(site, tmp_path, asks)

    probe = next(path for path in seen[0] if path.startswith("/aiqyn-"))
    assert seen == [["/", "/a", probe, "/hidden", "/robots.txt", "/sitemap.xml"]]


def test_an_answer_may_bring_a_question_but_not_for_ever(site, tmp_path):
    site.routes["/"] = reply("home")
    rounds = []

    def asks(manifest):
        rounds.append(len(answers(manifest, site)))
        return searches(site, *range(rounds[-1] + 1))

    visit_asking(site, tmp_path, asks)

    assert rounds == [0, 1, 2, 3, 4, 5]
    asked = [line for line in site.asked if "find" in line]
    assert asked == [f"GET /find?q={number}" for number in range(6)]


def test_no_more_than_twenty_questions_are_asked(site, tmp_path):
    site.routes["/"] = reply("home")

    manifest = visit_asking(site, tmp_path, lambda _: searches(site, *range(30)))

    assert len(answers(manifest, site)) == 20


def test_two_questions_are_a_second_apart_where_manners_count(site, tmp_path, clock):
    site.routes["/"] = reply("home")

    visit_asking(
        site,
        tmp_path,
        lambda _: searches(site, *"abc"),
        clock=clock,
        per_host_per_second=4,
    )

    assert clock.slept[-3:] == [0.25, 1.0, 1.0]


def test_question_closed_to_robots_is_not_asked_and_told(site, tmp_path):
    site.routes["/"] = reply("home")
    site.routes["/robots.txt"] = reply("User-agent: *\nDisallow: /find", kind="text/plain")

    manifest = visit_asking(site, tmp_path, lambda _: searches(site, "x"))

    assert answers(manifest, site, "failure", "status") == [("?q=x", "robots", 0)]
    assert not any("find" in line for line in site.asked)


def test_questions_to_other_hosts_or_in_roles_of_pages_are_not_asked(site, tmp_path):
    site.routes["/"] = reply("home")
    elsewhere = Ask(url="http://other.example/find", role="search")
    page = Ask(url=site.url("/find"), role="page")

    manifest = visit_asking(site, tmp_path, lambda _: [elsewhere, page])

    assert {one.role for one in manifest.evidence} == {"page", "robots", "sitemap", "probe"}
    assert not any("find" in line for line in site.asked)


def test_address_that_is_also_a_page_is_asked_for_itself(site, tmp_path):
    site.routes["/"] = links("/find?q=x")
    site.routes["/find?q=x"] = reply("found")

    manifest = visit_asking(site, tmp_path, lambda _: searches(site, "x"))

    assert [one.role for one in manifest.evidence if "find" in one.url] == ["page", "search"]


def test_time_that_has_run_out_leaves_questions_unasked(site, tmp_path, clock):
    site.routes["/"] = reply("home")

    def asks(_):
        clock.slept.append(0)
        clock.moment = clock.moment.replace(year=2027)
        return searches(site, "x")

    manifest = visit_asking(site, tmp_path, asks, clock=clock)

    assert [(cut.why, cut.where, cut.count) for cut in manifest.cuts] == [
        ("max_seconds", "search", 1)
    ]


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_reader_that_cannot_tell_what_it_wants_gets_no_more(site, tmp_path, error):
    site.routes["/"] = reply("home")

    def asks(manifest):
        if answers(manifest, site):
            raise error
        return searches(site, "a")

    assert answers(visit_asking(site, tmp_path, asks), site) == [("?q=a",)]


def test_reader_that_twice_died_when_it_was_asked_is_not_asked_again(site, tmp_path, monkeypatch):
    site.routes["/"] = reply("home")
    times = []

    class Died(Exception):
        pass

    def asks(_):
        times.append(1)
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "end_reading", lambda _: None)  # as a killed process leaves it
        for _ in range(2):
            with pytest.raises(Died):
                visit_asking(site, tmp_path, asks)
    manifest = visit_asking(site, tmp_path, asks)

    assert len(times) == 2
    assert answers(manifest, site) == []


def test_crawl_killed_between_questions_asks_nothing_twice(site, tmp_path):
    site.routes["/"] = reply("home")

    class Killed(Exception):
        pass

    def dies(manifest):
        if answers(manifest, site):
            raise Killed
        return searches(site, "a")

    for _ in range(2):
        try:
            visit_asking(site, tmp_path, dies)
        except Killed:
            continue
    manifest = visit_asking(site, tmp_path, lambda _: searches(site, "a", "b"))
    again = visit_asking(site, tmp_path, lambda _: searches(site, "a", "b", "c"))

    assert answers(manifest, site) == [("?q=a",), ("?q=b",)]
    assert again == manifest
    assert [line for line in site.asked if "find" in line] == ["GET /find?q=a", "GET /find?q=b"]
