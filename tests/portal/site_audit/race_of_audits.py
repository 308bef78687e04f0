"""Two people press the same button at once: `python -m tests.portal.site_audit.race_of_audits`.

A process of its own, as `tests.portal.evaluation.race`; the triggers that freeze findings are on.
"""

import json
import sys
from typing import Any

from aiqyn.chain import Outcome
from tests.portal.evaluation.race import race  # sets Django up: what follows needs it

from aiqyn_portal.sections.site_audit import actions, tasks  # isort: skip
from aiqyn_portal.sections.site_audit.actions.replies import Verdict, Words  # isort: skip
from aiqyn_portal.sections.site_audit.actions.reviews import Opinion  # isort: skip
from aiqyn_portal.accounts.models import User  # isort: skip
from aiqyn_portal.evidence.models import Audit  # isort: skip
from aiqyn_portal.sections.site_audit.models import Reply, Review, Ruling, Run  # isort: skip
from tests import factories  # isort: skip
from tests.portal.evaluation.trial import AT  # isort: skip
from tests.portal.site_audit.audited import on_paper  # isort: skip


def main() -> dict[str, Any]:
    """Ask, cancel, dispute and rule, racing at every step."""
    body = factories.BodyFactory(code="kz-akm-shymkent", site="https://a.example/")
    evaluator, officer = factories.evaluator(), factories.officer(body)
    row = on_paper(body).findings.get(rule="P004")
    found: dict[str, Any] = {}

    found["ask"] = race(lambda: tasks.start_run(body, by=evaluator, at=AT))
    run = Run.objects.get()
    found["cancel"] = race(lambda: actions.cancel(run, by=evaluator, at=AT))
    found["recheck"] = race(lambda: tasks.start_recheck(row, by=officer, at=AT))

    words = Words(text="Сурет безендіру үшін тұр.")
    found["dispute"] = race(lambda: actions.dispute(row, words, by=officer, at=AT))
    reply = Reply.objects.get()
    verdict = Verdict(
        decision=Ruling.Decision.UPHELD, reason="Иә, солай.", outcome=Outcome.INAPPLICABLE
    )
    found["rule"] = race(lambda: actions.rule_on(reply, verdict, by=evaluator, at=AT))
    found["late"] = race(lambda: actions.dispute(row, words, by=officer, at=AT))
    parts = iter(("news", "forum", "languages", "contacts"))
    found["review"] = race(lambda: mark(row.audit, next(parts), evaluator))
    found["marked"] = sorted(Review.objects.get().marks)
    counting = body.findings.counting().filter(rule="P004")
    found["counts"] = list(counting.values_list("outcome", flat=True))
    return found


def mark(audit: Audit, aspect: str, by: User) -> Review:
    """One aspect of the expert's form, which other windows fill in as well."""
    return actions.save_review(audit, {aspect: Opinion("good")}, by=by, at=AT)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
