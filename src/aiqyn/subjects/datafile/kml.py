"""KML: placemarks as a table of their names and data, their shapes checked."""

from pathlib import Path

from msgspec.structs import replace

from aiqyn.subjects.datafile.geo import Survey
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.records import Record, of_records
from aiqyn.subjects.datafile.refusal import refused
from aiqyn.subjects.datafile.tables import Tables
from aiqyn.subjects.datafile.xml_events import Events, Refused, local, parse
from aiqyn.subjects.datafile.xml_text import encoded, pieces

_GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", "Track")
_FIELDS = ("name", "description", "address", "phoneNumber")
MOST_PLACES = 5_000_000  # positions of one file


def read(path: Path, asking: Asking) -> DataFile:
    """Return the placemarks as a table; a row is a placemark, in the order of the file."""
    size = path.stat().st_size
    if size > asking.limits.parsed:
        return refused(asking, "too_large", str(size))
    placemarks = _Placemarks(asking.limits)
    troubles: list[Trouble] = []
    try:
        parse(pieces(path), placemarks)
    except Refused as problem:
        troubles.append(Trouble(kind=problem.kind, detail=problem.detail))
    troubles += encoded(placemarks)
    tables = Tables(asking)
    if placemarks.found:
        grid = of_records(placemarks.found, asking.limits)
        own = placemarks.survey.troubles()
        tables.add(replace(grid, is_typed=False, troubles=own))
    found = tables.file("kml", *troubles)
    return replace(found, encoding=placemarks.encoding, shapes=placemarks.survey.shapes())


class _Placemarks(Events):
    """Collects placemarks while the document is read."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: list[Record] = []
        self.survey = Survey()
        self._record: Record | None = None
        self._shape = ""  # being read, the outermost: a ring belongs to its polygon
        self._parts: list[list[tuple[float, ...]]] = []
        self._shapes = 0
        self._key = ""  # of the field that a value is for
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        self._text = []
        if tag == "Placemark":
            self._record, self._shapes = {}, 0
        elif tag in ("Data", "SimpleData"):
            self._key = attributes.get("name", "")
        elif tag in _GEOMETRIES and not self._shape:
            self._shape, self._parts = tag, []

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        if self._record is None:
            return
        tag, said = local(name), "".join(self._text).strip()
        if tag in _FIELDS:
            self._record.setdefault(tag, said)
        elif tag in ("value", "SimpleData"):
            self._record[self._key or tag] = said
        elif tag == "coordinates":
            self._parts.append([_place(each) for each in said.split()])
        elif tag == self._shape:
            self._close_shape()
        elif tag == "Placemark":
            self._close_record()
        self._text = []

    def _close_shape(self) -> None:
        row = len(self.found) + 1
        self._shapes += 1
        self.survey.add(self._shape, self._parts, row, is_round=self._shape == "Polygon")
        if self._shape == "Point" and self._record is not None and self._parts and self._parts[0]:
            place = self._parts[0][0]
            self._record["longitude"], self._record["latitude"] = (*place, None, None)[:2]
        self._shape = ""

    def _close_record(self) -> None:
        if not self._shapes:
            self.survey.add("", [], len(self.found) + 1)
        self.found.append(self._record or {})
        self._record = None


def _place(text: str) -> tuple[float, ...]:
    """Return longitude, latitude and perhaps height; () for what is none."""
    try:
        return tuple(float(each) for each in text.split(",") if each)
    except ValueError:
        return ()
