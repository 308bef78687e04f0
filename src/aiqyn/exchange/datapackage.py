"""Frictionless Data Package: files of a set with the schema of their columns.

A column is promised as a number or a date only where its cells are written so that a
reader following the schema gets one from every cell; else it is a string, which is true.
"""

from typing import Any

from aiqyn.exchange.spoken import name_of, said
from aiqyn.subjects.datafile.model import Column, DataFile, Table
from aiqyn.subjects.dataset import Dataset, Distribution, Field

TYPES = {"whole": "integer", "decimal": "number", "date": "date", "yes_no": "boolean"}
_PLAIN_DATE = "%Y-%m-%d"


def datapackage(dataset: Dataset, *, language: str = "kk") -> dict[str, Any]:
    """Return `datapackage.json` of the set, its words in `language` where there are such."""
    package = {
        "profile": "data-package",
        "name": name_of(dataset),
        "id": dataset.id,
        "title": said(dataset.title, language),
        "description": said(dataset.description, language),
        "homepage": dataset.page,
        "version": dataset.version,
        "created": dataset.issued,
        "keywords": list(dataset.keywords.get(language, ())),
        "licenses": [{"path": dataset.licence}] if "://" in dataset.licence else [],
        "contributors": [
            {
                "title": said(dataset.publisher.name, language) or dataset.publisher.id,
                "role": "publisher",
            }
        ],
        "resources": [
            _resource(each, number, language)
            for number, each in enumerate(dataset.distributions, start=1)
            if each.download
        ],
    }
    return {key: value for key, value in package.items() if value not in ("", [])}


def _resource(each: Distribution, number: int, language: str) -> dict[str, Any]:
    resource = {
        "name": f"{number}-{each.format or 'file'}",
        "title": said(each.title, language),
        "path": each.download,
        "format": each.format,
        "mediatype": each.media_type,
        "bytes": each.size,
        "hash": f"sha256:{each.sha256}" if each.sha256 else "",
    }
    resource |= _written(each)
    return {key: value for key, value in resource.items() if value not in ("", None)}


def _written(each: Distribution) -> dict[str, Any]:
    """How a table in text is written, and its schema; nothing for other files."""
    file = each.file
    if file is None or file.format not in ("csv", "tsv") or len(file.tables) != 1:
        return {}
    table = file.tables[0]
    return {
        "profile": "tabular-data-resource",
        "encoding": file.encoding,
        "dialect": _dialect(file, table),
        "schema": _schema(table, {field.name: field for field in each.fields}),
    }


def _dialect(file: DataFile, table: Table) -> dict[str, Any]:
    dialect: dict[str, Any] = {"delimiter": file.delimiter, "header": table.header_row > 0}
    if file.quote:
        dialect["quoteChar"] = file.quote
    if table.header_row > 1:
        dialect["headerRows"] = [table.header_row]
    return dialect


def _schema(table: Table, explained: dict[str, Field]) -> dict[str, Any]:
    keys = [column.name for column in table.columns if column.is_key][:1]
    schema: dict[str, Any] = {
        "fields": [_field(column, explained.get(column.name)) for column in table.columns],
        "missingValues": [""],
    }
    return schema | ({"primaryKey": keys} if keys else {})


def _field(column: Column, explained: Field | None) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _type_of(column)}
    if explained:
        field["title"] = said(explained.title)
        field["description"] = said(explained.description)
    return {key: value for key, value in field.items() if value}


def _type_of(column: Column) -> str:
    is_plain = column.shape in ("", _PLAIN_DATE)
    return TYPES.get(column.kind, "string") if is_plain else "string"
