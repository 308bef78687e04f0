"""The index made anew, kind by kind. Safe to stop and to run again; readers are not disturbed."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction

from aiqyn_portal.search import index
from aiqyn_portal.search.kinds import Draft, Kind, kinds
from aiqyn_portal.search.models import Shelf, Shown, Word
from aiqyn_portal.search.terms import words_of


class Report(NamedTuple):
    written: int  # entries that were missing or different
    removed: int  # entries of things that are no more


def rebuild() -> Iterator[tuple[str, Report]]:
    for kind in kinds():
        yield kind.code, _rebuild(kind)
    _forget_words()
    Shelf.objects.filter(entry=None).delete()


def _rebuild(kind: Kind) -> Report:
    keys: set[str] = set()

    def seen() -> Iterator[Draft]:
        for draft in kind.drafts():
            keys.add(draft.key)
            yield draft

    written = index.put_many(seen())
    return Report(written, index.remove_kind_except(kind.code, keys))


@transaction.atomic
def _forget_words() -> None:
    """Take out the words that no title has any more."""
    used: set[str] = set()
    for title in Shown.objects.values_list("title", flat=True).iterator(chunk_size=1000):
        used |= words_of(title)
    stale = [
        pk for pk, word in Word.objects.values_list("pk", "word").iterator() if word not in used
    ]
    for start in range(0, len(stale), index.BATCH):
        Word.objects.filter(pk__in=stale[start : start + index.BATCH]).delete()
