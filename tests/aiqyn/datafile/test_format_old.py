"""Old office files: XLS and DOC that are whole, cut, locked, and broken."""

import io
import random
import struct

import pytest
import xlwt

from aiqyn.subjects.datafile import ole
from aiqyn.subjects.datafile.open import read, read_apart

SECTOR = 512
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def kinds(found):
    return [trouble.kind for trouble in found.troubles]


def sheet():
    book = xlwt.Workbook()
    page = book.add_sheet("Деректер")
    for column, name in enumerate(["id", "Атауы", "Сомасы"]):
        page.write(0, column, name)
    for row in range(1, 300):
        page.write(row, 0, row)
        page.write(row, 1, f"Мектеп {row}" if row != 9 else "ЖСН 870512301001")
        page.write(row, 2, row * 10.5 if row != 7 else "сан емес")
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def text(flags=0x1200, *, size=4096):
    """A container with one stream, the beginning of a text document, and its directory."""
    fib = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, flags).ljust(4096, b"\0")
    entries = b""
    for name, kind, begin, count in (("Root Entry", 5, END, 0), ("WordDocument", 2, 0, size)):
        written = f"{name}\0".encode("utf-16-le")
        entry = bytearray(written.ljust(128, b"\0"))
        struct.pack_into("<HBB", entry, 64, len(written), kind, 1)
        struct.pack_into("<IQ", entry, 116, begin, count)
        entries += bytes(entry)
    table = [*range(1, 8), END, END, 0xFFFFFFFD]
    head = bytearray(SECTOR)
    head[:8] = ole.MAGIC
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 8)
    struct.pack_into("<109I", head, 76, 9, *[FREE] * 108)
    table += [FREE] * (SECTOR // 4 - len(table))
    return bytes(head) + fib + entries.ljust(SECTOR, b"\0") + struct.pack("<128I", *table)


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_a_sheet_is_a_table_with_everything_that_is_wrong_in_it(file):
    table = read(file("a.xls", sheet())).tables[0]

    assert (table.name, table.rows, [each.kind for each in table.columns]) == (
        "Деректер",
        299,
        ["whole", "text", "decimal"],
    )
    assert [(each.kind, each.spots[0].row, each.spots[0].column) for each in table.troubles] == [
        ("personal_iin", 10, 2),
        ("wrong_kind", 8, 3),
    ]


@pytest.mark.parametrize("kept", [300, 600, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("content", [sheet(), text()], ids=["xls", "doc"])
def test_a_file_that_was_cut_is_told_so(file, content, kept):
    size = kept if kept > 1 else int(len(content) * kept)

    assert "truncated" in kinds(read(file("a.xls", content[:size])))


@pytest.mark.parametrize(
    ("at", "written"), [(116, 1 << 20), (120, 1 << 30)], ids=["beyond the end", "too long"]
)
def test_a_stream_that_the_file_has_no_room_for_was_cut(file, at, written):
    content = bytearray(text())
    struct.pack_into("<I", content, SECTOR + 4096 + 128 + at, written)

    assert "truncated" in kinds(read(file("a.doc", bytes(content))))


def test_a_sheet_that_cannot_be_read_is_cut_or_broken(file):
    content = bytearray(sheet())
    begin = (struct.unpack_from("<I", content, 48)[0] + 1) * SECTOR
    lost, garbled = content.copy(), content.copy()
    struct.pack_into("<I", lost, begin + 128 + 116, 1 << 20)
    garbled[SECTOR + 100 : SECTOR + 4000] = b"\xff" * 3900

    assert kinds(read(file("lost.xls", bytes(lost)))) == ["truncated"]
    assert kinds(read(file("garbled.xls", bytes(garbled)))) == ["broken_format"]


@pytest.mark.parametrize(
    ("flags", "told"), [(0x1200, ["unread_format"]), (0x1300, ["encrypted", "unread_format"])]
)
def test_an_old_text_is_known_and_its_lock_told(file, flags, told):
    found = read(file("a.doc", text(flags)))

    assert (found.format, found.media_type, kinds(found)) == ("doc", "application/msword", told)


def test_an_old_text_whose_first_bytes_are_elsewhere_has_no_lock(file):
    content = bytearray(text(0x1300))
    struct.pack_into("<II", content, SECTOR + 4096 + 128 + 116, 1 << 20, 600)  # a short stream

    assert kinds(read(file("a.doc", bytes(content)))) == ["unread_format"]


def test_bytes_of_a_sheet_turned_at_random_end_in_a_trouble(file):
    dice = random.Random(1)
    for _ in range(12):
        content = bytearray(sheet())
        for _ in range(20):
            content[dice.randrange(len(content))] = dice.randrange(256)
        found = read_apart(file("a.xls", bytes(content)))

        assert found.tables or found.troubles
