"""A file is what its passport says it is."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.dataset import Distribution
from aiqyn.subjects.passport import Passport

NEAR = {  # declared → what the bytes may be all the same
    "xml": ("kml", "rdf"),
    "json": ("geojson", "jsonl", "jsonld"),
    "xls": ("xlsx",),
    "rdf": ("turtle", "ntriples", "jsonld"),
    "text": ("csv", "tsv"),
    "csv": ("tsv",),
}


def check(passport: Passport) -> Iterator[Place | Count]:
    numbered = enumerate(passport.distributions, 1)
    read = [(number, each, each.file) for number, each in numbered if each.format and each.file]
    if not read:
        raise Inapplicable
    wrong = [
        (number, each.format, file.format) for number, each, file in read if not _fits(each, file)
    ]
    yield Count(good=len(read) - len(wrong), of=len(read))
    for number, declared, found in wrong:
        yield Place(where=f"distribution {number}", saw=found, wants=declared, note="other")


def _fits(declared: Distribution, file: DataFile) -> bool:
    kinds = {declared.format, *NEAR.get(declared.format, ())}
    return file.format in kinds or bool(file.inside and declared.format in ("zip", "gzip"))
