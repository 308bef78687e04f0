"""Values are read from the file by a program, not by eye."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.rules.of_files import is_shut
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.formats import formats_of


def check(file: DataFile) -> Iterator[Place]:
    if is_shut(file):
        raise Inapplicable
    forms = formats_of(file)
    if not any(form.is_structured for form in forms):
        yield Place(where="file", saw=forms[0].title, note="not_structured")
