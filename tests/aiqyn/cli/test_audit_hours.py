"""Hours in which a site may be asked."""

from datetime import UTC, datetime, time

import pytest

from aiqyn.cli import audit_hold as module
from aiqyn.cli.audit_asked import Hours
from aiqyn.cli.audit_hold import HoursOver, in_hours
from aiqyn.fetch.crawl import Progress


@pytest.mark.parametrize(
    ("hours", "inside", "outside"),
    [
        ("22:00-06:00", ["22:00", "23:59", "00:00", "05:59"], ["06:00", "12:00", "21:59"]),
        ("09:00-18:00", ["09:00", "17:59"], ["08:59", "18:00", "00:00"]),
    ],
)
def test_hours_hold_over_midnight_too(hours, inside, outside):
    held = Hours.read(hours).hold

    assert [held(time.fromisoformat(each)) for each in inside] == [True] * len(inside)
    assert [held(time.fromisoformat(each)) for each in outside] == [False] * len(outside)


def test_site_is_asked_in_its_hours_alone(monkeypatch, capsys):
    moments = iter(
        datetime(2026, 1, 1, hour, minute, tzinfo=UTC)
        for hour, minute in [
            (21, 0), (21, 0), (21, 0), (22, 0),  # waits, begins
            (5, 59), (6, 0),  # works, is over
            (6, 0), (6, 1), (6, 1), (22, 30),  # waits, goes on
            (23, 0),
        ]
    )  # fmt: skip
    slept, runs = [], []
    monkeypatch.setattr(module, "_now", lambda: next(moments))
    monkeypatch.setattr(module, "_sleep", slept.append)

    def crawl(watch):
        runs.append(1)
        watch(Progress())
        if len(runs) == 1:
            watch(Progress())
        return "manifest"

    seen = []
    done = in_hours(Hours.read("22:00-06:00"), crawl, seen.append, "en")

    assert (done, len(runs), len(seen), slept) == ("manifest", 2, 3, [30.0, 30.0])
    assert capsys.readouterr().err == "Waiting until 22:00 (--night).\n" * 2
    assert issubclass(HoursOver, Exception)


def test_site_is_asked_at_once_inside_its_hours(monkeypatch, capsys):
    monkeypatch.setattr(module, "_now", lambda: datetime(2026, 1, 1, 23, 0, tzinfo=UTC))

    done = in_hours(Hours.read("22:00-06:00"), lambda watch: "manifest", print, "en")

    assert (done, capsys.readouterr().err) == ("manifest", "")


def test_naps_of_a_wait_are_real(monkeypatch):
    slept = []
    monkeypatch.setattr(module, "sleep", slept.append)

    module._sleep(3.0)

    assert slept == [3.0]
    assert module._now().tzinfo is not None
