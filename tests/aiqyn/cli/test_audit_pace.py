"""Sites that ask for much time, readers that go, and Ctrl-C in the first moment."""

import os
import subprocess
import sys

import pytest

import aiqyn.cli
from aiqyn.__main__ import main as program
from aiqyn.cli.audit_pace import span, telling_pace
from aiqyn.fetch.crawl import Limits, Progress
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, links, reply

AUDIT = [sys.executable, "-m", "aiqyn", "audit", "--allow-private", "--on", "2026-11-20"]


@pytest.mark.parametrize(
    ("rate", "delay", "said"),
    [
        (
            2,
            10,
            (
                "robots.txt asks for 10 s between two requests (Crawl-delay), and so it is done: "
                "at most 1440 addresses will be read, in at most 4 h. For a site of your own, "
                "--rate 0 passes it over; --max-pages reads less.\n"
            ),
        ),
        (
            2,
            90_000,
            (
                "robots.txt asks for 25 h between two requests (Crawl-delay), longer than an audit "
                "may take (4 h): its first page alone is read. For a site of your own, --rate 0 "
                "passes it over; else ask the owner of the site for a shorter delay.\n"
            ),
        ),
        (2, 0.5, ""),
        (0, 0, ""),
    ],
)
def test_time_a_site_asks_for_is_told_once(capsys, rate, delay, said):
    seen = []
    watch = telling_pace(seen.append, Limits(per_host_per_second=rate), "en")

    for each in (0, delay, delay):
        watch(Progress(delay_s=each))

    assert (capsys.readouterr().err, len(seen)) == (said, 3)


@pytest.mark.parametrize(
    ("seconds", "language", "said"),
    [(2.5, "ru", "2,5 с"), (119, "kk", "119 с"), (600, "kk", "10 мин"), (86_400, "kk", "24 сағ")],
)
def test_time_is_told_as_people_say_it(seconds, language, said):
    assert span(seconds, language) == said


def test_site_that_asks_for_a_day_between_two_requests_is_audited_at_once(tmp_path):
    with Site() as site, served(site):
        site.routes |= {
            "/robots.txt": reply("User-agent: *\nCrawl-delay: 86400\n", kind="text/plain"),
            "/": links("/a", "/b"),
        }
        done = subprocess.run(
            [*AUDIT, "--lang", "kk", site.url()], capture_output=True, timeout=60, check=False
        )

    assert site.asked == ["GET /robots.txt", "GET /"]
    assert done.returncode == 1
    assert "24 сағ күтуді сұрайды" in done.stderr.decode()
    assert "белгіленген шекке жетті" in done.stdout.decode()


def test_reader_that_goes_leaves_no_folder_behind(tmp_path):
    with Site() as site, served(site):
        site.routes |= {"/": links("/a"), "/a": links()}
        audit = subprocess.Popen(
            [*AUDIT, "--rate", "0", site.url()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        with audit:
            audit.stdout.close()
            said = audit.stderr.read().decode()

    assert (audit.returncode, list(tmp_path.glob("aiqyn-*"))) == (1, [])
    assert said == ""


def test_command_stopped_while_it_is_read_shows_no_error(monkeypatch):
    def stopped(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(aiqyn.cli, "main", stopped)

    with pytest.raises(SystemExit) as ended:
        program()

    assert ended.value.code == 130
