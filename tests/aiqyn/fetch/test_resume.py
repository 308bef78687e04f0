import signal
import subprocess
import sys
import threading

import pytest

from aiqyn.errors import EvidenceError
from tests.aiqyn.fetch.servers import hrefs_in, links, reply
from tests.aiqyn.fetch.visits import seen, visit


def test_finished_crawl_is_read_again_without_the_network(site, tmp_path):
    site.routes |= {"/": links("/a", "/b", "/c"), "/a": links(), "/b": links()}
    first = visit(site, tmp_path, max_pages=2)
    asked = list(site.asked)
    read = []

    def more(evidence, content):
        read.append(evidence.url)
        return [*hrefs_in(evidence, content), "/never"]

    second = visit(site, tmp_path, read=more, max_pages=2)

    assert second == first
    assert site.asked == asked
    assert sorted(read) == [site.url("/"), site.url("/a")]


def test_finished_crawl_asks_for_nothing_new_even_when_the_reader_changes(site, tmp_path):
    site.routes["/"] = links()
    first = visit(site, tmp_path)
    asked = list(site.asked)

    assert visit(site, tmp_path, read=lambda *_: ["/new"]) == first
    assert site.asked == asked


def test_evidence_lost_before_the_end_is_fetched_again(site, tmp_path):
    site.routes["/"] = reply("page")

    with pytest.raises(ZeroDivisionError):
        visit(site, tmp_path, read=lambda *_: 1 / 0)
    (tmp_path / "objects" / "pack").unlink()
    manifest = visit(site, tmp_path)

    assert site.asked.count("GET /") == 2
    assert seen(manifest, site, "size") == [("/", 4)]


def test_evidence_lost_after_the_end_is_an_error(site, tmp_path):
    site.routes["/"] = reply("page")
    visit(site, tmp_path)
    (tmp_path / "objects" / "pack").unlink()

    with pytest.raises(EvidenceError, match="no evidence"):
        visit(site, tmp_path)


KILLED = """
import sys
from aiqyn.fetch.crawl import crawl
from tests.aiqyn.fetch.servers import hrefs_in, loopback
crawl(sys.argv[1], folder=sys.argv[2], limits=loopback(per_host_at_once=2), read=hrefs_in)
"""


@pytest.mark.parametrize("after", [1, 4, 17])
def test_crawl_killed_resumes_and_fetches_nothing_twice(site, tmp_path, after):
    reached, killed = threading.Event(), threading.Event()

    def page(number):
        def answer(connection, request):
            if len(site.asked) > after and not killed.is_set():
                reached.set()
                killed.wait(20)
                return
            links(f"/{2 * number + 1}", f"/{2 * number + 2}", "/0")(connection, request)

        return answer

    site.routes |= {f"/{number}": page(number) for number in range(31)}
    child = subprocess.Popen([sys.executable, "-c", KILLED, site.url("/0"), str(tmp_path)])
    assert reached.wait(20)
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = list(site.asked)
    killed.set()

    manifest = visit(site, tmp_path, path="/0", per_host_at_once=2)

    assert sorted(int(path[1:]) for path, status in seen(manifest, site, "status") if
                  status == 200) == list(range(31))  # fmt: skip
    again = [one for one in site.asked[len(before) :] if one in before]
    assert len(again) <= 2  # those in flight


def test_site_that_gave_nothing_is_asked_anew(site, tmp_path):
    site.routes |= {"/": reply("down", status=500)}
    first = visit(site, tmp_path)
    site.routes |= {"/": links("/a"), "/a": links()}

    second = visit(site, tmp_path)
    site.asked.clear()
    third = visit(site, tmp_path)

    assert seen(first, site, "status") == [("/", 500)]
    assert seen(second, site, "status") == [("/", 200), ("/a", 200)]
    assert (third, site.asked) == (second, [])
