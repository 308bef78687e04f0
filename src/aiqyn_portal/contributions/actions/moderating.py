"""Moderation: reported by people, decided by moderators, appealed against by authors."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.acting import one_by_one
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import permissions, reasons, refusals, texts
from aiqyn_portal.contributions.actions import counting
from aiqyn_portal.contributions.actions.changing import brought_up_to_date, change, follow, locked
from aiqyn_portal.contributions.actions.deciding import Words
from aiqyn_portal.contributions.actions.steps import Act, Role, What, said, write_with
from aiqyn_portal.contributions.models import Appeal, Complaint, Contribution, Erasable, Step
from aiqyn_portal.trail.actions import record

Shown = Contribution.Shown


@transaction.atomic
def report(contribution: Contribution, *, by: User, rule: str, words: str = "") -> Complaint:
    """Say that a contribution breaks a rule. Of one person each contribution is reported once.

    Raises NotPublic, ReasonMissing, TooManyNow.
    """
    if not contribution.is_public:
        raise refusals.NotPublic
    if rule not in reasons.rules():
        raise refusals.ReasonMissing
    one_by_one(by)
    now = timezone.now()
    mine = Complaint.objects.filter(by=by, at__gt=now - timedelta(days=1))
    if mine.count() >= settings.CONTRIBUTIONS_REPORTS_A_DAY:
        raise refusals.TooManyNow
    complaint, _is_new = Complaint.objects.get_or_create(
        contribution=contribution,
        by=by,
        defaults={"rule": rule, "words": texts.clean(words)[:1000], "at": now},
    )
    return complaint


@transaction.atomic
def moderate(contribution: Contribution, *, by: User, rule: str, words: Words) -> None:
    """Remove a contribution for breaking a published rule; a placeholder with the reason stays.

    Raises PermissionDenied, NotPublic, ReasonMissing, WordsMissing.
    """
    rows = _for_moderator(contribution, by)
    if not rows[0].is_public:
        raise refusals.NotPublic
    act = _reasoned(What.MODERATED, by, rule, words)
    change(rows, act, {"shown": Shown.REMOVED, "group": None})
    _close_complaints(rows[0], upheld=True)
    _done(contribution, rows, by, "contribution.removed", {"rule": rule})


@transaction.atomic
def keep(contribution: Contribution, *, by: User) -> None:
    """Say that the contribution breaks no rule: what was reported is closed."""
    rows = _for_moderator(contribution, by)
    _close_complaints(rows[0], upheld=False)
    _done(contribution, rows, by, "contribution.kept", {})


@transaction.atomic
def mask(
    contribution: Contribution,
    *,
    by: User,
    text: str,
    rule: str,
    words: Words,
    wording: str | None = None,
) -> None:
    """Put a masked text in place of the published one; the page says that this was done.

    `wording`: so the words the author proposes, too; None leaves them. What stood there before
    can no longer be opened from the ledger: its salt is erased.
    Raises PermissionDenied, NotPublic, ReasonMissing, WordsMissing, TextIsEmpty.
    """
    rows = _for_moderator(contribution, by)
    [row] = rows
    if not row.is_public:
        raise refusals.NotPublic
    masked = {"text": texts.clean(text)}
    if wording is not None and texts.clean(wording) != row.wording:
        masked["wording"] = texts.clean(wording)
    if not any(map(texts.has_words, (masked["text"], masked.get("wording", row.wording)))):
        raise refusals.TextIsEmpty
    _forget(row, ("original", *masked))
    for name, said_now in masked.items():
        setattr(row, name, said_now)
    row.original_text = ""
    act = _reasoned(What.MASKED, by, rule, words)
    write_with([(row, act, masked)])
    row.save(update_fields=["text", "wording", "original_text", "steps_made"])
    counting.renew(rows)
    follow(rows, act)
    _close_complaints(row, upheld=True)
    _done(contribution, rows, by, "contribution.masked", {"rule": rule})


@transaction.atomic
def appeal(contribution: Contribution, *, by: User, words: str) -> Appeal:
    """Not accept a removal. Raises PermissionDenied, NotPublic, WordsMissing, AlreadyAppealed."""
    rows = locked([contribution])
    [row] = rows
    if not permissions.is_author(by, row):
        raise PermissionDenied
    if row.shown != Shown.REMOVED:
        raise refusals.NotPublic
    against = _removal_of(row)
    if Appeal.objects.filter(against=against).exists():
        raise refusals.AlreadyAppealed
    cleaned = texts.clean(words)[: settings.CONTRIBUTIONS_LONGEST]
    if not texts.has_words(cleaned):
        raise refusals.WordsMissing
    now = timezone.now()
    act = Act(what=What.APPEALED, role=Role.AUTHOR, at=now, by=by, words={row.language: cleaned})
    change(rows, act)
    brought_up_to_date([contribution], rows)
    return Appeal.objects.create(contribution=row, against=against, words=cleaned, at=now)


@transaction.atomic
def decide_appeal(appealed: Appeal, *, by: User, upheld: bool, words: Words) -> None:
    """Publish again (`upheld`), or keep removed. Not by the moderator who removed it.

    Raises PermissionDenied, SameModerator, AlreadyDecided, WordsMissing.
    """
    rows = _for_moderator(appealed.contribution, by)
    held = Appeal.objects.select_for_update(of=("self",)).get(pk=appealed.pk)
    if held.decided_at:
        raise refusals.AlreadyDecided
    remover = Erasable.objects.filter(step=held.against_id).values_list("by", flat=True).first()
    if remover == by.pk:
        raise refusals.SameModerator
    what = What.RESTORED if upheld else What.UPHELD
    act = replace(_moderator(what, by), words=_worded(words))
    change(rows, act, {"shown": Shown.PUBLIC} if upheld else {})
    held.decided_at, held.decided_by, held.upheld = act.at, by, upheld
    held.save(update_fields=["decided_at", "decided_by", "upheld"])
    _done(appealed.contribution, rows, by, "contribution.appeal", {"upheld": upheld})


@transaction.atomic
def restore(contribution: Contribution, *, by: User, words: Words) -> None:
    """Publish again what was removed. Raises PermissionDenied, NotPublic, WordsMissing."""
    rows = _for_moderator(contribution, by)
    if rows[0].shown != Shown.REMOVED:
        raise refusals.NotPublic
    act = replace(_moderator(What.RESTORED, by), words=_worded(words))
    change(rows, act, {"shown": Shown.PUBLIC})
    waiting = Appeal.objects.filter(contribution=rows[0], decided_at=None)
    waiting.update(decided_at=act.at, decided_by=by, upheld=True)
    _done(contribution, rows, by, "contribution.restored", {})


def _for_moderator(contribution: Contribution, by: User) -> list[Contribution]:
    if not permissions.may_moderate(by):
        raise PermissionDenied
    rows = locked([contribution])
    if permissions.is_author(by, rows[0]):
        raise refusals.OwnWords
    return rows


def _moderator(what: str, by: User) -> Act:
    return Act(what=what, role=Role.MODERATOR, at=timezone.now(), by=by)


def _reasoned(what: str, by: User, rule: str, words: Words) -> Act:
    if rule not in reasons.rules():
        raise refusals.ReasonMissing
    return replace(_moderator(what, by), reason=rule, words=_worded(words))


def _worded(words: Words) -> dict[str, str]:
    phrase = said(words)
    if not phrase:
        raise refusals.WordsMissing
    return phrase


def _removal_of(row: Contribution) -> Step:
    return row.steps.filter(what=What.MODERATED).latest("number")


def _close_complaints(row: Contribution, *, upheld: bool) -> None:
    waiting = Complaint.objects.filter(contribution=row, closed_at=None)
    waiting.update(closed_at=timezone.now(), upheld=upheld)


def _forget(row: Contribution, values: tuple[str, ...]) -> None:
    """Erase the salts of `values`: nobody can show any more what was committed to."""
    for erasable in Erasable.objects.filter(step__contribution=row):
        kept = {name: salt for name, salt in erasable.salts.items() if name not in values}
        if kept != erasable.salts:
            erasable.salts = kept
            erasable.save(update_fields=["salts"])


def _done(
    contribution: Contribution,
    rows: list[Contribution],
    by: User,
    action: str,
    details: dict[str, object],
) -> None:
    brought_up_to_date([contribution], rows)
    record(by, action, rows[0].subject, details)
