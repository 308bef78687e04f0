"""Two people press the same button at once: `python -m tests.portal.evaluation.race`.

A process of its own, because threads need a database that is not in memory. Prints one
JSON object: scenario → how each of the racing threads ended, sorted, and what was left.
"""

import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 — Django first

from aiqyn_portal.accounts import actions as people  # noqa: E402
from aiqyn_portal.accounts import queries as people_queries  # noqa: E402
from aiqyn_portal.accounts.models import Membership, User  # noqa: E402
from aiqyn_portal.base.fields import Phrase  # noqa: E402
from aiqyn_portal.evaluation import actions  # noqa: E402
from aiqyn_portal.evaluation.models import Answer, Entry, Objection, Rating, Round  # noqa: E402
from tests import factories  # noqa: E402
from tests.portal.evaluation.trial import (  # noqa: E402
    AFTER,
    AT,
    CRITERIA,
    DEADLINE,
    figure,
    plan,
)

RACERS = 4


def race(act: Callable[[], object], racers: int = RACERS) -> list[str]:
    """Start `act` in several threads at one moment; "done" or the name of the refusal of each."""
    gate = threading.Barrier(racers)
    ended: list[str] = []

    def run() -> None:
        gate.wait()
        try:
            act()
        except Exception as problem:  # noqa: BLE001 — whatever it is, the test must see it
            ended.append(type(problem).__name__)
        else:
            ended.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def main() -> dict[str, Any]:
    """Walk one round from its opening to a correction, racing at every step."""
    body = factories.BodyFactory(code="kz-akm-shymkent")
    evaluator, officer = factories.evaluator(), factories.officer(body)
    found: dict[str, Any] = {}

    found["open"] = race(lambda: actions.open_round(plan(body), by=evaluator, at=AT))
    round_ = Round.objects.get()
    entry = round_.entries.select_related("round", "body").get()

    found["answer"] = race(lambda: state(entry, evaluator))
    found["answers"] = Answer.objects.count()

    found["send"] = race(
        lambda: actions.send_to_bodies(round_, objections_until=DEADLINE, by=evaluator, at=AT)
    )

    complaint = actions.Complaint(item="open_data", text="Қате.")
    found["object"] = race(lambda: actions.file_objection(entry, complaint, by=officer, at=AT))
    objection = Objection.objects.get()
    verdict = actions.Verdict(decision=Objection.Decision.DECLINED, answer="Жоқ.")
    found["verdict"] = race(
        lambda: actions.answer_objection(objection, verdict, by=evaluator, at=AT)
    )

    found["publish"] = race(lambda: actions.publish(round_, by=evaluator, at=AFTER))
    final = Rating.objects.get(stage="final")
    change, reason = [figure("open_data", "20")], Phrase(kk="Қате.")
    found["correct"] = race(
        lambda: actions.correct(final, change, reason=reason, by=evaluator, at=AFTER)
    )
    found["ratings"] = sorted(Rating.objects.values_list("stage", flat=True))
    found["leave"] = leaving(give_up)
    Membership.objects.filter(role=Membership.Role.ADMINISTRATOR).delete()
    found["close"] = leaving(close_account)
    return found


def state(entry: Entry, evaluator: User) -> None:
    for criterion in CRITERIA:
        actions.answer(entry, figure(criterion, "10"), by=evaluator, at=AT)


def give_up(membership: Membership) -> None:
    people.revoke(membership, by=membership.user, reason="Ауыстым")


def close_account(membership: Membership) -> None:
    people.deactivate(membership.user, by=membership.user, reason="Ауыстым")


def leaving(act: Callable[[Membership], None]) -> list[Any]:
    """Two administrators leave in the same moment; one must stay."""
    role = Membership.Role.ADMINISTRATOR
    both = [
        factories.MembershipFactory(user=factories.UserFactory(username=name), role=role)
        for name in ("a", "b")
    ]
    waiting = list(both)

    def leave() -> None:
        act(waiting.pop())

    return [race(leave, len(both)), people_queries.administrators().count()]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
