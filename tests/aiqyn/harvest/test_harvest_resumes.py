"""Killed in the middle, a harvest goes on: nothing lost, at most the record in hand twice."""

import signal
import subprocess
import sys

import pytest

from aiqyn.errors import InputError
from aiqyn.harvest import harvest, known_of
from aiqyn.harvest.journal import NAME
from tests.aiqyn.harvest.catalogues import CkanServer, DcatServer, EgovServer, loopback, served

KILLED = """
import sys
from aiqyn.harvest import harvest
from tests.aiqyn.harvest.catalogues import loopback
for each in harvest(sys.argv[1], sys.argv[2], limits=loopback(), kind=sys.argv[3]):
    print(each.id, flush=True)
"""


def killed_after(count, url, folder, kind):
    """Harvest in a process of its own, kill it with a record in its hands; what it has told."""
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, url, str(folder), kind], stdout=subprocess.PIPE, text=True
    )
    told = [child.stdout.readline().strip() for _ in range(count)]
    child.send_signal(signal.SIGKILL)
    rest = [line.strip() for line in child.stdout if line.endswith("\n")]
    child.wait()
    child.stdout.close()
    return told + rest


SOURCES = [
    pytest.param(CkanServer, "ckan", "", id="ckan"),
    pytest.param(DcatServer, "dcat", "/catalog.ttl", id="dcat"),
    pytest.param(EgovServer, "egov", "", id="egov"),
]


@pytest.mark.parametrize(("server", "kind", "path"), SOURCES)
def test_harvest_of_400_sets_killed_loses_none(tmp_path, server, kind, path):
    with served(server(400)) as url:
        before = killed_after(137, url + path, tmp_path, kind)

        run = harvest(url + path, str(tmp_path), limits=loopback(), kind=kind)
        after = [each.id for each in run]

    assert 137 <= len(before) < 400
    assert len(set(before) | set(after)) == 400
    assert set(before) & set(after) <= {before[-1]}
    assert (run.summary.given, run.summary.missing) == (400, 0)


def test_reader_that_breaks_off_gets_the_record_in_hand_again(tmp_path):
    with served(CkanServer(5)) as url:
        first = harvest(url, str(tmp_path), limits=loopback(), kind="ckan")
        seen = []
        for each in first:
            seen.append(each.id)
            if len(seen) == 3:
                break
        rest = [each.id for each in harvest(url, str(tmp_path), limits=loopback(), kind="ckan")]

    assert rest[0] == seen[-1]
    assert len({*seen, *rest}) == 5


def test_page_whose_bytes_are_lost_is_fetched_again(tmp_path):
    with served(CkanServer(5)) as url:
        first = iter(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))
        seen = [next(first).id, next(first).id]
        first.close()
        (tmp_path / "objects" / "pack").unlink()

        run = harvest(url, str(tmp_path), limits=loopback(), kind="ckan")
        rest = [each.id for each in run]

    assert len(rest) == 4
    assert len({*seen, *rest}) == 5
    assert run.summary.repeated == 1


def test_record_refused_alone_is_not_tried_again(tmp_path):
    source = CkanServer(5)
    source.poison = {"set-3"}
    with served(source) as url:
        first = iter(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))
        seen = [next(first).id for _ in range(4)]
        first.close()
        rest = [each.id for each in harvest(url, str(tmp_path), limits=loopback(), kind="ckan")]

    assert "" in seen
    assert "" not in rest
    assert len({*seen, *rest}) == 5


def test_last_line_torn_by_a_kill_is_forgotten(tmp_path):
    with served(CkanServer(3)) as url:
        first = iter(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))
        next(first)
        first.close()
        with (tmp_path / NAME).open("ab") as diary:
            diary.write(b'{"type":"rec')

        assert len(list(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))) == 3


@pytest.mark.parametrize(
    ("diary", "problem"),
    [(b"{}\n", "line 1: "), (b'{"type":"note"}\n', "line 1: a harvest begins with its opening")],
)
def test_damaged_diary_is_refused(tmp_path, diary, problem):
    (tmp_path / NAME).write_bytes(diary)

    with pytest.raises(InputError, match=problem):
        list(harvest("http://127.0.0.1:9/", str(tmp_path), limits=loopback(), kind="ckan"))


def test_two_harvests_do_not_write_one_diary(tmp_path):
    with served(CkanServer(3)) as url:
        first = iter(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))
        next(first)

        with pytest.raises(InputError, match="another harvest is writing here"):
            next(iter(harvest(url, str(tmp_path), limits=loopback(), kind="ckan")))
        first.close()


def test_sets_of_an_unfinished_harvest_are_not_known(tmp_path):
    with served(CkanServer(3)) as url:
        first = iter(harvest(url, str(tmp_path), limits=loopback(), kind="ckan"))
        next(first)
        first.close()

    with pytest.raises(InputError, match="was not finished"):
        known_of(str(tmp_path))
    with pytest.raises(InputError, match="nothing was harvested here"):
        known_of(str(tmp_path / "nowhere"))
