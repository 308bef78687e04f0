"""Comments on drafts, as the contributions keep them: counted, placed beside paragraphs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import QuerySet

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.models import Contribution, Part, Participant
from aiqyn_portal.contributions.models.contributions import ContributionQuerySet
from aiqyn_portal.sections.drafts.models import Draft, Fate, Paragraph, Version

KIND = "draft_comment"
WHOLE = ""  # the anchor of a comment on the draft as a whole
PLACES_KEPT = 1024


def comments(draft: Draft) -> ContributionQuerySet:
    """Everything said about a draft, replies too."""
    return said_of(draft.slug)


def said_of(slug: str) -> ContributionQuerySet:
    """The same, by the slug of the draft."""
    return Contribution.objects.filter(kind=KIND, about_key=slug)


def undecided(draft: Draft) -> QuerySet[Contribution]:
    """What waits for a decision, replies too, the oldest first."""
    return contributions.undecided(KIND, draft.slug)


def commenters(draft: Draft) -> QuerySet[User]:
    """Whoever has commented on the draft."""
    took_part = Participant.objects.filter(kind=KIND, about_key=draft.slug)
    return User.objects.filter(pk__in=took_part.values("user"), is_active=True)


@dataclass(frozen=True)
class Placed:
    """Where comments stand in a version: by the key of a paragraph, and those without one."""

    anchors: Mapping[int, list[str]] = field(default_factory=dict)  # key → anchors shown there
    orphans: list[str] = field(default_factory=list)  # anchors whose paragraph is gone


def used(draft: Draft) -> tuple[str, ...]:
    """Anchors that bear a comment, or bore one."""
    rows = Part.objects.filter(kind=KIND, about_key=draft.slug).exclude(anchor=WHOLE)
    return tuple(rows.order_by("anchor").values_list("anchor", flat=True))


def placed(draft: Draft, version: Version) -> Placed:
    """Follow every anchor that bears a comment to its paragraph in `version`.

    An anchor is the key of a paragraph, as text; keys live on from version to version, and the
    fates say where those went that do not.
    """
    return placed_in(version.pk, str(version.published_at), used(draft))


@lru_cache(maxsize=PLACES_KEPT)
def placed_in(version: int, _published_at: str, used: tuple[str, ...]) -> Placed:
    """The same for the version of this primary key; a published one never changes."""
    return _placed(Version.objects.get(pk=version), [each for each in used if each.isdecimal()])


def _placed(version: Version, anchors: list[str]) -> Placed:
    alive = _alive(version, map(int, anchors))
    fates = _fates(version, {int(anchor) for anchor in anchors} - alive)
    found: dict[int, list[str]] = {}
    orphans = []
    for anchor in sorted(anchors, key=int):
        key = int(anchor)
        here = [key] if key in alive else sorted(_followed(key, fates, version))
        for each in here:
            found.setdefault(each, []).append(anchor)
        if not here:
            orphans.append(anchor)
    return Placed(found, orphans)


def _alive(version: Version, keys: Iterable[int]) -> set[int]:
    rows = Paragraph.objects.filter(version=version, key__in=set(keys))
    return set(rows.values_list("key", flat=True))


def _fates(version: Version, lost: set[int]) -> dict[tuple[int, int], list[int]]:
    """(number of a version, key) → what the key became there; only asked where keys were lost."""
    if not lost:
        return {}
    rows = Fate.objects.filter(
        version__draft=version.draft_id,
        version__number__lte=version.number,
        version__published_at__isnull=False,
    )
    return {(row.version.number, row.key): row.became for row in rows.select_related("version")}


def _followed(key: int, fates: Mapping[tuple[int, int], list[int]], version: Version) -> set[int]:
    """Keys of `version` that a lost key became, over all versions between."""
    keys = {key}
    for number in range(2, version.number + 1):
        after: set[int] = set()
        for each in keys:
            after.update(fates.get((number, each), [each]))
        keys = after
    return keys & _alive(version, keys) if keys else set()


def counts(draft: Draft) -> contributions.Counts:
    """How many comments the draft has, and what became of them."""
    return contributions.counts(KIND, [draft.slug])[draft.slug]


def anchors_of(draft: Draft, key: int) -> list[str]:
    """Anchors whose comments belong to a paragraph: its own, and those merged into it."""
    if draft.newest is None:
        return [str(key)]
    found = placed(draft, draft.newest).anchors.get(key, [])
    return list(dict.fromkeys([str(key), *found]))


def became(draft: Draft, key: int) -> list[Paragraph]:
    """Paragraphs of the newest version that a lost one went into; none for an orphan."""
    if draft.newest is None:
        return []
    keys = _followed(key, _fates(draft.newest, {key}), draft.newest)
    return list(draft.newest.paragraphs.filter(key__in=keys))
