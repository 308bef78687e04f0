"""Writes the Word documents and the containers of 1997 that our reader is tested on."""

import struct

FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL, CUTOFF = 512, 64, 4096


def cut(content, size):
    return [content[at : at + size].ljust(size, b"\0") for at in range(0, len(content), size)]


class Container:
    """Sectors and the chain of each, put together into a file by `written`."""

    def __init__(self):
        self.sectors = []
        self.next = []

    def put(self, content):
        """Add sectors; return the number of the first."""
        parts = cut(content, SECTOR)
        first = len(self.sectors)
        self.sectors += parts
        self.next += [*range(first + 1, first + len(parts)), LAST][: len(parts)]
        return first if parts else LAST


def entry(name, kind, first, size):
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head.ljust(116, b"\0") + struct.pack("<IQ", first, size)


def container(streams, *, far=False):
    """Return an OLE file; `far` lists its tables in a sector of their own."""
    made, small, small_next, entries = Container(), [], [], []
    for name, content in streams.items():
        if len(content) >= CUTOFF:
            first = made.put(content)
        else:
            first = len(small)
            parts = cut(content, SMALL)
            small += parts
            small_next += [*range(first + 1, first + len(parts)), LAST][: len(parts)]
        entries.append(entry(name, 2, first, len(content)))
    held = b"".join(small)
    root = entry("Root Entry", 5, made.put(held), len(held))
    directory = made.put(b"".join([root, *entries]))
    small_table = made.put(struct.pack(f"<{len(small_next)}I", *small_next).ljust(SECTOR, b"\xff"))
    return written(made, directory, small_table, far=far)


def written(made, directory, small_table, *, far):
    tables = len(made.sectors) // 126 + 1
    places = [len(made.sectors) + number for number in range(tables)]
    chain = made.next + [TABLE] * (tables + far)
    made.sectors += cut(
        struct.pack(f"<{len(chain)}I", *chain).ljust(tables * SECTOR, b"\xff"), SECTOR
    )
    more = LAST
    if far:
        more = len(made.sectors)
        made.sectors.append(struct.pack("<128I", *places, *[FREE] * (127 - tables), LAST))
    listed = [] if far else places
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6).ljust(20, b"\0")
    head += struct.pack("<IIII", tables, directory, 0, CUTOFF)
    head += struct.pack("<IIII", small_table, 1, more, int(far))
    return (
        head + struct.pack("<109I", *listed, *[FREE] * (109 - len(listed))) + b"".join(made.sectors)
    )


def word(*pieces, version=0xC1, flags=0x0200, settings=b"", far=False, letters=None):
    """Return an old Word document whose text is `pieces`: str in Unicode, bytes one byte each."""
    body, places, marks = b"", [0], b""
    for piece in pieces:
        content = piece if isinstance(piece, bytes) else piece.encode("utf-16-le")
        at = 1024 + len(body)
        start = at * 2 | 0x40000000 if isinstance(piece, bytes) else at
        marks += struct.pack("<HIH", 0, start, 0)
        places.append(places[-1] + len(piece))
        body += content
    listed = struct.pack(f"<{len(places)}I", *places) + marks
    pieces_at = settings + b"\x02" + struct.pack("<I", len(listed)) + listed
    main = bytearray(1024)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<I", main, 0x4C, places[-1] if letters is None else letters)
    struct.pack_into("<II", main, 0x1A2, 8, len(pieces_at))
    table = "1Table" if flags & 0x0200 else "0Table"
    return container({"WordDocument": bytes(main) + body, table: b"\0" * 8 + pieces_at}, far=far)
