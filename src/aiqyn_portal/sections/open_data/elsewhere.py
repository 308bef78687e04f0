"""Reading sources and the sets seen in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import msgspec
from django.db.models import Count, Max
from django.utils.translation import get_language

from aiqyn import rules
from aiqyn.grading.dataset import METHODOLOGIES
from aiqyn.harvest import Refused, Summary, blame, quoted, reconciled
from aiqyn.scoring.methodology import Methodology, methodology
from aiqyn.subjects.dataset import Dataset as Noun
from aiqyn_portal.base.formats import say_place
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search.matching import NOTHING, Matched, matched
from aiqyn_portal.sections.open_data.models import Harvest, Harvested, Source
from aiqyn_portal.sections.open_data.models.harvested import HarvestedQuerySet
from aiqyn_portal.sections.open_data.searching import HARVESTED

PER_PAGE = 20
LONGEST_WORDS = 200
MOST_SOURCES = 100  # offered to choose from
MOST_FILES = 50  # of one set on its page


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader has chosen; "" is everything."""

    q: str = ""
    body: str = ""
    source: str = ""
    matched: Matched = NOTHING  # sets that answer `q`; of no use without it

    @property
    def is_any(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.q or self.body or self.source)


@dataclass(frozen=True, slots=True)
class Kept:
    """A source in a list."""

    row: Source
    sets: int  # it offers
    last: Harvest | None  # that has ended


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that could not be read, in words."""

    id: str
    place: str
    problem: str
    quoted: str


@dataclass(frozen=True, slots=True)
class Told:
    """A harvest on a page: what its source says it has against what was seen."""

    row: Harvest
    sentences: list[str]
    why: str  # what an answer was blamed for; "" where nothing more is known
    refused: list[Unread]
    more: int  # records that could not be read and are not told one by one


@dataclass(frozen=True, slots=True)
class Described:
    """A set of another catalogue on its page."""

    noun: Noun
    files: int
    points: list[tuple[Methodology, Decimal, Decimal]]
    broken: list[rules.Rule]


def asked(query: Mapping[str, str]) -> Asked:
    """Read what was chosen; what nobody knows counts as not chosen."""
    words = query.get("q", "")[:LONGEST_WORDS].replace("\0", " ").strip()
    source = query.get("source", "")[:9]
    source = source if source.isdecimal() else ""
    body = query.get("body", "")[:100].replace("\0", "")
    asked = Asked(q=words, body=body, source=source)
    if not words:
        return asked
    found = matched(words, kind=HARVESTED, body=body, is_narrowed=bool(source))
    return replace(asked, matched=found)


def found(wanted: Asked) -> HarvestedQuerySet:
    """Sets other catalogues offer that meet what was chosen, what changed last first."""
    rows = Harvested.objects.offered().select_related("source__body")
    if wanted.q:
        rows = rows.filter(pk__in=wanted.matched.ids)
    if wanted.body:
        rows = rows.filter(source__body__code=wanted.body)
    if wanted.source:
        rows = rows.filter(source=int(wanted.source))
    return rows.defer("passport")


def kept(body: Body | None = None) -> list[Kept]:
    """Sources, of one body or of all that are harvested, with how many sets each offers."""
    rows = Source.objects.select_related("body")
    rows = rows.filter(body=body) if body else rows.filter(is_active=True)[:MOST_SOURCES]
    sources = list(rows)
    counted = Harvested.objects.offered().order_by().filter(source__in=sources).values("source")
    sets = dict(counted.annotate(n=Count("pk")).values_list("source", "n"))
    ended = Harvest.objects.order_by().filter(source__in=sources, ended_at__isnull=False)
    newest = ended.values("source").annotate(last=Max("pk")).values_list("last", flat=True)
    last = {each.source_id: each for each in Harvest.objects.filter(pk__in=list(newest))}
    return [Kept(each, sets.get(each.pk, 0), last.get(each.pk)) for each in sources]


def told(row: Harvest) -> Told:
    """A harvest in words."""
    summary = msgspec.convert(row.summary, Summary) if row.summary else None
    refused = [_unread(msgspec.convert(each, Refused)) for each in row.refused]
    language = get_language() or "kk"
    return Told(
        row=row,
        sentences=reconciled(summary, language) if summary else [],
        why=blame(row.detail, language) or "",
        refused=refused,
        more=max(0, summary.refused - len(refused)) if summary else 0,
    )


def _unread(record: Refused) -> Unread:
    language = get_language() or "kk"
    return Unread(
        id=record.id,
        place=": ".join(say_place(each) for each in record.place.split(": ")),
        problem=blame(record.problem, language) or record.problem,
        quoted=quoted(record.detail, language),
    )


def described(row: Harvested) -> Described:
    """A set as its passport tells it, and what the rules say of the passport."""
    noun = msgspec.convert(row.passport, Noun)
    known = rules.load()
    return Described(
        noun=msgspec.structs.replace(noun, distributions=noun.distributions[:MOST_FILES]),
        files=len(noun.distributions),
        points=[  # PostgreSQL gives them back in an order of its own
            (methodology(id_), Decimal(row.points[id_][0]), Decimal(row.points[id_][1]))
            for id_ in METHODOLOGIES
            if id_ in row.points
        ],
        broken=[known[code] for code in row.broken if code in known],
    )
