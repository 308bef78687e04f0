"""ZIP and gzip: what lies in them is read as if it lay open, under caps.

An archive whose data are all of one format has that format, with `inside` naming the archive;
one that mixes formats is a "zip" with the tables of all of them.
"""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from msgspec import Struct, field
from msgspec.structs import replace

from aiqyn.subjects.datafile import dispatch
from aiqyn.subjects.datafile.grid import Asking, Row, spotted
from aiqyn.subjects.datafile.model import (
    DataFile,
    Links,
    Member,
    Spot,
    Table,
    Trouble,
)
from aiqyn.subjects.datafile.packed import DAMAGE, Bomb, Readable, is_encrypted, is_unsafe, name_of
from aiqyn.subjects.datafile.refusal import CUTS, refused
from aiqyn.subjects.datafile.sniff import MEDIA_TYPES

MOST_MEMBERS = 200  # listed
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def read(path: Path, asking: Asking) -> DataFile:
    """Read the archive and what it holds."""
    if asking.depth >= asking.limits.packed_in:
        return refused(asking, "nested_archive", asking.name)
    unpack = _gzip if asking.format == "gzip" else _zip
    seen: list[DataFile | Trouble] = []
    kept = _Kept()
    try:
        with TemporaryDirectory(prefix="aiqyn-") as folder:
            seen.extend(unpack(path, Path(folder) / "member", asking, kept))
    except Bomb:
        seen.append(Trouble(kind="bomb"))
    except DAMAGE as problem:
        cut = isinstance(problem, EOFError)
        seen.append(Trouble(kind="truncated" if cut else "broken_format", detail=asking.format))
    found = [each for each in seen if isinstance(each, DataFile)]
    if asking.keep:
        is_alone = len(_data(found)) == 1
        for member, table, rows in kept.tables:
            asking.keep(table if is_alone else _path(member, table), rows)
    return _joined(asking, found, [each for each in seen if isinstance(each, Trouble)])


class _Kept(Struct):
    """Cells of the members, until it is known what their tables will be called."""

    tables: list[tuple[str, str, Sequence[Row]]] = field(default_factory=list)

    def inside(self, asking: Asking, member: str) -> Asking:
        """Return what is asked of one member."""

        def keep(table: str, rows: Sequence[Row]) -> None:
            self.tables.append((member, table, rows))

        wanted = keep if asking.keep else None
        return replace(asking, name=member, depth=asking.depth + 1, keep=wanted)


def _gzip(path: Path, member: Path, asking: Asking, kept: _Kept) -> Iterator[DataFile | Trouble]:
    with gzip.open(path) as packed:
        _unpack(packed, path.stat().st_size, member, asking)
    name = asking.name
    bare = name[:-3] if name.lower().endswith(".gz") else name
    yield dispatch.read(member, kept.inside(asking, bare))


def _zip(path: Path, member: Path, asking: Asking, kept: _Kept) -> Iterator[DataFile | Trouble]:
    with ZipFile(path) as package:
        files = [each for each in package.infolist() if not each.is_dir()]
        if len(files) > asking.limits.members:
            yield Trouble(kind="too_large", detail=f"{len(files)} files")
        named = map(name_of, files)
        yield from spotted("member_name", (Spot(saw=n[:200]) for n, is_guess in named if is_guess))
        for info in files[: asking.limits.members]:
            name, _ = name_of(info)
            if not _is_litter(name):
                yield _member(package, info, member, kept.inside(asking, name))


def _is_litter(name: str) -> bool:
    return name.lower().startswith(_LITTER[0]) or PurePosixPath(name.lower()).name in _LITTER


def _member(package: ZipFile, info: ZipInfo, member: Path, asking: Asking) -> DataFile | Trouble:
    """Read one member; what is wrong with it alone does not stop the rest."""
    if is_unsafe(info):
        return Trouble(kind="unsafe_member", detail=asking.name)
    if is_encrypted(info):
        return Trouble(kind="encrypted", detail=asking.name)
    try:
        with package.open(info) as packed:
            _unpack(packed, info.compress_size, member, asking)
    except DAMAGE:
        return Trouble(kind="broken_format", detail=asking.name)
    return replace(dispatch.read(member, asking), size=member.stat().st_size)


def _unpack(packed: Readable, size: int, member: Path, asking: Asking) -> None:
    with member.open("wb") as file:
        for piece in asking.budget.pieces(packed, size):
            file.write(piece)


def _data(found: list[DataFile]) -> list[DataFile]:
    """Return the members that hold data; where none does, all of them.

    Of a shapefile that is its own parts: what lies beside them only describes it.
    """
    shapes = [each for each in found if each.format == "shapefile"]
    return shapes or [each for each in found if each.tables or each.links.triples] or found


def _path(member: str, table: str) -> str:
    return " / ".join(filter(None, (member, table)))


def _joined(asking: Asking, found: list[DataFile], troubles: list[Trouble]) -> DataFile:
    """Tell the archive as one file: the only thing in it, or all its tables."""
    data = _data(found)
    formats = {each.format for each in data}
    if not found and not troubles:
        troubles = [Trouble(kind="empty_file")]
    is_alone = len(data) == 1
    told = data[0] if is_alone else DataFile(name=asking.name)
    own = told.troubles if is_alone else tuple(_named_troubles(data))
    fmt = formats.pop() if len(formats) == 1 else asking.format
    return replace(
        told,
        name=asking.name,
        format=fmt,
        media_type=MEDIA_TYPES.get(fmt, ""),
        inside="" if not data else _chain(asking.format, told.inside),
        tables=told.tables if is_alone else tuple(_named_tables(data)),
        links=told.links if is_alone else _sum([each.links for each in data]),
        troubles=(*troubles, *own),
        members=tuple(_members(found))[:MOST_MEMBERS],
        was_cut=any(each.was_cut for each in found) or any(each.kind in CUTS for each in troubles),
    )


def _chain(outer: str, inner: str) -> str:
    return f"{outer}/{inner}" if inner else outer


def _members(found: list[DataFile]) -> Iterator[Member]:
    for each in found:
        yield Member(name=each.name, format=each.format, size=each.size)


def _named_tables(data: list[DataFile]) -> Iterator[Table]:
    for each in data:
        for table in each.tables:
            yield replace(table, name=_path(each.name, table.name))


def _named_troubles(data: list[DataFile]) -> Iterator[Trouble]:
    for each in data:
        for trouble in each.troubles:
            yield replace(trouble, detail=": ".join(filter(None, (each.name, trouble.detail))))


def _sum(links: list[Links]) -> Links:
    hosts = dict.fromkeys(host for each in links for host in each.hosts)
    sample = dict.fromkeys(address for each in links for address in each.sample)
    return Links(
        is_graph=any(each.is_graph for each in links),
        triples=sum(each.triples for each in links),
        subjects=sum(each.subjects for each in links),
        named=sum(each.named for each in links),
        outward=sum(each.outward for each in links),
        hosts=tuple(hosts)[:20],
        sample=tuple(sample)[:20],
    )
