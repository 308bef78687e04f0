"""What must hold once the crowd has gone: asked of the database, by nobody who wrote to it."""

import re
import time
from collections import Counter
from pathlib import Path

from django.db.models import Count, Q

from aiqyn_portal.contributions import receipts
from aiqyn_portal.contributions.grouping.models import Member
from aiqyn_portal.contributions.models import Contribution, Pending, Seal, Step
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.notices.models import Delivery, Letter, Message
from aiqyn_portal.search.models import Entry
from bench.crowd_people import Seen

QUIET_S = 45.0  # so long workers may take to see to what a killed process left
MESSAGE_ID = re.compile(r"^Message-ID: (\S+)", re.MULTILINE)


def settle() -> float:
    """Wait until nothing waits any more; return how many seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < QUIET_S and _waits():
        time.sleep(0.5)
    return time.monotonic() - began


def _waits() -> bool:
    alone = Contribution.objects.public().filter(folded__isnull=True)
    letters = Letter.objects.filter(state__in=["waiting", "claimed", "handed"])
    return Pending.objects.exists() or alone.exists() or letters.exists()


def broken(seen: Seen, before: int, log: Path) -> dict[str, int | str]:
    """Every promise and how often it is broken: 0, or "" for the ledger, is what is wanted."""
    new = Contribution.objects.filter(pk__gt=before)
    kept = {row.form_key: row for row in new}
    numbers = {key: row.number for key, row in kept.items()}
    return {
        "acknowledged and lost": sum(key not in kept for key in seen.acknowledged),
        "acknowledged under another number": sum(
            key in numbers and numbers[key] != number for key, number in seen.acknowledged.items()
        ),
        "forms that gave two contributions": new.count() - len(kept),
        "texts kept twice": sum(
            times > 1 for times in Counter(row.text for row in kept.values()).values()
        ),
        "of forms nobody sent": sum(key not in seen.sent for key in kept),
        "steps without a seal": Step.objects.filter(seal__isnull=True).count(),
        "seals beside steps": Seal.objects.count() - Step.objects.count(),
        "ledger": receipts.first_broken(),
        "without first two steps": new.annotate(
            first=Count("steps", filter=Q(steps__what__in=["received", "registered"]))
        )
        .exclude(first=2)
        .count(),
        "without their one clock, or due day": _without_clock(new),
        "not once in the search": _not_once(Counter(_entries()), numbers.values()),
        "not in one fold": new.public().count()
        - Member.objects.filter(contribution__in=new).count(),
        **_of_notices(new, log),
    }


def _entries() -> list[str]:
    return list(Entry.objects.filter(kind="contribution").values_list("key", flat=True))


def _not_once(found: Counter[str], wanted: object) -> int:
    return sum(found[number] != 1 for number in wanted)  # type: ignore[attr-defined]


def _without_clock(new: object) -> int:
    wrong = 0
    clocks = Counter(Deadline.objects.values_list("subject", flat=True))
    for row in new:  # type: ignore[attr-defined]
        has_one = clocks[row.subject] == (1 if row.kind == "question" else 0)
        wrong += not (has_one and row.due_on)
    return wrong


def _of_notices(new: object, log: Path) -> dict[str, int | str]:
    """A decision is told once: one message, one delivery to the author, one letter."""
    decided = [row for row in new if row.outcome]  # type: ignore[attr-defined]
    keys = {f"contribution.decided:{row.number}:": row for row in decided}
    told: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for key in Message.objects.filter(code="contribution.decided").values_list("key", flat=True):
        told[key.rpartition(":")[0] + ":"] += 1
    for key, reader in Delivery.objects.filter(message__code="contribution.decided").values_list(
        "message__key", "reader__user"
    ):
        head = key.rpartition(":")[0] + ":"
        if head in keys and keys[head].author_id == reader:
            heard[head] += 1
    posted = Counter(MESSAGE_ID.findall(log.read_text(errors="replace")))
    return {
        "decisions not told once": sum(told[key] != 1 for key in keys),
        "authors who did not hear once": sum(heard[key] != 1 for key in keys),
        "letters that left twice": sum(times > 1 for times in posted.values()),
        "letters nobody knows of (killed while handing over)": Letter.objects.filter(
            state="unsure"
        ).count(),
        "letters left lying": Letter.objects.filter(state__in=["waiting", "claimed"]).count(),
    }
