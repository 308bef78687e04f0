"""Read the registry's files. A file with a single bad cell gives no rows at all."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from aiqyn.chain import Noun
from aiqyn.registry import checks
from aiqyn.registry.sheet import Complaints, Line, Problem, Readable, lines_of
from aiqyn.text import Text

KINDS = (
    "akimat_region",
    "akimat_city",
    "akimat_district",
    "ministry",
    "agency",
    "subordinate",
)
BODY_COLUMNS = (
    "code", "kind", "parent", "name_kk", "name_ru", "name_en", "bin", "kato", "site",
    "phone", "email", "address_kk", "address_ru", "address_en",
    "valid_from", "valid_to", "is_example", "source",
)  # fmt: skip
NAME_COLUMNS = ("body", "name_kk", "name_ru", "name_en", "valid_from", "valid_to", "source")
ACCOUNT_COLUMNS = ("body", "network", "address", "source")
FLAGS = {"yes": True, "no": False, "": False}


class BodyRow(Noun, frozen=True, kw_only=True):
    """One state body as the registry describes it today."""

    line: int = 0  # where it stands in its file
    code: str
    kind: str  # one of KINDS
    parent: str = ""  # code of the body above; "" at the top
    name: Text
    bin: str = ""
    kato: str = ""
    site: str = ""
    phone: str = ""
    email: str = ""
    address: Text = Text({})
    valid_from: date | None = None  # None: not known, or before anything we record
    valid_to: date | None = None  # last day; None: it still exists
    is_example: bool = False
    source: str = ""


class NameRow(Noun, frozen=True, kw_only=True):
    """A name a body bore before the one it bears now."""

    body: str
    name: Text
    valid_from: date | None = None
    valid_to: date | None = None  # last day
    source: str = ""


class AccountRow(Noun, frozen=True, kw_only=True):
    """An official account on a social network."""

    body: str
    network: str  # "facebook", "instagram"
    address: str
    source: str = ""


def read_bodies(
    path: Readable, *, known: Mapping[str, str] | None = None, today: date | None = None
) -> tuple[list[BodyRow], list[Problem]]:
    """Read a file of bodies; rows are given only when there is no problem.

    `known` maps bodies outside the file to their parents ("" at the top), so that a file
    may name them as parents and cannot close a circle through them. With `today` a day
    after it is a problem.
    """
    complaints = Complaints()
    lines = lines_of(path, BODY_COLUMNS, complaints)
    rows = [_body(line, today=today) for line in lines]
    _refuse_repeated(lines, ("code", "bin"))
    _check_tree(lines, known or {})
    return ([], complaints.found) if complaints.found else (rows, [])


def read_names(
    path: Readable, *, known: Collection[str], today: date | None = None
) -> tuple[list[NameRow], list[Problem]]:
    """Read a file of former names of the bodies `known`."""
    complaints = Complaints()
    lines = lines_of(path, NAME_COLUMNS, complaints)
    rows = [_name(line, known, today=today) for line in lines]
    return ([], complaints.found) if complaints.found else (rows, [])


def read_accounts(
    path: Readable, *, known: Collection[str]
) -> tuple[list[AccountRow], list[Problem]]:
    """Read a file of social accounts of the bodies `known`."""
    complaints = Complaints()
    lines = lines_of(path, ACCOUNT_COLUMNS, complaints)
    rows = [_account(line, known) for line in lines]
    _refuse_repeated(lines, ("address",))
    return ([], complaints.found) if complaints.found else (rows, [])


def _body(line: Line, *, today: date | None) -> BodyRow:
    kind = line.text("kind", is_required=True)
    if kind and kind not in KINDS:
        line.complain("kind", "bad_kind", expected=", ".join(KINDS))
    if kind == "subordinate":
        line.text("parent", is_required=True)
    if line.cells["is_example"] not in FLAGS:
        line.complain("is_example", "bad_flag")
    line.text("code", is_required=True)
    began, ended = line.period(today=today)
    return BodyRow(
        line=line.number,
        code=line.checked("code", checks.is_code, "bad_code"),
        kind=kind,
        parent=line.cells["parent"],
        name=line.phrase("name", required=("kk", "ru")),
        bin=line.checked("bin", checks.is_bin, "bad_bin"),
        kato=line.checked("kato", checks.is_kato, "bad_kato"),
        site=line.checked("site", checks.is_address, "bad_address"),
        phone=line.text("phone", at_most=60),
        email=line.checked("email", checks.is_email, "bad_email"),
        address=line.phrase("address"),
        valid_from=began,
        valid_to=ended,
        is_example=FLAGS.get(line.cells["is_example"], False),
        source=line.text("source"),
    )


def _name(line: Line, known: Collection[str], *, today: date | None) -> NameRow:
    began, ended = line.period(today=today)
    return NameRow(
        body=_known_body(line, known),
        name=line.phrase("name", required=("kk", "ru")),
        valid_from=began,
        valid_to=ended,
        source=line.text("source"),
    )


def _account(line: Line, known: Collection[str]) -> AccountRow:
    line.text("address", is_required=True)
    return AccountRow(
        body=_known_body(line, known),
        network=line.text("network", is_required=True, at_most=20),
        address=line.checked("address", checks.is_address, "bad_address"),
        source=line.text("source"),
    )


def _known_body(line: Line, known: Collection[str]) -> str:
    code = line.text("body", is_required=True)
    return line.checked("body", known.__contains__, "unknown_body") if code else ""


def _refuse_repeated(lines: Iterable[Line], columns: Iterable[str]) -> None:
    for column in columns:
        first: dict[str, int] = {}
        for line in lines:
            value = line.cells[column]
            if value and value in first:
                line.complain(column, "repeated", other=first[value])
            first.setdefault(value, line.number)


def _check_tree(lines: list[Line], known: Mapping[str, str]) -> None:
    """Every parent is there, and no body stands above itself."""
    above = {**known, **{line.cells["code"]: line.cells["parent"] for line in lines}}
    for line in lines:
        parent = line.cells["parent"]
        if parent and parent not in above:
            line.complain("parent", "unknown_body")
            continue
        chain = _circle(line.cells["code"], above)
        if chain:
            line.complain("parent", "circle", detail=" → ".join(chain))


def _circle(code: str, above: Mapping[str, str]) -> list[str]:
    """The way up from `code` back to itself; empty when it ends at the top."""
    way = [code]
    while (parent := above.get(way[-1], "")) and parent not in way[1:]:
        way.append(parent)
        if parent == code:
            return way
    return []
