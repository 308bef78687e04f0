import pytest

from aiqyn.fetch.manifest import Cut
from tests.aiqyn.fetch.servers import links, reply
from tests.aiqyn.fetch.visits import seen, visit


def test_time_limit_cuts_and_says_so(site, tmp_path, clock):
    site.routes["/"] = links(*(f"/{letter}" for letter in "abcd"))

    manifest = visit(site, tmp_path, clock=clock, per_host_per_second=1, max_seconds=2,
                     per_host_at_once=1)  # fmt: skip

    assert seen(manifest, site, "status") == [("/", 200), ("/a", 404)]
    assert manifest.cuts[0] == Cut(why="max_seconds", count=3, example=site.url("/b"))
    assert [cut.where for cut in manifest.cuts[1:]] == ["probe", "sitemap"]


def test_calendar_without_end_ends(site, tmp_path):
    def calendar(connection, request):
        _, _, year, month = request["path"].split("/")
        after = int(year) * 12 + int(month)
        links(f"/cal/{after // 12}/{after % 12 + 1:02}")(connection, request)

    for month in range(2026 * 12, 2027 * 12):
        site.routes[f"/cal/{month // 12}/{month % 12 + 1:02}"] = calendar

    manifest = visit(site, tmp_path, path="/cal/2026/01", max_per_calendar=5)

    assert len(seen(manifest, site)) == 5
    assert [(cut.why, cut.where) for cut in manifest.cuts] == [
        ("max_per_calendar", site.url("/cal/{date}"))
    ]


@pytest.mark.parametrize(
    ("delay", "rate", "asked", "left"),
    [
        (86_400, 2, 1, 23),  # the first page; the rest and the sitemap would come after the end
        (3_600, 2, 4, 20),
        (86_400, 0, 22, 0),  # a server of one's own
    ],
)
def test_site_that_asks_for_hours_between_two_requests_has_them(
    site, tmp_path, clock, delay, rate, asked, left
):
    paths = [f"/{number}" for number in range(20)]
    site.routes |= dict.fromkeys(["/", *paths], links(*paths, "/a.jpg"))
    site.routes["/robots.txt"] = reply(f"User-agent: *\nCrawl-delay: {delay}")

    manifest = visit(site, tmp_path, clock=clock, per_host_per_second=rate)

    answered = [path for path, status in seen(manifest, site, "status") if status]
    assert len(answered) == asked
    assert sum(cut.count for cut in manifest.cuts) == left
    assert {cut.why for cut in manifest.cuts} <= {"max_seconds"}
    assert sum(clock.slept) <= 4 * 3_600


def test_sitemap_there_is_no_time_for_is_a_cut_and_is_asked_when_there_is(site, tmp_path, clock):
    site.routes |= {"/": links(), "/robots.txt": reply("User-agent: *\nCrawl-delay: 3600")}
    site.routes["/sitemap.xml"] = reply(
        f"<urlset><url><loc>{site.url('/only')}</loc></url></urlset>", kind="text/xml"
    )

    manifest = visit(site, tmp_path, clock=clock, per_host_per_second=2, max_seconds=3_000)

    assert [(cut.why, cut.where) for cut in manifest.cuts] == [
        ("max_seconds", "probe"),
        ("max_seconds", "sitemap"),
    ]
    assert "budget" not in {each.failure for each in manifest.evidence}
