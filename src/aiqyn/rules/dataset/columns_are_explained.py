"""The columns of a table are explained in the passport, in every language asked for."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.passport import Passport, spoken

TABULAR = frozenset({"csv", "tsv", "xls", "xlsx", "ods", "json", "jsonl", "parquet"})


def check(passport: Passport, *, languages: tuple[str, ...] = ("kk", "ru")) -> Iterator[Place]:
    tables = [each for each in passport.distributions if each.fields or each.format in TABULAR]
    if not tables:
        raise Inapplicable
    fields = [field for each in tables for field in each.fields]
    if not fields:
        yield Place(where="fields", note="none")
    for field in fields:
        lacking = [each for each in languages if each not in spoken(field.title)]
        if lacking:
            yield Place(where=f"field {field.name}", saw=", ".join(lacking), note="missing")
