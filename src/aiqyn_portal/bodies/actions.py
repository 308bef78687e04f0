"""Changing the registry. Every act is written to the trail in the same transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from aiqyn.registry.bodies import BodyRow
from aiqyn.registry.shipped import Registry
from aiqyn_portal.bodies.models import Account, Body, BodyName
from aiqyn_portal.trail.actions import record

Phrase = Mapping[str, str]


class NewNameIsTooEarly(ValueError):
    """The name would begin before the one it follows; the argument is the earliest day."""

    def __init__(self, earliest: date) -> None:
        super().__init__(earliest.isoformat())
        self.earliest = earliest


class BodyHasSubordinates(ValueError):
    """Bodies that still exist stand under the one to be closed."""

    def __init__(self, bodies: list[Body]) -> None:
        super().__init__(", ".join(body.code for body in bodies))
        self.bodies = bodies


@dataclass(frozen=True)
class ImportReport:
    """Codes of the bodies an import added and changed, and how many were as they should be."""

    added: list[str]
    changed: list[str]
    unchanged: int


def subject_of(body: Body) -> str:
    return f"body:{body.code}"


@transaction.atomic
def create_body(actor: Any, fields: Mapping[str, Any]) -> Body:
    body = Body.objects.create(**fields)
    record(actor, "body.created", subject_of(body), _said(fields))
    return body


@transaction.atomic
def edit_body(actor: Any, body: Body, fields: Mapping[str, Any]) -> list[str]:
    """Set `fields`; returns the names of those that really changed."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    changes = {name: new for name, new in fields.items() if getattr(body, name) != new}
    if not changes:
        return []
    before = {name: getattr(body, name) for name in changes}
    for name, new in changes.items():
        setattr(body, name, new)
    body.save()
    record(
        actor, "body.edited", subject_of(body), {"before": _said(before), "after": _said(changes)}
    )
    return list(changes)


@transaction.atomic
def rename_body(actor: Any, body: Body, name: Phrase, *, since: date, source: str) -> None:
    """Give `body` a new name from `since` on; the old one stays in its history.

    Raises NewNameIsTooEarly when the present name began on that day or later.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    began = _present_name_began(body)
    if began and since <= began:
        raise NewNameIsTooEarly(began + timedelta(days=1))
    former = body.name
    BodyName.objects.create(
        body=body,
        name=former,
        valid_from=began,
        valid_to=since - timedelta(days=1),
        source=source,
    )
    body.name = name
    body.save()
    details = {"before": former, "after": dict(name), "since": since, "source": source}
    record(actor, "body.renamed", subject_of(body), details)


def _present_name_began(body: Body) -> date | None:
    """The day after the last former name, or the day the body itself began."""
    ends = [old.valid_to for old in body.names.all() if old.valid_to]
    return max(ends) + timedelta(days=1) if ends else body.valid_from


@transaction.atomic
def close_body(actor: Any, body: Body, *, last_day: date) -> None:
    """Say that `body` exists until `last_day`; its history and its ratings stay.

    Raises BodyHasSubordinates while bodies under it live longer.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    living = list(body.children.in_force_on(last_day + timedelta(days=1)))
    if living:
        raise BodyHasSubordinates(living)
    body.valid_to = last_day
    body.save()
    record(actor, "body.closed", subject_of(body), {"last_day": last_day})


@transaction.atomic
def add_account(actor: Any, body: Body, *, network: str, address: str) -> Account:
    account = Account.objects.create(body=body, network=network, address=address)
    record(actor, "body.account_added", subject_of(body), {"network": network, "address": address})
    return account


@transaction.atomic
def remove_account(actor: Any, account: Account) -> None:
    details = {"network": account.network, "address": account.address}
    record(actor, "body.account_removed", subject_of(account.body), details)
    account.delete()


@transaction.atomic
def import_rows(actor: Any, rows: Iterable[BodyRow], *, origin: str) -> ImportReport:
    """Add the bodies that are new and bring the others up to date, all or nothing.

    `rows` come from `read_bodies` and must not contradict the registry
    (`queries.contradictions`). `origin` names the file for the trail.
    """
    known = {body.code: body for body in Body.objects.all()}
    added, changed, unchanged = [], [], 0
    for row in _parents_first(rows, set(known)):
        fields = _fields_of(row, known)
        body = known.get(row.code)
        if body is None:
            known[row.code] = Body.objects.create(code=row.code, **fields)
            added.append(row.code)
        elif _update(body, fields):
            changed.append(row.code)
        else:
            unchanged += 1
    if added or changed:
        record(actor, "bodies.imported", origin, {"added": added, "changed": changed})
    return ImportReport(added, changed, unchanged)


@transaction.atomic
def import_shipped(actor: Any, registry: Registry) -> ImportReport:
    """Add the shipped bodies that are not here yet, with former names and accounts.

    What stands in the registry already is left as its administrators made it.
    """
    here = set(Body.objects.values_list("code", flat=True))
    new = [row for row in registry.bodies if row.code not in here]
    report = import_rows(actor, new, origin="the registry shipped with Aiqyn")
    added = {body.code: body for body in Body.objects.filter(code__in=report.added)}
    for name in registry.names:
        if name.body in added:
            BodyName.objects.create(
                body=added[name.body],
                name=dict(name.name),
                valid_from=name.valid_from,
                valid_to=name.valid_to,
                source=name.source,
            )
    for account in registry.accounts:
        if account.body in added:
            Account.objects.create(
                body=added[account.body], network=account.network, address=account.address
            )
    for body in added.values():
        body.save(update_fields=[])  # its former names can now be searched for
    return ImportReport(report.added, [], len(here & {row.code for row in registry.bodies}))


def _parents_first(rows: Iterable[BodyRow], known: set[str]) -> list[BodyRow]:
    waiting, ordered, done = list(rows), [], set(known)
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in done]
        ordered += ready
        done |= {row.code for row in ready}
        waiting = [row for row in waiting if row.code not in done]
    return ordered


def _fields_of(row: BodyRow, known: Mapping[str, Body]) -> dict[str, Any]:
    said = {"phone": row.phone, "email": row.email, "address": dict(row.address)}
    return {
        "kind": row.kind,
        "parent": known[row.parent] if row.parent else None,
        "name": dict(row.name),
        "bin": row.bin,
        "kato": row.kato,
        "site": row.site,
        "contacts": {name: value for name, value in said.items() if value},
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "is_example": row.is_example,
    }


def _update(body: Body, fields: Mapping[str, Any]) -> bool:
    if all(getattr(body, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(body, name, value)
    body.save()
    return True


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as the trail keeps them: a body by its code."""
    return {
        name: value.code if isinstance(value, Body) else value for name, value in fields.items()
    }
