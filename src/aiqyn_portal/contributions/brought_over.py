"""What was said before it had a place in the ledger is entered in it: for migrations alone.

Each step is dated by the moment it is written, and its details say when that which it tells of had
happened: the chain does not pretend to be older than it is. Works with the models of a migration.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.migrations.exceptions import IrreversibleError
from django.utils import timezone

from aiqyn.ledger import commitments
from aiqyn.subjects.language import language_of
from aiqyn.text import LANGUAGES
from aiqyn_portal.contributions import texts

ROLES, OFFICER = {"received": "author", "registered": "system"}, "officer"
LEFT = "left-"  # begins the login of an account whose person has left
TOLD = 500  # rows between two words to whoever waits


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a body had decided; no reason of the list was named then."""

    at: datetime
    by: int | None  # key of a user
    outcome: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Before:
    """Something said, as a section kept it."""

    key: str  # its own: brought over once
    kind: str
    about: str
    body: int  # key of a body
    author: int | None  # key of a user; None: nobody's account
    at: datetime
    text: str
    private: str = ""  # what the author and the body alone read
    decision: Decision | None = None
    where: Mapping[str, Any] = field(default_factory=dict)  # where it is reflected
    votes: Sequence[tuple[int, datetime]] = ()  # for it: key of a user, when
    found_as: tuple[str, str] = ("", "")  # kind and key of its entry in the search, if it had one


def language(text: str) -> str:
    """Its language, or Kazakh where that cannot be told."""
    told = language_of(text)
    return told if told in LANGUAGES else LANGUAGES[0]


def one_by_one(rows: Any) -> Iterator[Any]:
    """What is not brought over yet, the oldest first; now and then says how far it is."""
    waiting = rows.filter(contribution=None).order_by("pk")
    name, every = rows.model._meta.db_table, waiting.count()  # noqa: SLF001 - as Django means it
    for done, row in enumerate(waiting.iterator(), 1):
        yield row
        if done % TOLD == 0:
            sys.stderr.write(f"{name}: {done} of {every}\n")


def stay(apps: Any, app: str, *names: str) -> None:
    """Refuse the way back once something was brought over: the ledger is never unwritten.

    Raises IrreversibleError.
    """
    for name in names:
        if apps.get_model(app, name).objects.exclude(contribution=None).exists():
            raise IrreversibleError(f"{app}.{name}: what is in the ledger stays there")


@transaction.atomic
def enter(apps: Any, said: Before) -> Any:
    """Enter it with its steps and votes; returns the contribution, the one of before if any."""
    author = _here(apps, said.author)
    known = {"author_id": author, "kind": said.kind, "form_key": said.key}
    if found := apps.get_model("contributions", "Contribution").objects.filter(**known).first():
        return found
    row = _row(apps, said, author)
    ledger = _Ledger(apps, row)
    _received(ledger, said)
    if said.decision:
        _decided(ledger, said.decision, said.where)
    row.save(update_fields=["steps_made"])
    votes = apps.get_model("contributions", "Vote").objects
    for user, at in said.votes:
        votes.create(contribution=row, user_id=_here(apps, user), value=1, at=at)
    _place(apps, row, said.found_as)
    return row


def _row(apps: Any, said: Before, author: int | None) -> Any:
    clean = texts.clean(said.text)
    shown, decision = texts.masked(clean), said.decision
    has_left = author != said.author  # and takes along what was hidden, as whoever leaves today
    original = said.private or (clean if shown != clean else "")
    row = apps.get_model("contributions", "Contribution").objects.create(
        number=said.key[-20:],
        kind=said.kind,
        about_key=said.about,
        body_id=said.body,
        author_id=author,
        language=language(clean),
        text=shown,
        original_text="" if has_left else original,
        form_key=said.key,
        made_at=said.at,
        state=_state(said),
        outcome=decision.outcome if decision else "",
        decided_at=decision.at if decision else None,
        votes_for=len(said.votes),
    )
    row.number = f"{timezone.localdate().year}-{row.pk:06}"
    row.save(update_fields=["number"])
    return row


def _place(apps: Any, row: Any, found_as: tuple[str, str]) -> None:
    """Where it stands in the search, to be filled when it is sealed.

    It keeps the number it was found by, or gets one below nought: it is no news to those who
    follow a search.
    """
    entries, shelves = (apps.get_model("search", name).objects for name in ("Entry", "Shelf"))
    kind, key = found_as
    thing = {"kind": "contribution", "key": row.number, "digest": ""}
    if not entries.filter(kind=kind, key=key).update(**thing):
        shelf = {"kind": "contribution", "body": None, "year": 0, "status": "", "languages": ""}
        first = shelves.filter(**shelf).first() or shelves.create(**shelf)
        entries.create(pk=-row.pk, shelf=first, **thing)


def _state(said: Before) -> str:
    if said.where:
        return "reflected"
    return "decided" if said.decision else "registered"


def _here(apps: Any, key: int | None) -> int | None:
    """The user, or None for somebody who has left."""
    users = apps.get_model("accounts", "User").objects.filter(pk=key)
    gone = users.filter(username__startswith=LEFT, is_active=False)
    return None if gone.exists() else key


class _Ledger:
    """Writes steps of one contribution."""

    def __init__(self, apps: Any, row: Any) -> None:
        self.apps = apps
        self.row = row

    def write(
        self,
        what: str,
        *,
        by: int | None = None,
        details: Mapping[str, Any] | None = None,
        outcome: str = "",
        opened: Mapping[str, Any] | None = None,
    ) -> None:
        """One step; what it opens is committed to, and so is who acted."""
        self.row.steps_made += 1
        values = {name: value for name, value in (opened or {}).items() if value}
        if by is not None:
            values["by"] = self._model("accounts", "User").objects.get(pk=by).username
        salts = {name: commitments.new_salt() for name in values}
        step = self._model("contributions", "Step").objects.create(
            contribution=self.row,
            number=self.row.steps_made,
            at=timezone.now(),
            what=what,
            role=ROLES.get(what, OFFICER),
            body_id=None if what in ROLES else self.row.body_id,
            outcome=outcome,
            details=dict(details or {}),
            commitments={name: commitments.commit(salts[name], values[name]) for name in values},
        )
        if values:
            self._model("contributions", "Erasable").objects.create(
                step=step, by_id=by, words=values.get("words", {}), salts=salts
            )
        self._model("contributions", "Pending").objects.create(step=step)

    def _model(self, app: str, name: str) -> Any:
        return self.apps.get_model(app, name)


def _received(ledger: _Ledger, said: Before) -> None:
    row = ledger.row
    about = {"kind": row.kind, "about": row.about_key, "anchor": "", "stance": ""}
    details = {**about, "language": row.language, **_happened(said.at)}
    opened = {"text": row.text, "original": row.original_text}
    ledger.write("received", by=row.author_id, details=details, opened=opened)
    ledger.write("registered")


def _decided(ledger: _Ledger, decision: Decision, where: Mapping[str, Any]) -> None:
    by, happened = _here(ledger.apps, decision.by), _happened(decision.at)
    words = {language(decision.words): decision.words} if decision.words else {}
    told = {"words": words}
    ledger.write("decided", by=by, details=happened, outcome=decision.outcome, opened=told)
    if where:
        ledger.write("reflected", by=by, details={**where, **happened})


def _happened(at: datetime) -> dict[str, str]:
    return {"happened_at": at.astimezone(UTC).isoformat()}


def count(apps: Any, kind: str) -> None:
    """Count what was brought over of a kind, as actions would have."""
    rows = apps.get_model("contributions", "Contribution").objects.filter(kind=kind)
    counts: dict[str, Counter[str]] = {}
    people: set[tuple[str, int]] = set()
    for about, outcome, author in rows.values_list("about_key", "outcome", "author"):
        counts.setdefault(about, Counter()).update(["total", outcome or "waiting"])
        if author is not None:
            people.add((about, author))
    named = {"kind": kind}
    for about, author in sorted(people):
        of_person = {**named, "about_key": about, "user_id": author}
        apps.get_model("contributions", "Participant").objects.get_or_create(**of_person)
        counts[about]["people"] += 1
    for about, found in sorted(counts.items()):
        thing, total = {**named, "about_key": about}, {"total": found["total"]}
        apps.get_model("contributions", "Count").objects.update_or_create(
            **thing, defaults=dict(found)
        )
        apps.get_model("contributions", "Part").objects.update_or_create(
            **thing, anchor="", defaults=total
        )
