"""Receiving what somebody says: once, clean, without personal data, with a number."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from aiqyn_portal.accounts.acting import one_by_one
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import kinds, refusals, texts
from aiqyn_portal.contributions.actions import counting, timing
from aiqyn_portal.contributions.actions.steps import Act, Role, What, write_with
from aiqyn_portal.contributions.models import Contribution

NEXT_POSTGRESQL = "SELECT nextval(pg_get_serial_sequence('contributions_contribution', 'id'))"
TAKES_PART = """
INSERT INTO contributions_participant (kind, about_key, user_id) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING"""
NEXT_SQLITE = "SELECT COALESCE(MAX(id), 0) + 1 FROM contributions_contribution"


class Said(TypedDict):
    """What somebody says, as the form has it."""

    text: str
    language: str
    anchor: NotRequired[str]
    stance: NotRequired[str]
    wording: NotRequired[str]
    parent: NotRequired[Contribution | None]
    display_name: NotRequired[str]
    consent_to_mask: NotRequired[bool]
    private: NotRequired[str]  # what the author and the body alone read


def receive(
    kind: str, about_key: str, *, author: User | None, form_key: str, **given: Unpack[Said]
) -> Contribution:
    """Take in a contribution. The same form posted again gives the contribution it gave before.

    `author` is None for somebody who is not signed in: the section has bounds of its own for them.

    Raises NothingThere, Closed, TextIsEmpty, TextTooLong, ConsentNeeded, TooManyNow.
    """
    try:
        with transaction.atomic():
            return _receive(kinds.get(kind), about_key, author, form_key, given)
    except IntegrityError:  # posted again after very many others
        twin = Contribution.objects.filter(author=author, form_key=form_key).first()
        if twin is None:
            raise
        return twin


def _receive(
    kind: kinds.Kind | None, about_key: str, author: User | None, form_key: str, given: Said
) -> Contribution:
    if author is not None:
        one_by_one(author)  # limits are counted, and a double click waits for the first
    recent = _recent(author) if author is not None else {}
    if form_key in recent:
        return Contribution.objects.get(author=author, form_key=form_key)
    about = kind.about(about_key) if kind else None
    if kind is None or about is None or about.body_id is None:
        raise refusals.NothingThere
    if not about.is_open:
        raise refusals.Closed(about.why_closed)
    given["anchor"] = _anchor(kind, about_key, given)
    held = _fit(given)
    _refuse_too_many(recent.values())
    contribution = Contribution(
        **held,
        kind=kind.code,
        about_key=about_key,
        body_id=about.body_id,
        author=author,
        form_key=form_key,
        made_at=timezone.now(),
        due_on=about.due_on,
    )
    _save_with_steps(contribution, kind)
    _count_in(contribution)
    if kind.registers_at_once:
        timing.start(contribution, kind)
    if kind.then:
        kind.then(contribution, What.RECEIVED)
    return contribution


def _anchor(kind: kinds.Kind, about_key: str, given: Said) -> str:
    """The part it stands at: a reply where its parent does, whatever the form says; a comment at a
    part there is.
    """
    parent, anchor = given.get("parent"), given.get("anchor", "")
    if parent:
        if not kind.replies:
            raise refusals.Closed
        if (parent.kind, parent.about_key) != (kind.code, about_key):
            raise refusals.NothingThere
        return parent.anchor
    if anchor and kind.has_part and not kind.has_part(about_key, anchor):
        raise refusals.NothingThere
    return anchor


def _save_with_steps(contribution: Contribution, kind: kinds.Kind) -> None:
    contribution.pk = _next_number()
    at = contribution.made_at
    contribution.number = f"{timezone.localtime(at).year}-{contribution.pk:06}"
    details = {
        "kind": contribution.kind,
        "about": contribution.about_key,
        "anchor": contribution.anchor,
        "language": contribution.language,
        "stance": contribution.stance,
    }
    received = Act(
        what=What.RECEIVED, role=Role.AUTHOR, at=at, by=contribution.author, details=details
    )
    entries: list[tuple[Contribution, Act, dict[str, Any]]] = [
        (contribution, received, values_of(contribution))
    ]
    contribution.steps_made = 1
    if kind.registers_at_once:
        contribution.steps_made = 2
        contribution.state = Contribution.State.REGISTERED
        entries.append((contribution, Act(what=What.REGISTERED, role=Role.SYSTEM, at=at), {}))
    contribution.save(force_insert=True)
    contribution.steps_made = 0
    write_with(entries)


def values_of(contribution: Contribution) -> dict[str, Any]:
    """What the first step commits to; an empty value is not committed to."""
    return {
        "text": contribution.text,
        "original": contribution.original_text,
        "wording": contribution.wording,
        "name": contribution.display_name,
    }


def _fit(given: Said) -> dict[str, Any]:
    """What is kept of the form: clean, not empty, not too long, masked with consent."""
    text, wording = texts.clean(given["text"]), texts.clean(given.get("wording", ""))
    if not texts.has_words(text) and not texts.has_words(wording):
        raise refusals.TextIsEmpty
    longest = settings.CONTRIBUTIONS_LONGEST
    if max(len(text), len(wording)) > longest:
        raise refusals.TextTooLong(longest)
    masked = {"text": texts.masked(text), "wording": texts.masked(wording)}
    has_personal = masked != {"text": text, "wording": wording}
    if has_personal and not given.get("consent_to_mask"):
        raise refusals.ConsentNeeded(masked)
    return {
        **masked,
        "original_text": given.get("private") or (text if masked["text"] != text else ""),
        "language": given["language"],
        "anchor": given.get("anchor", ""),
        "stance": given.get("stance", ""),
        "parent": given.get("parent"),
        "display_name": texts.masked(texts.clean(given.get("display_name", "")))[:80],
    }


LIMITS = (
    (timedelta(minutes=1), "CONTRIBUTIONS_A_MINUTE"),
    (timedelta(days=1), "CONTRIBUTIONS_A_DAY"),
)


def _recent(author: User) -> dict[str, datetime]:
    """Keys of the newest forms of an author, as many as limits speak of, and when they came."""
    most = max(getattr(settings, name) for _span, name in LIMITS)
    newest = Contribution.objects.filter(author=author).order_by("-pk")
    # the newest of this author alone are asked, so a long past costs nothing
    return dict(newest[:most].values_list("form_key", "made_at"))


def _refuse_too_many(moments: Collection[datetime]) -> None:
    now = timezone.now()
    for span, name in LIMITS:
        if sum(at > now - span for at in moments) >= getattr(settings, name):
            raise refusals.TooManyNow


def _next_number() -> int:
    """The row's own number, known before it is written: it is part of what people see."""
    statement = NEXT_POSTGRESQL if connection.vendor == "postgresql" else NEXT_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def _count_in(contribution: Contribution) -> None:
    """Last of all: the row of counts is what writers about one thing share."""
    is_new = _is_new_participant(contribution)
    moves = counting.standing([contribution])
    if is_new:
        moves[(contribution.kind, contribution.about_key), "people"] = 1
    counting.move(Counter(), moves)


def _is_new_participant(contribution: Contribution) -> bool:
    """Whether they have said nothing of it before; from now on they have."""
    if contribution.author_id is None:
        return False
    row = (contribution.kind, contribution.about_key, contribution.author_id)
    with connection.cursor() as cursor:
        cursor.execute(TAKES_PART, row)
        return bool(cursor.rowcount)
