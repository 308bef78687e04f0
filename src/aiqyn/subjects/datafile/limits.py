"""How much of one file is read. Past a limit reading stops and says so, memory stays bounded."""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """One set of caps for every format; `DataFile.was_cut` tells that one was reached."""

    bytes: int = 256_000_000  # of a file that is held in memory whole; CSV is not
    parsed: int = 100_000_000  # bytes of JSON, XML and RDF, whose objects take twenty times that
    line: int = 10_000_000  # bytes of one line of JSON
    unpacked: int = 512_000_000  # bytes that all members of an archive unpack to
    ratio: int = 300  # unpacked ÷ packed bytes of one member, once it is larger than `trusted`
    trusted: int = 8_000_000  # unpacked bytes no ratio is asked of: blank sheets pack very well
    members: int = 1_000  # files of one archive that are read
    packed_in: int = 2  # archives inside each other
    rows: int = 1_000_000  # of one table that is held in memory
    columns: int = 20_000
    cells: int = 5_000_000  # of all tables of a file that is held in memory
    tables: int = 200
    nesting: int = 200  # levels of JSON and XML
    triples: int = 2_000_000
    pages: int = 500  # of a PDF
    seconds: float = 120.0  # one file read apart may take
    memory: int = 2 << 30  # bytes of data a process that reads apart may hold


LIMITS = Limits()
