"""Anyone may write a program for the format of the data."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.formats import formats_of


def check(file: DataFile) -> Iterator[Place]:
    forms = [form for form in formats_of(file) if form.is_structured]
    if not forms:
        raise Inapplicable
    if not any(form.is_open for form in forms):
        yield Place(where="file", saw=forms[0].title, note="closed_format")
