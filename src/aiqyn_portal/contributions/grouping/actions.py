"""Placing contributions beside their copies; making a group of a fold when an officer says so."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from aiqyn import likeness
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.actions import counting
from aiqyn_portal.contributions.grouping import queries
from aiqyn_portal.contributions.grouping.models import Fold, Key, Member, faces_of
from aiqyn_portal.contributions.grouping.same import key_of_words
from aiqyn_portal.contributions.models import Contribution, Group

READINGS_KEPT = 1024
CANDIDATES = 64  # faces that share a key with a new contribution and are looked at
WORKED_OUT = 200  # members at once


class _Said(NamedTuple):
    """A contribution as it is compared: what is said, and the words it proposes."""

    text: likeness.Reading
    wording: likeness.Reading


@transaction.atomic
def place(contribution: Contribution) -> Member:
    """Put a contribution into the fold of its copies, or into one of its own; once for ever.

    Copies are looked for among what was said of the same thing, the same paragraph, in answer
    to the same, with the same stance.
    """
    known = Member.objects.filter(contribution=contribution).first()
    if known:
        return known
    said = _read(contribution)
    keys = likeness.keys(_whole(contribution), likeness.NARROW, scope_of(contribution))
    homes = _homes(said, keys)
    if not homes:
        fold = Fold.objects.create(
            kind=contribution.kind, about_key=contribution.about_key, made_at=timezone.now()
        )
        return _join(fold.pk, contribution, keys)
    home, faces, like = homes[0]
    _merge(home, [other for other, _faces, _like in homes[1:]])
    is_face = likeness.is_face(said.text, [face.text for face in faces], like)
    counting.renew([contribution])  # pages fold it under the first of its copies
    return _join(home, contribution, keys if is_face else ())


def place_left_out() -> int:
    """Place every contribution that is in no fold, however old; returns how many.

    Those placed before their words had a key get it too.
    """
    rows = Contribution.objects.public().filter(folded__isnull=True).order_by("pk")
    count = 0
    for row in rows.iterator():
        place(row)
        count += 1
    while know_words():
        pass
    return count


def know_words() -> int:
    """Work out what some members are found by that have it not yet; returns how many."""
    rows = Member.objects.filter(words__isnull=True).order_by().prefetch_related("contribution")
    members = list(rows[:WORKED_OUT])
    for member in members:
        member.words = key_of_words(likeness.read(member.contribution.text))
    Member.objects.bulk_update(members, ["words"])
    return len(members)


def scope_of(contribution: Contribution) -> str:
    """Return what two contributions must share to be copies, whatever their words."""
    parts = (
        contribution.kind,
        contribution.about_key,
        contribution.anchor,
        contribution.stance,
        str(contribution.parent_id or ""),
    )
    return "\n".join(parts)


@transaction.atomic
def confirm(fold: Fold, *, by: User, without: Collection[str] = ()) -> Group:
    """Make a group of the waiting members of a fold but for the numbers in `without`.

    Raises what `contributions.actions.group` raises: NothingChosen, PermissionDenied, ….
    """
    rows = [row for row in queries.waiting(fold) if row.number not in without]
    return contributions.group(rows, by=by, method="likeness")


@transaction.atomic
def group_copies(rows: Sequence[Contribution], *, by: User) -> None:
    """Make a group of those that are in no group and share a fold: they get one decision.

    Raises what `contributions.actions.group` raises.
    """
    alone = {row.pk: row for row in rows if not row.group_id}
    by_fold: dict[int, list[Contribution]] = defaultdict(list)
    for fold, pk in Member.objects.filter(contribution__in=alone).values_list(
        "fold", "contribution"
    ):
        by_fold[fold].append(alone[pk])
    for copies in by_fold.values():
        if len(copies) > 1:
            contributions.group(copies, by=by, method="likeness")


def _read(contribution: Contribution) -> _Said:
    return _Said(_reading(contribution.text), _reading(contribution.wording))


def _whole(contribution: Contribution) -> likeness.Reading:
    return _reading(f"{contribution.text}\n{contribution.wording}")


@lru_cache(maxsize=READINGS_KEPT)  # faces of a fold are compared with whatever comes
def _reading(text: str) -> likeness.Reading:
    return likeness.read(text)


def _homes(said: _Said, keys: Sequence[int]) -> list[tuple[int, list[_Said], float]]:
    """Return the folds a contribution belongs to, the nearest first, with their faces."""
    sharing = Member.objects.filter(keys__number__in=keys).order_by("fold")
    folds = set(sharing.values_list("fold_id", flat=True).distinct()[:CANDIDATES])
    faces: dict[int, list[_Said]] = {}
    for member in faces_of(folds):
        faces.setdefault(member.fold_id, []).append(_read(member.contribution))
    found = [(fold, its, _likeness(said, its)) for fold, its in faces.items()]
    return sorted((each for each in found if each[2]), key=lambda each: (-each[2], each[0]))


def _likeness(said: _Said, faces: Sequence[_Said]) -> float:
    """Both what is said and what is proposed must be copies."""
    return min(
        likeness.fits(said.text, [face.text for face in faces]),
        likeness.fits(said.wording, [face.wording for face in faces]),
    )


def _join(fold: int, contribution: Contribution, keys: Sequence[int]) -> Member:
    words = key_of_words(_reading(contribution.text))
    member = Member.objects.create(
        fold_id=fold, contribution=contribution, is_face=bool(keys), words=words
    )
    Key.objects.bulk_create(Key(number=number, member=member) for number in set(keys))
    return member


def _merge(home: int, others: Sequence[int]) -> None:
    """Let folds that turn out to be one be one; two people may have begun one at once."""
    for other in others:
        if _agree(home, other):
            Member.objects.filter(fold=other).update(fold=home)


def _agree(home: int, other: int) -> bool:
    """Whether each face of one fold belongs to the other."""
    mine, its = ([_read(face.contribution) for face in faces_of({fold})] for fold in (home, other))
    return all(_likeness(said, mine) for said in its)
