"""A table summed up: one row per value of a column, with how many rows or a sum or a mean."""

from pathlib import Path
from typing import Any

from aiqyn.chain import Noun
from aiqyn.datastore.engine import quoted, reading
from aiqyn.datastore.paging import TABLE, QueryRefused, kinds_of

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE")
MOST_GROUPS = 1000
HOWS = {"count": "count(*)", "sum": "sum({c})", "mean": "avg({c})", "least": "min({c})",
        "greatest": "max({c})"}  # fmt: skip


class Grouped(Noun, frozen=True, kw_only=True):
    """Groups, the largest first; of dates and numbers, in their own order."""

    by: str
    groups: tuple[tuple[Any, Any], ...]  # value of `by`, figure
    total: int  # groups there are
    in_order: bool = False  # sorted by the value of `by`


def group(parquet: Path, by: str, *, how: str = "count", of: str = "", limit: int = 20) -> Grouped:
    """Sum the table up by one column; `of` names the column of a sum, mean, least or greatest.

    Rows where `by` is empty are left out. Raises QueryRefused and `engine.QueryTooLong`.
    """
    if how not in HOWS or not 0 < limit <= MOST_GROUPS:
        raise QueryRefused(f"cannot sum up by {how!r}")
    with reading(parquet.parent) as engine:
        kinds = kinds_of(engine, TABLE, parquet)
        if by not in kinds or (how != "count" and of not in kinds):
            raise QueryRefused(f"no column {by if by not in kinds else of!r}")
        if how != "count" and kinds[of] not in NUMBERS:
            raise QueryRefused(f"{of!r} is no number")
        name, figure = quoted(by), HOWS[how].replace("{c}", quoted(of))
        in_order = kinds[by] in (*NUMBERS, "DATE", "TIMESTAMP")
        order = "1" if in_order else "2 DESC NULLS LAST, 1"
        groups = engine.execute(
            f"SELECT {name}, {figure} FROM {TABLE} WHERE {name} IS NOT NULL "  # noqa: S608
            f"GROUP BY 1 ORDER BY {order} LIMIT {limit}",
            [str(parquet)],
        ).fetchall()
        [[total]] = engine.execute(
            f"SELECT count(DISTINCT {name}) FROM {TABLE}",  # noqa: S608  names are known
            [str(parquet)],
        ).fetchall()
    return Grouped(by=by, groups=tuple(groups), total=total, in_order=in_order)
