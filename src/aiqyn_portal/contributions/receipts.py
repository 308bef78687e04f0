"""Receipts and roots, as files that `aiqyn verify` reads; and the ledger held against itself."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from aiqyn import ledger
from aiqyn.ledger import commitments, receipts, trees
from aiqyn_portal.contributions import sealing, standing
from aiqyn_portal.contributions.models import Contribution, Erasable, Root, Seal, Step

PUBLIC = ("text", "wording", "words")  # what a receipt opens to everybody
OWN = (*PUBLIC, "original", "name", "by")  # and to the author
TREES_KEPT = 8  # days


def receipt(contribution: Contribution, *, is_own: bool) -> receipts.Receipt:
    """Return the receipt of a contribution: with everything for its author, else what is public."""
    steps = contribution.steps.select_related("body", "erasable", "seal").order_by("number")
    made = list(steps)
    previous = _links_before(made)
    published = Root.objects.in_bulk([step.seal.day for step in made if _is_sealed(step)])
    shown = OWN if is_own else PUBLIC if contribution.is_public else ()
    return receipts.Receipt(
        version=receipts.VERSION,
        portal=settings.PUBLIC_ADDRESS,
        contribution=contribution.number,
        issued_at=timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
        steps=tuple(_step(each, contribution, previous, published, shown) for each in made),
    )


def roots() -> receipts.Roots:
    """Return all published roots, oldest first."""
    rows = Root.objects.order_by("day")
    return receipts.Roots(
        version=receipts.VERSION,
        portal=settings.PUBLIC_ADDRESS,
        roots=tuple(
            receipts.Root(day=row.day, first=row.first, size=row.size, root=row.root, link=row.link)
            for row in rows
        ),
    )


def _is_sealed(step: Step) -> bool:
    return hasattr(step, "seal")


def _links_before(steps: list[Step]) -> dict[int, str]:
    """For each sealed position, the link before it."""
    wanted = [step.seal.position - 1 for step in steps if _is_sealed(step)]
    links = dict(Seal.objects.filter(position__in=wanted).values_list("position", "link"))
    return {position + 1: links.get(position, ledger.GENESIS) for position in wanted}


def _step(
    step: Step,
    contribution: Contribution,
    previous: Mapping[int, str],
    published: Mapping[date, Root],
    shown: tuple[str, ...],
) -> receipts.Step:
    record = step.as_record(contribution.number, step.body.code if step.body else "")
    opened = {
        name: receipts.Opened(salt=salt, value=value)
        for name, (salt, value) in openings(step, contribution).items()
        if name in shown and not _is_between(step, name, shown)
    }
    if not _is_sealed(step):
        return receipts.Step(record=record, opened=opened)
    seal = step.seal
    root = published.get(seal.day)
    return receipts.Step(
        record=record | {"position": seal.position},
        previous=previous[seal.position],
        link=seal.link,
        opened=opened,
        proof=_proof(seal, root) if root else None,
    )


def _is_between(step: Step, name: str, shown: tuple[str, ...]) -> bool:
    """Whether it is between the author and the moderators: what an appeal says."""
    return name == "words" and step.role == Step.Role.AUTHOR and shown != OWN


def _proof(seal: Seal, root: Root) -> receipts.Proof:
    path = trees.path(_tree(root.day, root.root), seal.position - root.first)
    return receipts.Proof(day=root.day, first=root.first, size=root.size, path=tuple(path))


@lru_cache(maxsize=TREES_KEPT)
def _tree(day: date, _root: str) -> list[list[bytes]]:
    """The tree of a day whose root is out: it never changes."""
    return trees.levels(sealing.links_of(day))


def openings(step: Step, contribution: Contribution) -> dict[str, tuple[str, Any]]:
    """Return {"text": (salt, value), …} of what a step committed to and is still kept.

    A text is kept as it stands now: of earlier texts the salts were erased.
    """
    erasable: Erasable | None = getattr(step, "erasable", None)
    if erasable is None:
        return {}
    values = {
        "text": contribution.text,
        "wording": contribution.wording,
        "original": contribution.original_text,
        "name": contribution.display_name,
        "by": erasable.by.get_username() if erasable.by else "",
        "words": dict(erasable.words),
    }
    return {name: (salt, values[name]) for name, salt in erasable.salts.items()}


def first_broken() -> str:
    """Return what breaks the ledger first, in words for an operator; "" where it holds.

    Every link, every root, every text and name that is still kept; that what is no longer kept
    was erased by a step that says so; and that pages show what the steps say.
    """
    previous = ledger.GENESIS
    for position, step in enumerate(_sealed_steps(), 1):
        seal = step.seal
        body = step.body.code if step.body else ""
        record = step.as_record(step.contribution.number, body) | {"position": position}
        previous = ledger.link(previous, record)
        if (seal.position, seal.link) != (position, previous):
            return f"step {position} does not follow ({step.contribution.number}/{step.number})"
        for name, (salt, value) in openings(step, step.contribution).items():
            if not commitments.opens(step.commitments.get(name, ""), salt, value):
                return f"{name} of {step.contribution.number}/{step.number} was changed"
    return _first_broken_root() or standing.first_untold()


def _sealed_steps() -> Iterator[Step]:
    steps = Step.objects.filter(seal__isnull=False).order_by("seal__position")
    linked = steps.select_related("seal", "erasable__by", "contribution", "body")
    return linked.iterator(chunk_size=1000)


def _first_broken_root() -> str:
    held = roots().roots
    broken = receipts.first_broken_root(held)
    if broken:
        return f"the root of {broken} does not follow"
    for root in held:
        if trees.root(sealing.links_of(root.day)) != root.root:
            return f"the root of {root.day} is not that of its steps"
    return ""
