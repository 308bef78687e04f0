"""Leaving: the person goes, what was said stays, and the ledger still holds."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.acting import one_by_one
from aiqyn_portal.accounts.models import Membership, Token, User, Vouched
from aiqyn_portal.accounts.permissions import is_administrator
from aiqyn_portal.contributions import belongings, refusals
from aiqyn_portal.contributions.actions import counting
from aiqyn_portal.contributions.actions.changing import brought_up_to_date, change, locked
from aiqyn_portal.contributions.actions.deciding import Words
from aiqyn_portal.contributions.actions.steps import Act, Role, What, said, write
from aiqyn_portal.contributions.models import (
    Appeal,
    Complaint,
    Contribution,
    Erasable,
    Participant,
    Vote,
)
from aiqyn_portal.deadlines.models import Feed
from aiqyn_portal.notices.models import Reader
from aiqyn_portal.trail.actions import record

OF_PERSON = frozenset({"by", "name", "original"})  # commitments that speak of the author
OF_TEXT = frozenset({"text", "wording", "original", "words"})
OF_ACCOUNT = (  # rows that say who somebody is, where from and how they sign in
    *(EmailAddress, Authenticator, SocialAccount, Token, Vouched, Reader, Feed),
    UserSession,
)
BATCH = 500


@transaction.atomic
def leave(user: User) -> int:
    """Take the person out of everything said here and close the account for good.

    The texts stay as part of the public record, without a name. Returns how many they are.
    Raises OfficersStay: who acts for the state keeps the name until the role is ended.
    """
    if Membership.objects.filter(user=user).exists():
        raise refusals.OfficersStay
    one_by_one(user)
    rows = list(
        Contribution.objects.select_for_update(no_key=True).filter(author=user).order_by("pk")
    )
    now = timezone.now()
    for start in range(0, len(rows), BATCH):
        _forget_person(
            rows[start : start + BATCH], Act(what=What.PERSON_ERASED, role=Role.SYSTEM, at=now)
        )
    # steps on contributions of others (an old role, an appeal) name nobody either
    for erasable in Erasable.objects.filter(by=user).iterator():
        _erase(erasable, OF_PERSON)
    Vote.objects.filter(user=user).update(user=None)
    Complaint.objects.filter(by=user).update(by=None, words="")
    Appeal.objects.filter(contribution__in=rows).update(words="")
    Participant.objects.filter(user=user).delete()
    others = belongings.erase(user)
    _close_account(user)
    return len(rows) + others


def _forget_person(rows: list[Contribution], act: Act) -> None:
    theirs = Erasable.objects.filter(step__contribution__in=rows, by=rows[0].author_id)
    for erasable in theirs.select_related("step"):
        is_private = erasable.step.role == Role.AUTHOR  # what an appeal says: nobody else reads it
        _erase(erasable, OF_PERSON | {"words"} if is_private else OF_PERSON)
    write(rows, act)
    for row in rows:
        row.author, row.display_name, row.original_text = None, "", ""
    fields = ["author", "display_name", "original_text", "steps_made"]
    Contribution.objects.bulk_update(rows, fields, batch_size=BATCH)
    counting.renew(rows)


def _erase(erasable: Erasable, values: Collection[str]) -> None:
    """Without its salt nobody can show any more what was committed to."""
    if "by" in values:
        erasable.by = None
    if "words" in values:
        erasable.words = {}
    erasable.salts = {name: salt for name, salt in erasable.salts.items() if name not in values}
    erasable.save(update_fields=["by", "words", "salts"])


def _close_account(user: User) -> None:
    """The row stays, for what other parts of the portal hang on it, and says nothing."""
    for model in OF_ACCOUNT:
        model.objects.filter(user=user).delete()
    user.username = f"left-{user.pk}"
    user.email = user.first_name = user.last_name = user.display_name = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()


@transaction.atomic
def erase_text(contribution: Contribution, *, by: User, rule: str, words: Words) -> None:
    """Erase a text that the law forbids to keep; the steps stay, and say that it was done.

    Raises PermissionDenied, WordsMissing.
    """
    if not is_administrator(by):
        raise PermissionDenied
    phrase = said(words)
    if not phrase:
        raise refusals.WordsMissing
    rows = locked([contribution])
    for erasable in Erasable.objects.filter(step__contribution=rows[0], step__role=Role.AUTHOR):
        _erase(erasable, OF_TEXT)
    for about_it in (Appeal, Complaint):  # they quote it
        about_it.objects.filter(contribution=rows[0]).update(words="")
    act = Act(
        what=What.TEXT_ERASED,
        role=Role.MODERATOR,
        at=timezone.now(),
        by=by,
        reason=rule,
        words=phrase,
    )
    empty = {"text": "", "original_text": "", "wording": ""}
    change(rows, act, {**empty, "shown": Contribution.Shown.ERASED, "group": None})
    brought_up_to_date([contribution], rows)
    record(by, "contribution.text_erased", rows[0].subject, {"rule": rule})
