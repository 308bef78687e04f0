"""The words of an old workbook are those of its cells; of what is damaged nothing is said."""

import random
import struct

import pytest

from aiqyn.subjects import old_excel
from aiqyn.subjects.document import Document
from aiqyn.subjects.old_excel import read
from aiqyn.subjects.old_text import OldText
from tests.aiqyn.subjects.old_words import container
from tests.aiqyn.worked import evidence_of

BEGIN_8 = (0x809, struct.pack("<HH", 0x600, 5))
BEGIN_5 = (0x809, struct.pack("<HH", 0x500, 5))
CYRILLIC = (0x42, struct.pack("<H", 1251))
FIGURE = (0x203, b"\0" * 14)
END = (0x0A, b"")
KAZAKH = "Аудан әкімдігі тұрғындарға жергілікті бюджеттің жоспарын түсіндіреді"


def book(*records, stream="Workbook"):
    content = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    return container({stream: content})


def string(text, *, rich=b"", phonetic=b"", narrow=False):
    flags = (not narrow) | (8 if rich else 0) | (4 if phonetic else 0)
    head = struct.pack("<HB", len(text), flags)
    head += struct.pack("<H", len(rich) // 4) if rich else b""
    head += struct.pack("<I", len(phonetic)) if phonetic else b""
    return head + text.encode("latin-1" if narrow else "utf-16-le") + rich + phonetic


def shared(*strings, count=None):
    said = len(strings) if count is None else count
    return 0xFC, struct.pack("<II", said, said) + b"".join(strings)


def document(content, name="a.xls"):
    return Document(content, evidence_of(f"http://s/{name}", content, role="document"))


def words(*records, **more):
    found = read(book(*records, **more))
    return found.beginning if found.is_read else None


def test_strings_that_cells_share_are_read_in_their_order():
    strings = [
        string("Қала"),
        string("Budget", narrow=True),
        string("бай", rich=b"\0" * 8),
        string("дауыс", phonetic=b"\0" * 5),
        string("соңы", rich=b"\0" * 4, phonetic=b"\0" * 3),
    ]

    assert words(BEGIN_8, shared(*strings), END) == "Қала\nBudget\nбай\nдауыс\nсоңы"


def test_strings_run_on_over_records_and_may_change_their_width():
    whole = string("Қала бюджеті")
    cut = 3 + 2 * 5
    more = (0x3C, b"\1" + whole[cut:] + string("abcdef", narrow=True)[:5])
    last = (0x3C, b"\1" + "cdef".encode("utf-16-le"))

    assert words(BEGIN_8, shared(whole[:cut], count=2), more, last) == "Қала бюджеті\nabcdef"


def test_string_may_begin_and_its_marks_may_end_in_the_next_record():
    rich = string("бай", rich=b"\0" * 8)

    assert words(BEGIN_8, shared(rich[:-4], count=2), (0x3C, b"\0" * 4 + string("соңы"))) == (
        "бай\nсоңы"
    )
    assert words(BEGIN_8, shared(string("бай"), count=2), (0x3C, string("соңы"))) == "бай\nсоңы"


def test_record_that_goes_on_another_one_is_no_string():
    assert words(BEGIN_8, (0xEB, b""), (0x3C, b"\xff" * 9), shared(string("бір"))) == "бір"


@pytest.mark.parametrize(
    ("records", "text"),
    [
        ((BEGIN_5, CYRILLIC, (0x204, b"\0" * 6 + b"\x06\0" + "Бюджет".encode("cp1251"))), "Бюджет"),
        ((BEGIN_5, (0x42, b"\1\x80"), (0xD6, b"\0" * 6 + b"\1\0\x97")), "—"),
        ((BEGIN_8, (0x204, b"\0" * 6 + b"\4\0\1" + "Қала".encode("utf-16-le"))), "Қала"),
        ((BEGIN_8, (0x204, b"\0" * 6 + b"\1\0\0a"), BEGIN_5), "a"),
    ],
)
def test_cells_that_hold_their_own_text_are_read(records, text):
    assert words(*records, stream="Book") == text


@pytest.mark.parametrize(
    ("records", "kind"),
    [
        ((BEGIN_8, shared(string(KAZAKH))), "text"),
        ((BEGIN_8, *[FIGURE] * 3), "text"),
        ((BEGIN_8, (0xEB, b"..\x89PNG\r\n..")), "scan"),
        ((BEGIN_8, (0xEB, b"a frame of a remark")), "empty"),
        ((BEGIN_8, (0x2F, b"\0" * 6), shared(string(KAZAKH))), "locked"),
        ((BEGIN_8, (0x2F, b"\7\0"), shared(string(KAZAKH))), "unknown"),
        ((shared(string(KAZAKH)),), "unknown"),
        ((BEGIN_8, shared(string(KAZAKH)[:-9])), "unknown"),
        ((BEGIN_5, (0x42, b"\xff\xff"), (0x204, b"\0" * 6 + b"\1\0a")), "unknown"),
        ((BEGIN_8, (0x204, b"\0")), "unknown"),
    ],
)
def test_kind_of_a_workbook(records, kind):
    assert document(book(*records)).kind == kind


def test_rules_are_told_of_no_language_and_of_no_requisites_of_a_table():
    seen = document(book(BEGIN_8, shared(string(KAZAKH * 9))), "a.doc")

    assert (seen.shape, seen.language, seen.unread) == ("xls", None, "")
    assert document(book(BEGIN_5, stream="Book"), "b").shape == "xls"


def test_slides_stay_unread():
    slides = container({"PowerPoint Document": b"\0" * 90})

    assert (document(slides).shape, document(slides).unread) == ("ppt", "old_format")


def test_no_more_is_read_than_so_much(monkeypatch):
    monkeypatch.setattr(old_excel, "MOST_READ", 100)
    cells = [(0x204, b"\0" * 6 + b"\x32\0\0" + b"a" * 50)] * 9

    assert len(words(BEGIN_8, *cells)) == 3 * 50 + 2


def test_workbook_of_records_without_end_is_left(monkeypatch):
    monkeypatch.setattr(old_excel, "MOST_PIECES", 20)

    assert words(BEGIN_8, shared(string("few")), *[(1, b"")] * 20) is None
    assert words(BEGIN_8, shared(string(KAZAKH)), *[(1, b"")] * 20) == KAZAKH
    assert words(BEGIN_8, shared(string("few")), *[(1, b"")] * 18) == "few"


def test_table_that_promises_more_than_it_has_ends_where_it_ends():
    assert words(BEGIN_8, shared(string("бір"), count=0xFFFFFFFF)) == "бір"


def test_every_cut_and_every_changed_byte_ends_in_an_answer():
    cell = (0x204, b"\0" * 6 + b"\1\0\0a")
    table = shared(string("Қала", rich=b"\0" * 8), string("Budget", narrow=True))
    whole = [BEGIN_8, CYRILLIC, table, (0x3C, b"\1" + b"\0" * 40), cell, FIGURE, (0xEB, b"..")]
    content = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in whole)
    draws = random.Random(7)

    for at in range(len(content)):
        changed = bytearray(content)
        changed[at] = draws.choice((0, 1, 8, 127, 255))
        assert isinstance(read(container({"Workbook": content[:at]})), OldText)
        assert isinstance(read(container({"Workbook": bytes(changed)})), OldText)
    file = book(*whole)
    for at in range(0, len(file), 7):
        assert isinstance(read(file[:at]), OldText)
