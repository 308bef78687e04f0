"""Tables at rest: written once as Parquet, read a page at a time through DuckDB."""

from aiqyn.datastore.paging import Filter, Page, QueryRefused, Sort, page
from aiqyn.datastore.writing import column_names, largest_table, write_parquet

__all__ = [
    "Filter",
    "Page",
    "QueryRefused",
    "Sort",
    "column_names",
    "largest_table",
    "page",
    "write_parquet",
]
