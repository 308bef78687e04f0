"""Keeping the index: an app calls put and remove in the transaction that changes its thing."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Q

from aiqyn import words
from aiqyn.text import LANGUAGES
from aiqyn.words.letters import fold
from aiqyn_portal.search.engines import engine
from aiqyn_portal.search.kinds import Draft
from aiqyn_portal.search.models import Entry, Shelf, Shown, Word
from aiqyn_portal.search.terms import terms_of, words_of

BATCH = 500  # drafts written at once
LONGEST_SUMMARY = 1_000  # characters kept to be shown
LABEL = ("kind", "body_id", "year", "status", "languages")
MOST_COUNTED = 10_000  # words of a title
VERSION = 1  # of how words are filed; with another, a rebuild writes every entry again


def put(draft: Draft) -> None:
    """Enter a thing, or bring its entry up to date; does nothing where nothing has changed."""
    put_many([draft])


def remove(kind: str, key: str) -> None:
    """Take a thing out; does nothing where it is not in."""
    _forget(list(Entry.objects.filter(kind=kind, key=key).values_list("pk", flat=True)))


def remove_kind_except(kind: str, keys: set[str]) -> int:
    """Take out what is of this kind and not in `keys`; returns how many things that was."""
    rows = Entry.objects.filter(kind=kind).values_list("pk", "key")
    gone = [pk for pk, key in rows.iterator() if key not in keys]
    _forget(gone)
    return len(gone)


def put_many(drafts: Iterable[Draft]) -> int:
    """Enter many things, batch by batch; returns how many were written."""
    return sum(_write(batch) for batch in _batches(drafts))


def _batches(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Split into batches; of two drafts of one thing in a batch the later holds."""
    batch: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        batch[draft.kind, draft.key] = draft
        if len(batch) == BATCH:
            yield list(batch.values())
            batch = {}
    yield list(batch.values())


@transaction.atomic
def _write(drafts: Sequence[Draft]) -> int:
    if not drafts:
        return 0
    known = _known(drafts)
    changed = [
        (draft, mark)
        for draft, mark in ((draft, digest(draft)) for draft in drafts)
        if known.get((draft.kind, draft.key), (None, ""))[1] != mark
    ]
    ids = [known.get((draft.kind, draft.key), (None, ""))[0] for draft, _ in changed]
    _forget([pk for pk in ids if pk])
    entries, rows = [], []
    for (draft, mark), pk in zip(changed, ids, strict=True):
        terms = terms_of(draft)
        entries.append(_entry(draft, pk, mark, terms.title_words))
        rows.append(terms)
    _shelve(entries, [draft for draft, _ in changed])
    Entry.objects.bulk_create(entries)
    pairs = list(zip(entries, changed, strict=True))
    Shown.objects.bulk_create(_shown(entry, draft) for entry, (draft, _) in pairs)
    engine().write([(entry.pk, terms) for entry, terms in zip(entries, rows, strict=True)])
    _learn(draft for draft, _ in changed)
    return len(changed)


def _known(drafts: Sequence[Draft]) -> dict[tuple[str, str], tuple[int | None, str]]:
    """Return the number and the digest of those that are entered already."""
    kinds, keys = {draft.kind for draft in drafts}, {draft.key for draft in drafts}
    found = Entry.objects.filter(kind__in=kinds, key__in=keys)  # by key alone all would be read
    rows = found.values_list("kind", "key", "pk", "digest")
    return {(kind, key): (pk, mark) for kind, key, pk, mark in rows}


def digest(draft: Draft) -> str:
    """Return the mark of all that is indexed of a draft."""
    told = json.dumps(
        [VERSION, words.edition(), asdict(draft)], ensure_ascii=False, sort_keys=True, default=str
    )
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(draft: Draft, pk: int | None, mark: str, title_words: int) -> Entry:
    """Return the row; an entry written anew keeps its number, and so its place among equals."""
    return Entry(
        pk=pk,
        kind=draft.kind,
        key=draft.key,
        day=draft.day.toordinal() if draft.day else 0,
        title_words=MOST_COUNTED if draft.is_reference else min(title_words, MOST_COUNTED),
        digest=mark,
    )


def _shelve(entries: Sequence[Entry], drafts: Sequence[Draft]) -> None:
    """Give each entry its shelf. Two writers at once may make one twice: both count as one."""
    bodies = {draft.body_id for draft in drafts}
    near = Shelf.objects.filter(
        Q(body__in=bodies - {None}) | Q(body=None), kind__in={draft.kind for draft in drafts}
    )
    known = {tuple(label): pk for pk, *label in near.values_list("pk", *LABEL)}
    for entry, draft in zip(entries, drafts, strict=True):
        label = _label(draft)
        if label not in known:
            known[label] = Shelf.objects.create(**dict(zip(LABEL, label, strict=True))).pk
        entry.shelf_id = known[label]


def _label(draft: Draft) -> tuple[str, int | None, int, str, str]:
    languages = " ".join(code for code in LANGUAGES if draft.title.get(code))
    year = draft.day.year if draft.day else 0
    return draft.kind, draft.body_id, year, draft.status, languages


def _shown(entry: Entry, draft: Draft) -> Shown:
    return Shown(
        entry=entry,
        title={code: storable(said) for code, said in draft.title.items()},
        summary={code: storable(said[:LONGEST_SUMMARY]) for code, said in draft.summary.items()},
        view=draft.view,
        arguments=dict(draft.arguments),
    )


def storable(said: str) -> str:
    """Return a text without what PostgreSQL cannot keep: NUL, halves of characters."""
    return said.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _forget(ids: Sequence[int]) -> None:
    if ids:
        engine().erase(ids)
        Entry.objects.filter(pk__in=ids).delete()


def _learn(drafts: Iterable[Draft]) -> None:
    """Keep the words of titles; a word no title has any more goes when the index is rebuilt."""
    found = sorted(set().union(*(words_of(draft.title) for draft in drafts if draft.is_taught)))
    Word.objects.bulk_create(
        (Word(word=word, folded=fold(word)) for word in found), ignore_conflicts=True
    )
