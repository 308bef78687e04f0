"""Sealing: giving steps their place in the one chain, moments after they were committed.

Whoever writes waits for nobody: steps are sealed together, by the first who finds the pen free.
See docs/adr/ for why the chain is not written by each act itself.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from aiqyn import ledger
from aiqyn.ledger import trees
from aiqyn_portal.contributions import pace, searching
from aiqyn_portal.contributions.models import Contribution, Pending, Root, Seal, Step

LOCK_NUMBER = 4_183_002
TRY_SQL = "SELECT pg_try_advisory_xact_lock(%s)"
WAIT_SQL = "SELECT pg_advisory_xact_lock(%s)"
BATCH = 500


def seal_if_free() -> int:
    """Seal what waits unless somebody is doing so already; returns how many steps that was."""
    with transaction.atomic():
        return _seal_batch() if _take_pen(TRY_SQL) else 0


def seal_soon() -> None:
    """Seal after a commit, where nobody has written by this process a moment ago.

    Of many who write at once a worker seals for all, within a second.
    """
    if pace.is_due("seal"):
        seal_if_free()


def seal_all() -> int:
    """Wait for the pen and seal everything that was committed before; returns how many steps."""
    sealed = 0
    while True:
        with transaction.atomic():
            _take_pen(WAIT_SQL)
            batch = _seal_batch()
        sealed += batch
        if batch < BATCH:
            return sealed


def publish_roots(today: date | None = None) -> list[Root]:
    """Publish the root of every day before `today` that has seals and no root yet."""
    before = today or timezone.localdate()
    with transaction.atomic():
        _take_pen(WAIT_SQL)
        newest = Root.objects.first()
        waiting = Seal.objects.filter(day__lt=before)
        if newest:
            waiting = waiting.filter(day__gt=newest.day)
        days = waiting.order_by("day").values_list("day", flat=True).distinct()
        made = []
        for day in list(days):
            newest = _root_of(day, newest)
            newest.save(force_insert=True)
            made.append(newest)
    return made


def links_of(day: date) -> list[str]:
    """Return the links sealed on `day`, in their order: the leaves of its tree."""
    return list(Seal.objects.filter(day=day).order_by("position").values_list("link", flat=True))


def _take_pen(statement: str) -> bool:
    """Be the only one who seals until the transaction ends; SQLite's writers are alone anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(statement, [LOCK_NUMBER])
        return cursor.fetchone()[0] is not False


def _seal_batch() -> int:
    pace.done("seal")
    waiting = list(Pending.objects.order_by("step").values_list("step", flat=True)[:BATCH])
    if not waiting:
        return 0
    steps = list(Step.objects.filter(pk__in=waiting).select_related("body").order_by("pk"))
    # asked by themselves: joined, the database may walk through all there are
    rows = Contribution.objects.in_bulk({step.contribution_id for step in steps})
    seals = _chained(steps, rows)
    Seal.objects.bulk_create(seals)
    Pending.objects.filter(step__in=waiting).delete()
    searching.enter(rows.values())
    return len(seals)


def _chained(steps: Iterable[Step], rows: Mapping[int, Contribution]) -> list[Seal]:
    last = Seal.objects.order_by("-position").first()
    link, position = (last.link, last.position) if last else (ledger.GENESIS, 0)
    day = _today(last)
    seals = []
    for step in steps:
        position += 1
        body = step.body.code if step.body else ""
        record = step.as_record(rows[step.contribution_id].number, body) | {"position": position}
        link = ledger.link(link, record)
        seals.append(Seal(position=position, step=step, day=day, link=link))
    return seals


def _today(last: Seal | None) -> date:
    """Today, and never before the last seal nor on a day whose root is out already."""
    days = [timezone.localdate()]
    if last:
        days.append(last.day)
    root = Root.objects.first()
    if root:
        days.append(root.day + timedelta(days=1))
    return max(days)


def _root_of(day: date, before: Root | None) -> Root:
    seals = list(Seal.objects.filter(day=day).order_by("position").values_list("position", "link"))
    root = Root(
        day=day,
        first=seals[0][0],
        size=len(seals),
        root=trees.root([link for _position, link in seals]),
    )
    root.link = ledger.link(before.link if before else ledger.GENESIS, root.as_record())
    return root


def newest_position() -> int:
    return Seal.objects.aggregate(Max("position"))["position__max"] or 0
