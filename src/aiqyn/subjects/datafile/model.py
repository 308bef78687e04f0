"""What is known of one file of data after it was read once.

Rows and columns are counted from 1 as a spreadsheet shows them, title rows included.
A `Trouble` is an observation, not a verdict: rules decide what breaks them.
"""

from decimal import Decimal
from itertools import chain

from aiqyn.chain import Noun, prepare

MOST_SPOTS = 1000  # spots kept of one kind of trouble; the count goes on


class Spot(Noun, frozen=True, kw_only=True):
    """One cell, row or column of a table."""

    row: int = 0  # 0: the whole column
    column: int = 0  # 0: the whole row
    name: str = ""  # of the column, as the header says it
    saw: str = ""  # the value as written, shortened
    wants: str = ""  # what would be right there, where that is known: "2025-03-31"


class Trouble(Noun, frozen=True, kw_only=True):
    """One kind of irregularity in one table or file, with every place up to MOST_SPOTS."""

    kind: str  # a key of `kinds.yaml`: "ragged_row", "blank_row", "decimal_comma" …
    count: int = 1
    spots: tuple[Spot, ...] = ()
    detail: str = ""  # what the kind leaves open: an encoding, a number, a name


class Column(Noun, frozen=True, kw_only=True):
    """One column as its cells show it."""

    name: str
    number: int  # from 1
    # "empty", "text", "whole", "decimal", "date", "moment", "yes_no", "code", "address", "mixed"
    kind: str
    filled: int = 0  # cells that say something
    blank: int = 0  # empty cells and words that mean "no value"
    distinct: int | None = None  # None: not counted
    least: str = ""  # smallest number or date, in our own notation
    greatest: str = ""
    mean: Decimal | None = None
    top: tuple[tuple[str, int], ...] = ()  # most frequent values and how often, at most 10
    shape: str = ""  # how dates and numbers are written: "%d.%m.%Y", "1 234,5"
    unit: str = ""  # said in the name or in every cell: "млн теңге"
    is_key: bool = False  # filled and distinct in every row
    order: str = ""  # "rising", "falling": the rows are sorted by it, or nearly; "": they are not
    breaks: int = 0  # cells that stand against that order
    break_row: int = 0  # the first of them; 0: there is none


class Area(Noun, frozen=True, kw_only=True):
    """Where one of several tables stands on its sheet; rows and columns from 1, ends included."""

    number: int  # of the table on its sheet, from 1
    top: int  # titles included
    bottom: int
    left: int
    right: int


class Table(Noun, frozen=True, kw_only=True):
    """One table: a sheet, a list of records, a table on a sheet."""

    name: str = ""  # of the sheet or the list; "" where the file is the table
    header: tuple[str, ...] = ()  # joined with " / " where the header has several rows
    header_row: int = 0  # of its last row; 0: there is none
    first_row: int = 0  # of data; 0: there is none
    rows: int = 0  # of data
    columns: tuple[Column, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    is_typed: bool = False  # numbers and days come as the file stores them
    area: Area | None = None  # None: it has its sheet or file for itself


class Links(Noun, frozen=True, kw_only=True):
    """What the fourth and the fifth star rest on."""

    is_graph: bool = False  # parsed as RDF
    triples: int = 0
    subjects: int = 0  # distinct things described
    named: int = 0  # of these, those with an http(s) address
    outward: int = 0  # statements that lead to an address of another host
    hosts: tuple[str, ...] = ()  # other hosts led to, most frequent first, at most 20
    sample: tuple[str, ...] = ()  # addresses led to, at most 20


class Shapes(Noun, frozen=True, kw_only=True):
    """What a file draws on the map."""

    kinds: tuple[tuple[str, int], ...] = ()  # "Point" → how many
    crs: str = ""  # as the file names it; "" is longitude and latitude of WGS 84
    box: tuple[str, ...] = ()  # west, south, east, north in degrees; () when nothing is known


class Member(Noun, frozen=True, kw_only=True):
    """One file in an archive."""

    name: str
    format: str = "unknown"
    size: int = 0  # unpacked, bytes


class DataFile(Noun, frozen=True, kw_only=True):
    """One file: what its bytes are, whatever its name says."""

    name: str  # as given, without folders
    sha256: str = ""
    size: int = 0
    # csv tsv xls xlsx ods json jsonl geojson kml xml parquet rdf turtle ntriples jsonld
    # pdf docx html image zip gzip text unknown; and what sniff.MEDIA_TYPES has beside these
    format: str = "unknown"
    media_type: str = ""  # of that format
    inside: str = ""  # format of the archive it came out of: "zip", "gzip", "zip/gzip"; "": none
    members: tuple[Member, ...] = ()  # of an archive, data or not, at most 200
    encoding: str = ""  # of a text format: "utf-8", "windows-1251" …
    delimiter: str = ""
    quote: str = ""
    line_end: str = ""  # "\n", "\r\n", "\r"
    tables: tuple[Table, ...] = ()
    links: Links = Links()
    shapes: Shapes = Shapes()
    troubles: tuple[Trouble, ...] = ()  # of the file as a whole
    was_cut: bool = False  # a limit of ours was reached: what follows was not read
    seconds: float = 0.0  # it took to read; not part of what is compared

    @property
    def is_text(self) -> bool:
        """Whether it is delimited text that stands alone: of any size it can be written anew."""
        return self.format in ("csv", "tsv") and not self.inside

    @property
    def is_whole(self) -> bool:
        """Whether all its records can be written anew."""
        troubles = chain(self.troubles, *(table.troubles for table in self.tables))
        if any(each.kind in ("too_wide", "too_long_record") for each in troubles):
            return False
        return self.is_text or not self.was_cut


prepare(DataFile)
