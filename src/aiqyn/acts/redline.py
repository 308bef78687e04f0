"""What changed in the words: runs that were kept, added and removed.

Runs are for people: no lone comma or "and" stands kept between changed words, and a text that
has little in common with the former one replaces it as a whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from aiqyn.acts import following
from aiqyn.acts.following import Fate, follow
from aiqyn.acts.model import Act, Paragraph, paragraphs
from aiqyn.acts.redline_words import Piece, matched

What = Literal["kept", "added", "removed"]
Became = following.What | Literal["added", "removed"]  # "orphan" is said as "removed" here

# Numbers with their fractions, dates and hyphens (12-1, 01.01.2026, 10 000) are one word;
# so are words with a hyphen or an apostrophe. What is left is one mark, or one stretch of space.
_PIECE = re.compile(
    r"\d+(?:[.,:/-]\d+|[\u00a0 ]\d{3}(?!\d))*\)?|[^\W\d]\w*(?:['’ʼ-]\w+)*|\s+|[^\w\s]"
)
_IS_WORD = re.compile(r"\w")
ISLAND = 2  # words; fewer kept between larger changes are shown as changed too
WHOLE = 0.3  # share of words kept below which the text is replaced as a whole

_UNIFIED = {ord(mark): '"' for mark in "«»“”„‟"} | {ord(mark): "-" for mark in "‐‑‒–—−"}


class Run(msgspec.Struct, frozen=True):
    """Words that were kept, added or removed.

    What was kept and removed is the old text, to the letter; what was kept and added the new.
    """

    what: What
    text: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph before and after."""

    what: Became
    old: tuple[Paragraph, ...]  # several where they were merged; none of an added one
    new: tuple[Paragraph, ...]  # several where it was split; none of a removed one
    runs: tuple[Run, ...]


def compare(old: str, new: str) -> tuple[Run, ...]:
    """Return the words of two texts as runs, removed ones before added ones."""
    ours, theirs = _PIECE.findall(old), _PIECE.findall(new)
    pieces = _without_islands(matched(ours, theirs))
    if _share_kept(pieces) < WHOLE:
        pieces = [("removed", ours), ("added", theirs)]
    return tuple(_joined(pieces))


def proposal(text: str, wording: str) -> tuple[Run, ...]:
    """Return the wording somebody proposes for `text` as runs.

    Quotes, dashes and spaces typed another way are no proposal: they are kept as `text` has them.
    """
    wording = " ".join(wording.split())
    ours, theirs = _PIECE.findall(text.strip()), _PIECE.findall(wording)
    folded = [_unified(side) for side in (ours, theirs)]
    pieces, old, new = [], iter(ours), iter(theirs)
    for what, words in _without_islands(matched(*folded)):
        before = [next(old) for _ in words] if what != "added" else []
        after = [next(new) for _ in words] if what != "removed" else []
        pieces.append((what, before or after))
    if _share_kept(pieces) < WHOLE:
        pieces = [("removed", ours), ("added", theirs)]
    return tuple(_joined(pieces))


def acts(old: Act, new: Act) -> tuple[Change, ...]:
    """Return what became of an act, paragraph by paragraph, in the order of the new text.

    What was removed stands where it stood: after what it followed.
    """
    before, after = paragraphs(old), paragraphs(new)
    return changes(before, after, follow(before, after))


def changes(
    old: Sequence[Paragraph], new: Sequence[Paragraph], fates: Sequence[Fate]
) -> tuple[Change, ...]:
    """Return the changes behind the fates of `old`, as `acts` orders them."""
    ours = {paragraph.eid: paragraph for paragraph in old}
    theirs = {paragraph.eid: paragraph for paragraph in new}
    came: dict[str, list[Fate]] = {}
    for fate in fates:
        for eid in fate.new[:1]:
            came.setdefault(eid, []).append(fate)
    others = {eid for fate in fates for eid in fate.new[1:]}
    gone = _removed_after(fates, ours)
    told = list(gone.get("", ()))
    for paragraph in new:
        from_here = came.get(paragraph.eid, [])
        if from_here or paragraph.eid not in others:
            told.append(_change(from_here, paragraph, ours, theirs))
        for fate in from_here:
            told.extend(gone.get(fate.old, ()))
    return tuple(told)


def _removed_after(fates: Sequence[Fate], ours: dict[str, Paragraph]) -> dict[str, list[Change]]:
    """Return removed paragraphs by the eId of the one before them that is still there."""
    gone: dict[str, list[Change]] = {}
    last = ""
    for fate in fates:
        if fate.new:
            last = fate.old
            continue
        paragraph = ours[fate.old]
        runs = compare(paragraph.text, "")
        change = Change(what="removed", old=(paragraph,), new=(), runs=runs)
        gone.setdefault(last, []).append(change)
    return gone


def _change(
    fates: Sequence[Fate],
    paragraph: Paragraph,
    ours: dict[str, Paragraph],
    theirs: dict[str, Paragraph],
) -> Change:
    if not fates:
        return Change(what="added", old=(), new=(paragraph,), runs=compare("", paragraph.text))
    before = tuple(ours[fate.old] for fate in fates)
    after = tuple(theirs[eid] for eid in fates[0].new)
    return Change(
        what=fates[0].what, old=before, new=after, runs=compare(_text(before), _text(after))
    )


def _text(told: Sequence[Paragraph]) -> str:
    return "\n".join(paragraph.text for paragraph in told)


def _unified(words: Sequence[str]) -> list[str]:
    return [" " if word.isspace() else word.translate(_UNIFIED) for word in words]


def _share_kept(pieces: Sequence[Piece]) -> float:
    """Return the share of words kept, of the longer text; 1 where there are no words."""
    counts = {"kept": 0, "added": 0, "removed": 0}
    for what, words in pieces:
        counts[what] += _words_in(words)
    kept = counts["kept"]
    if not (counts["added"] and counts["removed"]):
        return 1.0
    return kept / (kept + max(counts["added"], counts["removed"]))


def _words_in(words: Sequence[str]) -> int:
    return sum(1 for word in words if _IS_WORD.search(word))


def _without_islands(found: Iterable[Piece]) -> list[Piece]:
    """Make small kept pieces between changes part of the change: first marks, then words."""
    pieces = list(_coalesced(found))
    for most in (0, ISLAND):
        calm: list[Piece] = []
        for place, (what, words) in enumerate(pieces):
            if what == "kept" and _is_island(pieces, place, most):
                calm += [("removed", words), ("added", words)]
            else:
                calm.append((what, words))
        pieces = list(_coalesced(calm))
    return pieces


def _is_island(pieces: Sequence[Piece], place: int, most: int) -> bool:
    """Whether a kept piece of `most` words at most is shorter than what changed around it."""
    kept = _words_in(pieces[place][1])
    before = [_words_in(words) for _, words in pieces[max(0, place - 2) : place]]
    after = [_words_in(words) for _, words in pieces[place + 1 : place + 3]]
    return kept <= most and min(max(before, default=0), max(after, default=0)) > kept


def _coalesced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbouring changes: everything removed, then everything added."""
    for is_kept, group in groupby(pieces, key=lambda piece: piece[0] == "kept"):
        members = list(group)
        orders: tuple[What, ...] = ("kept",) if is_kept else ("removed", "added")
        for what in orders:
            words = [word for told, some in members if told == what for word in some]
            if words:
                yield what, words


def _joined(pieces: Sequence[Piece]) -> Iterator[Run]:
    for what, words in pieces:
        yield Run(what, "".join(words))
