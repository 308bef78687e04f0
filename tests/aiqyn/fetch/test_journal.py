import errno
import os
from datetime import UTC, datetime

import pytest

from aiqyn.chain import Evidence
from aiqyn.errors import InputError
from aiqyn.fetch.journal import NAME, Closing, Journal, Opening, holds_pages
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Cut

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
OPENING = Opening(start="http://a.kz/", limits=Limits(), started_at=NOON)
PAGE = Evidence(url="http://a.kz/", taken_at=NOON, status=200)
OTHER = Evidence(url="http://a.kz/other", taken_at=NOON, status=200)
MAP = Evidence(url="http://a.kz/sitemap.xml", taken_at=NOON, role="sitemap", status=404)
CLOSING = Closing(
    finished_at=NOON, cuts=(Cut(why="max_pages", where="", count=1, example="http://a.kz/x"),)
)


@pytest.fixture
def kept(tmp_path):
    with Journal(tmp_path, OPENING) as journal:
        journal.add(PAGE)
        journal.add(MAP)
    return tmp_path / NAME


def test_journal_remembers_what_was_added(kept):
    later = Opening(start="http://a.kz/", limits=Limits(), started_at=datetime.now(UTC))

    with Journal(kept.parent, later) as journal:
        assert journal.known == {PAGE.url: PAGE, f"sitemap {MAP.url}": MAP}
        assert (journal.opening, journal.closing) == (OPENING, None)


def test_journal_remembers_that_it_was_closed(kept):
    with Journal(kept.parent, OPENING) as journal:
        journal.close(CLOSING)

    with Journal(kept.parent, OPENING) as journal:
        assert journal.closing == CLOSING


def test_journal_forgets_a_torn_last_line_and_goes_on(kept):
    whole = kept.read_bytes()
    kept.write_bytes(whole + b'{"type":"seen","evid')

    with Journal(kept.parent, OPENING) as journal:
        assert len(journal.known) == 2
        journal.close(CLOSING)

    assert kept.read_bytes().startswith(whole + b'{"type":"closing"')


def test_journal_torn_in_its_first_line_begins_anew(tmp_path):
    (tmp_path / NAME).write_bytes(b'{"type":"open')

    with Journal(tmp_path, OPENING) as journal:
        assert journal.known == {}

    with Journal(tmp_path, OPENING) as journal:
        assert journal.opening == OPENING


@pytest.mark.parametrize("damage", [b"{}", b'{"type":"seen"}', b"\xff\xfe", b"["])
def test_journal_damaged_in_the_middle_says_where(kept, damage):
    lines = kept.read_bytes().splitlines()
    kept.write_bytes(b"\n".join([lines[0], damage, lines[2], b""]))

    with pytest.raises(InputError, match=r"journal\.jsonl: line 2: "):
        Journal(kept.parent, OPENING)


def test_journal_of_another_start_is_refused(kept):
    other = Opening(start="http://b.kz/", limits=Limits(), started_at=NOON)

    with pytest.raises(InputError, match=r"line 1: another crawl .* start http://a\.kz/"):
        Journal(kept.parent, other)


def test_journal_of_other_limits_is_refused(kept):
    other = Opening(start="http://a.kz/", limits=Limits(max_pages=1), started_at=NOON)

    with pytest.raises(InputError, match="another crawl is kept here, with limits"):
        Journal(kept.parent, other)


def test_journal_in_use_is_refused(tmp_path):
    with (
        Journal(tmp_path, OPENING),
        pytest.raises(InputError, match="another crawl is writing here"),
    ):
        Journal(tmp_path, OPENING)


def test_page_in_the_reader_at_death_is_counted_as_a_crash_each_time(tmp_path):
    for _ in range(2):
        with Journal(tmp_path, OPENING) as journal:
            journal.begin_reading("http://a.kz/longer-than-the-next")
            journal.begin_reading("http://a.kz/")

    with Journal(tmp_path, OPENING) as journal:
        assert journal.crashes == {"http://a.kz/": 2}


def test_page_that_was_read_is_no_crash(tmp_path):
    with Journal(tmp_path, OPENING) as journal:
        journal.begin_reading("http://a.kz/")
        journal.end_reading()

    with Journal(tmp_path, OPENING) as journal:
        assert journal.crashes == {}


def test_line_of_which_a_part_alone_found_room_is_said_and_forgotten(kept, monkeypatch):
    whole = kept.read_bytes()
    room = iter((40, 0))

    def write(file, content, really=os.write):
        left = next(room)
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(file, bytes(content)[:left])

    with Journal(kept.parent, OPENING) as journal:
        monkeypatch.setattr(os, "write", write)
        with pytest.raises(OSError, match="No space left"):
            journal.add(OTHER)
        monkeypatch.undo()
        assert OTHER.url not in journal.known
        journal.crash("http://a.kz/x")  # by another, before all have heard of it

    with Journal(kept.parent, OPENING) as journal:
        assert len(journal.known) == 2
        assert journal.crashes == {"http://a.kz/x": 1}
    assert kept.read_bytes() == whole + b'{"type":"crash","url":"http://a.kz/x"}\n'


def test_line_torn_in_the_middle_hides_nothing_and_is_not_believed(kept):
    lines = kept.read_bytes().splitlines()
    torn = lines[1].replace(b"a.kz/", b"a.kz/torn")[:-3]
    kept.write_bytes(b"\n".join([lines[0], torn + lines[1], lines[2], b""]))

    assert holds_pages(kept.parent)
    with Journal(kept.parent, OPENING) as journal:
        assert journal.known == {PAGE.url: PAGE, f"sitemap {MAP.url}": MAP}
