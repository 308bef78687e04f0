"""Full names in bulk are officials at best; beside other personal data they are not."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.of_files import broken_in, has_table, places, share
from aiqyn.subjects.datafile.model import DataFile, Table
from aiqyn.subjects.personal import CARD, EMAIL, IIN, NAME, PHONE
from aiqyn.subjects.personal_columns import says

_TELLING = frozenset({IIN, PHONE, EMAIL, CARD})


def check(file: DataFile) -> Iterator[Place | Count]:
    if not has_table(file):
        raise Inapplicable
    found = [*places(file, (NAME,))]  # each with the note personal_name
    yield from found
    yield share(file, "rows", broken_in(file, (NAME,)))
    if found and not any(map(_tells_more, file.tables)):
        raise CannotTell("whose")


def _tells_more(table: Table) -> bool:
    """Whether names stand beside something else about the same people."""
    kinds = {trouble.kind for trouble in table.troubles}
    is_born = any(says(column.name, "born") for column in table.columns)
    return NAME in kinds and (is_born or not kinds.isdisjoint(_TELLING))
