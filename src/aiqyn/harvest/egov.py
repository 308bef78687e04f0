"""data.egov.kz: its own listing, and a passport for each set.

How the portal answers stands in `egov.yaml` with its sources; nothing is verified
against the running portal, so a name that is not there is looked for under the next.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import msgspec

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.harvest import reading
from aiqyn.harvest.model import BadPage, BadRecord, Known, Page, Record, Request
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Field, Publisher, Said

LANGUAGES = {"Kk": "kk", "Ru": "ru", "En": "en"}


class _Listing(Noun, frozen=True, kw_only=True):
    path: str
    form: dict[str, str]
    page: str
    rows: str
    rows_at_most: int
    records: str


class _Count(Noun, frozen=True, kw_only=True):
    path: str
    total: str


class _Passport(Noun, frozen=True, kw_only=True):
    path: str
    version: str


class _Download(Noun, frozen=True, kw_only=True):
    path: str
    format: str
    rows_at_most: int


class Form(Noun, frozen=True, kw_only=True):
    """How the portal is asked and what it answers: `egov.yaml`."""

    home: str
    sources: tuple[str, ...]
    listing: _Listing
    count: _Count
    passport: _Passport
    page: str
    download: _Download
    fields: dict[str, tuple[str, ...]]
    statuses_withdrawn: tuple[str, ...]
    types: dict[str, str]


@cache
def form() -> Form:
    """Return what is known of the portal."""
    return read(ROOT / "harvest" / "egov.yaml", Form)


class Egov:
    """The portal at `home`."""

    kind = "egov"
    narrows = False

    def __init__(self, home: str = "") -> None:
        self.form = form()
        self.home = home or self.form.home

    def first(self, since: str) -> Request:
        """Ask for the total first: the listing does not say it."""
        given = self.form.count
        return Request(url=self.home + given.path, form=dict(self.form.listing.form), step="count")

    def read(self, asked: Request, content: bytes) -> Page:
        answer = decoded(content)
        if not isinstance(answer, dict):
            raise BadPage("no_catalogue")
        if asked.step == "count":
            total = answer.get(self.form.count.total)
            total = total if isinstance(total, int) else None
            return Page(records=(), next=self._listed(1), total=total)
        listed = answer.get(self.form.listing.records)
        if not isinstance(listed, list):
            raise BadPage("no_catalogue")
        number = int((asked.form or {}).get(self.form.listing.page, "1"))
        records = tuple(map(self._named, listed))
        return Page(records=records, next=self._listed(number + 1) if records else None)

    def dataset(self, record: Record, content: bytes | None) -> Dataset:
        listed = record.content if isinstance(record.content, dict) else {}
        try:
            passport = decoded(content or b"")
        except BadPage as problem:
            raise BadRecord(problem.problem, detail=problem.detail) from None
        if not isinstance(passport, dict):
            raise BadRecord("not_a_record")
        said = {key: value for key, value in passport.items() if value not in (None, "")}
        return self._dataset({**listed, **said}, record.id)

    def at(self, asked: Request, start: int, rows: int) -> Request:
        return asked

    def instead(self, asked: Request) -> Request | None:
        return self._listed(1) if asked.step == "count" else None

    def after(self, last: Request, known: Known) -> Request | None:
        return None

    def _listed(self, number: int) -> Request:
        given = self.form.listing
        numbers = {given.page: str(number), given.rows: str(given.rows_at_most)}
        return Request(url=self.home + given.path, form={**given.form, **numbers}, step="listing")

    def _named(self, listed: Any) -> Record:
        fields = listed if isinstance(listed, dict) else {}
        api_uri = self._one(fields, "id")
        if not api_uri:
            return Record(id="", content=listed)
        path = self._filled(self.form.passport.path, api_uri, self._version(fields))
        return Record(
            id=api_uri, content=fields, ask=Request(url=self.home + path, step="passport")
        )

    # One passport

    def _dataset(self, fields: dict[str, Any], api_uri: str) -> Dataset:
        version = self._version(fields)
        path = self._filled(self.form.download.path, api_uri, version)
        status = self._one(fields, "status").upper()
        return Dataset(
            id=api_uri,
            title=self._said(fields, "title"),
            description=self._said(fields, "description"),
            keywords=self._keywords(fields),
            themes=tuple(dict.fromkeys(self._said(fields, "category").values())),
            publisher=Publisher(name=self._said(fields, "body"), bin=self._one(fields, "body_bin")),
            contact=Contact(
                name=self._said(fields, "responsible"),
                email=reading.email(self._one(fields, "email")),
                phone=self._one(fields, "phone"),
            ),
            frequency=reading.frequency(self._one(fields, "frequency")),
            issued=self._moment(fields, "issued"),
            modified=self._moment(fields, "modified"),
            page=self.home + self._filled(self.form.page, api_uri, version),
            version=version,
            distributions=(
                Distribution(
                    id=f"{api_uri}/{version}",
                    access=self.home + path,
                    format=self.form.download.format,
                    fields=tuple(self._fields(fields.get("fields"))),
                ),
            ),
            withdrawn=status if status in self.form.statuses_withdrawn else "",
        )

    def _values(self, fields: dict[str, Any], key: str) -> Iterator[Any]:
        return (fields[name] for name in self.form.fields[key] if fields.get(name))

    def _one(self, fields: dict[str, Any], key: str) -> str:
        return next(filter(None, map(reading.text, self._values(fields, key))), "")

    def _moment(self, fields: dict[str, Any], key: str) -> str:
        return next(filter(None, map(reading.moment, self._values(fields, key))), "")

    def _version(self, fields: dict[str, Any]) -> str:
        version = self._one(fields, "version") or self.form.passport.version
        return f"v{version}" if version.isdigit() else version

    def _said(self, fields: dict[str, Any], key: str) -> Said:
        names = self.form.fields[key]
        many = [
            reading.said(fields.get(name.replace("{L}", suffix)), language if "{L}" in name else "")
            for name in names
            for suffix, language in LANGUAGES.items()
        ]
        return reading.merged(*many)

    def _keywords(self, fields: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        named: dict[str, tuple[str, ...]] = {}
        for name in self.form.fields["keywords"]:
            for suffix, language in LANGUAGES.items():
                given = reading.words(fields.get(name.replace("{L}", suffix)))
                if given:
                    named.setdefault(language if "{L}" in name else "", given)
        return named

    def _fields(self, given: Any) -> Iterator[Field]:
        """Columns: a mapping of name → {type, labelKk, labelRu, labelEn, pk}, or a list of them."""
        if isinstance(given, dict):
            pairs = list(given.items())
        else:
            listed = given if isinstance(given, list) else []
            pairs = [(each.get("name", ""), each) for each in listed if isinstance(each, dict)]
        for name, each in pairs:
            if isinstance(each, dict) and reading.text(name):
                kind = self.form.types.get(reading.text(each.get("type")).lower(), "")
                labels = [
                    reading.said(each.get(f"label{suffix}"), language)
                    for suffix, language in LANGUAGES.items()
                ]
                is_key = each.get("pk") in (True, "true", "True", 1, "1")
                yield Field(
                    name=reading.text(name), kind=kind, title=reading.merged(*labels), is_key=is_key
                )

    def _filled(self, path: str, api_uri: str, version: str) -> str:
        return path.format(api_uri=quote(api_uri, safe=""), version=quote(version, safe=""))


def decoded(content: bytes) -> Any:
    """Return what the portal has answered. Raises BadPage."""
    try:
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPage("not_json", str(error)[:200]) from None
