"""Addresses led to: by columns of tables, by statements of graphs."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from aiqyn.subjects.datafile.model import Links, Table

MOST = 20  # hosts and sample addresses told


def host_of(address: str) -> str:
    """Return the host of an http(s) address, "" for anything else."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") else ""


def links_of(tables: Iterable[Table]) -> Links:
    """Return how many cells are addresses; hosts are those of the most frequent of them."""
    columns = [each for table in tables for each in table.columns if each.kind == "address"]
    if not columns:
        return Links()
    told: Counter[str] = Counter()
    for column in columns:
        told.update(dict(column.top))
    hosts: Counter[str] = Counter()
    for address, count in told.items():
        hosts[host_of(address)] += count
    del hosts[""]
    return Links(
        outward=sum(column.filled for column in columns),
        hosts=tuple(host for host, _ in hosts.most_common(MOST)),
        sample=tuple(address for address, _ in told.most_common(MOST)),
    )
