"""A data set as its passport describes it, whichever catalogue it was read from.

The same noun is harvested from CKAN, DCAT, data.json and data.egov.kz, graded by the rules
in `rules/dataset/`, kept by the portal, and written out again in every protocol.
"""

from datetime import date

from aiqyn.chain import Noun, prepare
from aiqyn.subjects.datafile.model import DataFile

# How often a set is renewed: our code → the EU's frequency authority table.
FREQUENCIES = {
    "continuous": "CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "half_yearly": "ANNUAL_2",
    "yearly": "ANNUAL",
    "on_change": "IRREG",
    "never": "NEVER",
    "unknown": "UNKNOWN",
}

Said = dict[str, str]  # language → words; "" is a language nobody named


class Contact(Noun, frozen=True, kw_only=True):
    """Who answers for the set."""

    name: Said = {}
    email: str = ""
    phone: str = ""
    address: str = ""  # of a page or a form


class Publisher(Noun, frozen=True, kw_only=True):
    """The state body that publishes."""

    id: str = ""  # registry code or the source's own
    name: Said = {}
    address: str = ""  # of its site
    bin: str = ""


class Field(Noun, frozen=True, kw_only=True):
    """One column as the passport explains it."""

    name: str
    kind: str = ""  # as `datafile.model.Column.kind`
    title: Said = {}
    description: Said = {}
    unit: str = ""
    is_key: bool = False


class Distribution(Noun, frozen=True, kw_only=True):
    """One way to get the data: a file or a service."""

    id: str = ""
    title: Said = {}
    description: Said = {}
    download: str = ""  # address of the bytes
    access: str = ""  # address of a page or service
    format: str = ""  # as declared, lower case, without a dot
    media_type: str = ""
    size: int | None = None
    sha256: str = ""
    licence: str = ""  # as declared
    issued: str = ""  # ISO 8601, a day or a moment; "" when nothing is said
    modified: str = ""  # likewise
    language: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    status: str = ""  # how the address answered when asked: "", "200", a cause of chain.FAILURES
    access_status: str = ""  # likewise of `access`, where that is another address
    file: DataFile | None = None  # what the bytes were, where they have been read


class Dataset(Noun, frozen=True, kw_only=True):
    """One data set."""

    id: str
    title: Said = {}
    description: Said = {}
    keywords: dict[str, tuple[str, ...]] = {}
    themes: tuple[str, ...] = ()  # as declared: a code, an address or a word
    publisher: Publisher = Publisher()
    contact: Contact = Contact()
    licence: str = ""  # as declared: a code, an address or words
    rights: Said = {}
    frequency: str = ""  # key of FREQUENCIES; "" when nothing is said
    issued: str = ""  # ISO 8601, a day or a moment; "" when nothing is said
    modified: str = ""  # likewise
    since: date | None = None  # the period the data speak of
    until: date | None = None
    places: tuple[str, ...] = ()  # KATO codes or addresses
    language: tuple[str, ...] = ()
    page: str = ""  # where a person reads about it
    version: str = ""
    version_note: Said = {}
    conforms_to: tuple[str, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    withdrawn: str = ""  # reason; "" while it is offered
    source: str = ""  # address the record was read from
    evidence: str = ""  # SHA-256 of the record as received


prepare(Dataset)
