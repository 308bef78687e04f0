import struct

from aiqyn.subjects.datafile.ole import MAGIC, streams


def test_a_directory_whose_table_is_cut_off_is_read_as_far_as_it_goes(tmp_path):
    head = bytearray(MAGIC.ljust(512, b"\0"))
    struct.pack_into("<H", head, 30, 9)  # sectors of 512 bytes
    struct.pack_into("<I", head, 76, 1_000)  # the table of sectors: behind the end of the file
    entry = bytearray("Workbook".encode("utf-16-le").ljust(128, b"\0"))
    struct.pack_into("<H", entry, 64, 18)
    struct.pack_into("<I", entry, 116, 4)
    path = tmp_path / "a.xls"
    path.write_bytes(head + entry)

    assert streams(path) == {"Workbook": 5 * 512}
