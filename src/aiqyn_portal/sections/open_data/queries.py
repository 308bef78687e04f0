"""Reading sets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.drawn import facts
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.templatetags.aiqyn import local_date
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data.models import (
    Approved,
    Dataset,
    File,
    Hold,
    Idea,
    Problem,
    Request,
    Reuse,
    Use,
    Version,
)
from aiqyn_portal.sections.open_data.models.sets import DatasetQuerySet

MOST_JUDGED = 1_000  # sets of one body on one page
HELD = (Hold.Decision.OPEN, Hold.Decision.KEEP)

# Every row the page of a set rests on, as it stands in the database: read on every request,
# drawn anew only when a row differs (drawn_set.py). Raw because putting the same queries together
# again for every request costs more than running them.
SHOWN_SET = """
SELECT d.id, d.name, d.state, d.body_id, CAST(d.next_due AS TEXT),
  (SELECT SUM(u.count) FROM open_data_use u WHERE u.dataset_id = d.id AND u.kind = 'view'),
  (SELECT SUM(u.count) FROM open_data_use u WHERE u.dataset_id = d.id AND u.kind = 'download'),
  v.id, CASE WHEN v.id = d.newest_id THEN 1 ELSE 0 END,
  d.edition, CAST(d.changed_at AS TEXT), CAST(d.title AS TEXT), CAST(d.description AS TEXT),
  CAST(d.keywords AS TEXT), d.category, d.licence, d.frequency, CAST(d.responsible AS TEXT),
  d.phone, d.email, CAST(d.since AS TEXT), CAST(d.until AS TEXT), CAST(d.places AS TEXT),
  b.code, CAST(b.name AS TEXT), CAST(b.is_example AS TEXT), b.site, b.bin
FROM open_data_dataset d
JOIN bodies_body b ON b.id = d.body_id
LEFT JOIN open_data_version v ON v.dataset_id = d.id AND v.state = 'released'
  AND v.id = CASE WHEN %(number)s = 0 THEN d.newest_id
    ELSE (SELECT w.id FROM open_data_version w
          WHERE w.dataset_id = d.id AND w.number = %(number)s) END
WHERE d.name = %(name)s AND d.state IN ('published', 'withdrawn')
"""
PARTS_OF_SET = """
SELECT 'file', f.id, f.state, f.name, CAST(f.title AS TEXT), f.sha256, f.table_sha256,
  CAST(f.stars AS TEXT), CAST(h.decision AS TEXT)
FROM open_data_file f LEFT JOIN open_data_hold h ON h.file_id = f.id
WHERE f.version_id = %(version)s
UNION ALL
SELECT 'column', c.id, c.name, c.kind, CAST(c.title AS TEXT), c.unit, '', '', ''
FROM open_data_column c JOIN open_data_file f ON f.id = c.file_id WHERE f.version_id = %(version)s
UNION ALL
SELECT 'version', v.id, CAST(v.number AS TEXT), CAST(v.released_at AS TEXT),
  CAST(v.note AS TEXT), '', '', '', ''
FROM open_data_version v WHERE v.dataset_id = %(set)s AND v.state = 'released'
UNION ALL
SELECT 'problem', p.id, c.number, CAST(c.steps_made AS TEXT), '', '', '', '', ''
FROM open_data_problem p JOIN contributions_contribution c ON c.id = p.contribution_id
WHERE p.dataset_id = %(set)s AND c.shown = 'public'
UNION ALL
SELECT 'reuse', r.id, r.title, r.kind, r.display_name, r.picture, '', '', ''
FROM open_data_reuse r JOIN open_data_reuse_datasets s ON s.reuse_id = r.id
WHERE s.dataset_id = %(set)s AND r.state = 'shown'
UNION ALL
SELECT 'idea', i.id, c.number, c.text, c.outcome, c.state, '', '', ''
FROM open_data_idea i JOIN open_data_idea_datasets s ON s.idea_id = i.id
JOIN contributions_contribution c ON c.id = i.contribution_id
WHERE s.dataset_id = %(set)s AND c.shown = 'public'
ORDER BY 1, 2
"""


class Standing(NamedTuple):
    """All that the kept part of a set's page rests on: equal ones give an equal page."""

    pk: int
    version: int | None  # primary key
    is_newest: bool
    passport: tuple[object, ...]  # with its body
    rows: tuple[tuple[object, ...], ...]  # of PARTS_OF_SET

    def of(self, *kinds: str) -> tuple[tuple[object, ...], ...]:
        """The rows of these kinds: "file", "column", "version", "problem", "reuse", "idea"."""
        return tuple(row for row in self.rows if row[0] in kinds)

    @property
    def held(self) -> set[object]:
        """Primary keys of files that are kept back."""
        return {row[1] for row in self.of("file") if row[-1] in HELD}


class Shown(NamedTuple):
    """A set, in one version, as its page finds it."""

    name: str
    state: str
    body: int  # primary key
    used: "Used"
    standing: Standing


class Listed(NamedTuple):
    """A set in a list, in the reader's language: plain, so that equal ones are drawn once."""

    name: str
    title: str
    description: str
    body: str  # its code
    body_name: str
    stars: int
    category: str
    frequency: str
    formats: tuple[str, ...]  # of its newest version
    released: str  # the day of its newest version


@dataclass(frozen=True, slots=True)
class Used:
    """How often sets were asked for."""

    view: int = 0
    download: int = 0
    api: int = 0

    @property
    def share(self) -> Fraction | None:
        """Percent of views that end in a download; None without views."""
        return Fraction(100 * self.download, self.view) if self.view else None


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the approved list on one day."""

    line: Approved
    day: date

    @property
    def is_kept(self) -> bool:
        """Whether a published set fulfils it."""
        found = self.line.dataset
        return found is not None and found.state == Dataset.State.PUBLISHED

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nothing fulfils it."""
        return not self.is_kept and self.line.due is not None and self.line.due < self.day


@dataclass(frozen=True, slots=True)
class Desk:
    """What the officers of one body have to do next."""

    body: Body
    overdue: list[Dataset]
    held: list[Hold]
    open: list[Version]
    promised: list[Planned]
    asked: list[Request]
    problems: list[Problem]

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        work = (self.held, self.open, self.overdue, self.promised, self.asked, self.problems)
        return not any(work)


@dataclass(frozen=True, slots=True)
class Figures:
    """The open data of one body in numbers."""

    promised: int
    kept: int
    published: int
    due: int  # published sets with a term
    overdue: int
    stars: dict[int, int]  # stars → sets
    used: Used

    @property
    def fresh(self) -> int:
        """Published sets that are up to date, among those with a term."""
        return self.due - self.overdue


def public_set_or_404(name: str) -> Dataset:
    """A set with a page of its own, published or withdrawn."""
    rows = Dataset.objects.public().select_related("body", "newest")
    return get_object_or_404(rows, name=name)


def shown_or_404(name: str, number: int = 0) -> Shown:
    """A set everybody may read about, in its newest version or in `number`. Two queries."""
    found = facts(SHOWN_SET, {"name": name, "number": number})
    if not found or (number and found[0][7] is None):
        raise Http404(name)
    pk, name, state, body, due, views, downloads, version, is_newest, *passport = found[0]
    rows = facts(PARTS_OF_SET, {"set": pk, "version": version})
    used = Used(view=int(views or 0), download=int(downloads or 0))
    return Shown(
        name, state, body, used, Standing(pk, version, bool(is_newest), (due, *passport), rows)
    )


def judgeable() -> DatasetQuerySet:
    """Sets with a page of their own and all that rules look at but the grades of their files."""
    files = Prefetch("newest__files", queryset=File.objects.defer("grade"))
    rows = Dataset.objects.public().select_related("body", "newest")
    return rows.prefetch_related(files, "newest__files__dictionary")


def released_or_404(name: str, number: int) -> Version:
    """A version everybody may read."""
    rows = Version.objects.filter(
        state=Version.State.RELEASED, dataset__state__in=Dataset.PUBLIC
    ).select_related("dataset__body")
    return get_object_or_404(rows, dataset__name=name, number=number)


def released_file_or_404(name: str, number: int, filename: str) -> File:
    """A file everybody may download: of a released version of a set that is not withdrawn."""
    version = released_or_404(name, number)
    if version.dataset.state == Dataset.State.WITHDRAWN:
        raise Http404(filename)
    file = get_object_or_404(_free(version), name=filename)
    file.version = version
    return file


def missing_in_passport(row: Dataset) -> list[StrOrPromise]:
    """What a passport lacks before it may be handed in, as words of its form."""
    needed: list[tuple[StrOrPromise, object]] = [
        (_("Title in Kazakh"), row.title.get("kk")),
        (_("Title in Russian"), row.title.get("ru")),
        (_("Description in Kazakh"), row.description.get("kk")),
        (_("Description in Russian"), row.description.get("ru")),
        (_("Category"), row.category),
        (_("Licence"), row.licence),
        (_("How often it is updated"), row.frequency != "unknown"),
        (_("Who answers for the set"), row.responsible.get("kk") or row.responsible.get("ru")),
        (_("E-mail"), row.email),
    ]
    return [words for words, said in needed if not said]


def free_files(version: Version) -> list[File]:
    """Files of a version everybody may have."""
    return list(_free(version).prefetch_related("dictionary"))


def _free(version: Version) -> QuerySet[File]:
    return version.files.filter(state=File.State.READ).exclude(hold__decision__in=HELD)


def listed(sets: Iterable[Dataset]) -> list[Listed]:
    """Sets of a list, as it shows them."""
    return [
        Listed(
            name=row.name,
            title=str(row),
            description=say_phrase(row.description) if row.description else "",
            body=row.body.code,
            body_name=str(row.body),
            stars=row.newest.stars if row.newest else 0,
            category=row.category,
            frequency=row.frequency,
            formats=tuple(row.formats.split()),
            released=local_date(row.newest.released_at if row.newest else None),
        )
        for row in sets
    ]


def under_review() -> list[Version]:
    """Versions that wait for a moderator, the oldest first."""
    waiting = Version.objects.filter(state=Version.State.REVIEW)
    return list(waiting.select_related("dataset__body").order_by("submitted_at"))


def open_holds() -> QuerySet[Hold]:
    """Files with personal data nobody has decided on yet."""
    waiting = Hold.objects.filter(decision=Hold.Decision.OPEN)
    return waiting.select_related("file__version__dataset__body")


def desk(body: Body, day: date) -> Desk:
    """What the officers of a body have to do next."""
    own = body.datasets.select_related("newest")
    return Desk(
        body=body,
        overdue=list(own.overdue_on(day).order_by("next_due")),
        held=list(open_holds().filter(file__version__dataset__body=body)),
        open=list(
            Version.objects.filter(dataset__body=body)
            .exclude(state=Version.State.RELEASED)
            .select_related("dataset")
            .order_by("state", "pk")
        ),
        promised=[line for line in plan(body, day) if line.is_late],
        asked=list(requests("open").filter(contribution__body=body)),
        problems=list(problems().filter(contribution__body=body, contribution__outcome="")),
    )


def plan(body: Body, day: date) -> list[Planned]:
    """The approved list of a body, each line with what came of it."""
    return [Planned(line, day) for line in body.approved_data.select_related("dataset")]


def figures(body: Body, day: date) -> Figures:
    """The body's open data in numbers."""
    published = body.datasets.published()
    lines = plan(body, day)
    uses = Use.objects.filter(dataset__body=body)
    counted = dict(uses.values_list("kind").annotate(n=Sum("count")))
    return Figures(
        promised=len(lines),
        kept=sum(line.is_kept for line in lines),
        published=published.count(),
        due=published.filter(next_due__isnull=False).count(),
        overdue=body.datasets.overdue_on(day).count(),
        stars=dict(published.order_by().values_list("stars").annotate(n=Count("pk"))),
        used=Used(**{kind.value: counted.get(kind.value, 0) for kind in Use.Kind}),
    )


def all_requests() -> QuerySet[Request]:
    """Requests with whose they are; those no longer shown too."""
    return Request.objects.select_related("contribution__body", "dataset")


def requests(state: str = "") -> QuerySet[Request]:
    """Requests everybody may read, in a state of Request.STATES, the most wanted first."""
    rows = all_requests().filter(contribution__shown=Contribution.Shown.PUBLIC)
    if state:
        rows = rows.filter(Request.STATES[state][1])
    return rows.order_by("-contribution__votes_for", "-contribution__made_at", "-pk")


def problems() -> QuerySet[Problem]:
    """Mistakes everybody may read of, the newest first."""
    rows = Problem.objects.filter(contribution__shown=Contribution.Shown.PUBLIC)
    return rows.select_related("contribution", "dataset").order_by("-contribution__made_at", "-pk")


STATES_OF_IDEAS: dict[str, tuple[StrOrPromise, Q]] = {
    "open": (pgettext_lazy("idea", "Waits for an answer"), Q(contribution__outcome="")),
    "taken_up": (
        pgettext_lazy("idea", "Taken up"),
        Q(contribution__outcome__in=["accepted", "partly"]),
    ),
    "declined": (pgettext_lazy("idea", "Not taken up"), Q(contribution__outcome="declined")),
    "made": (pgettext_lazy("idea", "Made"), Q(reuses__state=Reuse.State.SHOWN)),
}


def all_ideas() -> QuerySet[Idea]:
    """Ideas with whose they are; those no longer shown too."""
    return Idea.objects.select_related("contribution__body", "contribution__group")


def public_ideas() -> QuerySet[Idea]:
    """Ideas everybody may read."""
    return all_ideas().filter(contribution__shown=Contribution.Shown.PUBLIC)


def ideas(state: str = "") -> QuerySet[Idea]:
    """Ideas in a state of STATES_OF_IDEAS, the most supported first."""
    said = Q(contribution__replies__shown=Contribution.Shown.PUBLIC)
    rows = public_ideas().annotate(
        comments=Count("contribution__replies", filter=said, distinct=True)
    )
    if state:
        rows = rows.filter(STATES_OF_IDEAS[state][1])
    return rows.order_by("-contribution__votes_for", "-pk")


def all_or_nothing(act: Callable[[], object]) -> Callable[[], object]:
    """The same act in one transaction: a refusal half-way leaves nothing behind."""
    return transaction.atomic(act)
