"""A catalogue that lies in a file: data.json, DCAT, or packages of CKAN a line each (ckanapi)."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from aiqyn.errors import InputError
from aiqyn.harvest.ckan import Ckan
from aiqyn.harvest.data_json import DataJson
from aiqyn.harvest.dcat import Dcat
from aiqyn.harvest.model import Aside, BadPage, BadRecord, Catalogue, Record, Refused, Request
from aiqyn.subjects.dataset import Dataset

MOST_BYTES = 500_000_000  # of a catalogue read as a whole; lines are read one by one


def sets_in(path: Path) -> Iterator[Dataset | Refused]:
    """Yield the data sets of a catalogue in a file, told by its bytes.

    Raises InputError where there is no file, or no catalogue in it.
    """
    if not path.is_file():
        raise InputError(path, "", "there is no such file")
    if _is_lines(path):
        yield from _packages(path)
        return
    if path.stat().st_size > MOST_BYTES:
        raise InputError(path, "", f"a catalogue in one piece may have {MOST_BYTES} bytes")
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    answered = _answered(content)
    catalogue, records = (
        _read(path, content) if answered is None else (Ckan(""), tuple(map(_record, answered)))
    )
    made = (_made(catalogue, each, f"record {n}", sha256) for n, each in enumerate(records, 1))
    yield from (each for each in made if each is not None)


def _is_lines(path: Path) -> bool:
    """Whether the first line is a package: a mapping with a name and resources."""
    with path.open("rb") as file:
        first = file.readline(10_000_000)
    try:
        package = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(package, dict) and "name" in package and "dataset" not in package


def _packages(path: Path) -> Iterator[Dataset | Refused]:
    catalogue = Ckan("")
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            place, sha256 = f"line {number}", hashlib.sha256(line).hexdigest()
            try:
                package = msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield Refused(
                    id="", place=place, problem="not_json", detail=str(error)[:200], evidence=sha256
                )
                continue
            each = _made(catalogue, _record(package), place, sha256)
            if each is not None:
                yield each


def _record(package: Any) -> Record:
    named = package if isinstance(package, dict) else {}
    return Record(id=str(named.get("id") or named.get("name") or ""), content=package)


def _answered(content: bytes) -> list[Any] | None:
    """The packages of a saved answer of CKAN, or one package by itself; None for other files."""
    try:
        whole = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not isinstance(whole, dict):
        return None
    result = whole.get("result", whole if "resources" in whole else None)
    if isinstance(result, dict):
        result = result.get("results", [result])
    return result if isinstance(result, list) else None


def _read(path: Path, content: bytes) -> tuple[Catalogue, tuple[Record, ...]]:
    address = "file:///" + path.name
    problems = []
    for catalogue in (DataJson(address), Dcat(address)):
        try:
            page = catalogue.read(Request(url=address), content)
        except BadPage as problem:
            problems.append(str(problem))
            continue
        if page.records:
            return catalogue, page.records
    raise InputError(path, "", "\n  ".join(["no catalogue that Aiqyn can read", *problems]))


def _made(
    catalogue: Catalogue, record: Record, place: str, sha256: str
) -> Dataset | Refused | None:
    try:
        if not record.id:
            raise BadRecord("no_identifier")
        return replace(catalogue.dataset(record, None), evidence=sha256)
    except Aside:
        return None
    except BadRecord as bad:
        place = f"{place}: {bad.place}" if bad.place else place
        return Refused(
            id=record.id, place=place, problem=bad.problem, detail=bad.detail, evidence=sha256
        )
