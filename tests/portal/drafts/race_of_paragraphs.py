"""People act on two paragraphs at once: `python -m tests.portal.drafts.race_of_paragraphs`.

Comments on two paragraphs are put together by one officer while the other decides about one half,
people reply and vote, and the pages are read all the time. Prints one JSON object: how the threads
ended, and which pages, once all is done, say another thing than when they are drawn anew.
"""

import json
import re
import sys
import threading
from collections.abc import Callable
from typing import Any

from tests.portal.evaluation.race import race  # sets Django up

# the rest needs Django
from django.db import transaction  # isort: skip
from django.test import Client  # isort: skip

from aiqyn_portal.contributions import actions as contributions  # isort: skip
from aiqyn_portal.contributions.models import Contribution  # isort: skip
from aiqyn_portal.sections.drafts import kept_comments  # isort: skip
from aiqyn_portal.sections.drafts.models import Draft  # isort: skip
from tests import factories  # isort: skip
from tests.portal.drafts.projects import comment, decided, opened  # isort: skip

PLACES = ("p/1/", "p/2/", "comments/")
PAIRS = 8


def main() -> dict[str, Any]:
    """Every pair of comments races on its own, in front of readers."""
    body = factories.BodyFactory(code="kz-akm-shymkent")
    officers = [factories.officer(body), factories.UserFactory(username="second-officer")]
    factories.MembershipFactory(user=officers[1], role="officer", body=body)
    draft = opened(body, officers[0])
    ended: set[str] = set()
    found = []
    for n in range(PAIRS):
        authors = [factories.UserFactory(username=f"author-{n}-{key}") for key in "12"]
        rows = [
            comment(draft, author, key, text=f"{n}: бұл {key}-тармақ түсініксіз жазылған ғой.")
            for author, key in zip(authors, "12", strict=True)
        ]
        reader = factories.UserFactory(username=f"reader-{n}")
        ended |= set(in_front_of_readers(draft.slug, acts(draft, rows, officers, reader)))
        found += [f"{n}: {place}" for place in stale(draft.slug)]
    return {"ended": sorted(ended), "stale": found}


def acts(
    draft: Draft, rows: list[Contribution], officers: list[Any], reader: Any
) -> list[Callable[[], object]]:
    """What happens to two comments at one moment."""
    return [
        lambda: contributions.group(fresh(rows), by=officers[0]),
        lambda: decided(draft, fresh(rows[1:]), officers[1]),
        lambda: comment(draft, reader, "2", text="Иә, дұрыс.", parent=rows[1]),
        lambda: contributions.support(rows[1], reader, 1),
    ]


def fresh(rows: list[Contribution]) -> list[Contribution]:
    return list(Contribution.objects.filter(pk__in=[row.pk for row in rows]))


def in_front_of_readers(slug: str, acts: list[Callable[[], object]]) -> list[str]:
    """Let all of them act at once while two read."""
    is_over = threading.Event()
    waiting = iter(acts)
    lock = threading.Lock()

    def act() -> None:
        with lock:
            mine = next(waiting, None)
        if mine is None:
            read_until(is_over, slug)
            return
        try:
            with transaction.atomic():
                mine()
        finally:
            with lock:
                left.pop()
                if not left:
                    is_over.set()

    left = [None] * len(acts)
    return race(act, racers=len(acts) + 2)


def read_until(is_over: threading.Event, slug: str) -> None:
    while not is_over.is_set():
        for place in PLACES:
            page(slug, place)


def page(slug: str, place: str) -> str:
    answer = Client().get(f"/en/drafts/{slug}/{place}")
    if answer.status_code != 200:
        raise RuntimeError(f"{place}: {answer.status_code}")
    html: str = answer.content.decode()
    return re.sub(r'value="[^"]{30,}"', "", html.partition("<main")[2])


def stale(slug: str) -> list[str]:
    """Pages that say another thing than when drawn anew."""
    kept = {place: page(slug, place) for place in PLACES}
    kept_comments.drawn_threads.cache_clear()
    kept_comments.drawn_threads_pieces.clear()
    return [place for place in PLACES if page(slug, place) != kept[place]]


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
