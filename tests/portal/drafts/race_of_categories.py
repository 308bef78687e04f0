"""Rival reports are agreed with at once: `python -m tests.portal.drafts.race_of_categories`.

Prints one JSON object: how each of the racing officers ended, sorted; which categories were agreed
with; and whether the last of them is the category of the draft.
"""

import json
import sys
from typing import Any

from tests.portal.evaluation.race import RACERS, race  # sets Django up

# the rest needs Django
from django.utils import timezone  # isort: skip

from aiqyn_portal.sections.drafts import actions  # isort: skip
from aiqyn_portal.sections.drafts.models import CategoryReport  # isort: skip
from tests import factories  # isort: skip
from tests.portal.drafts.projects import fresh, opened  # isort: skip


def main() -> dict[str, Any]:
    """Two officers agree with one category, two with another."""
    body = factories.BodyFactory(code="kz-akm-shymkent")
    officer = factories.officer(body)
    draft = opened(body, officer)
    for meant in ("education", "transport"):
        reader = factories.UserFactory(username=meant)
        actions.report_category(draft, meant, "", by=reader)
    seen = CategoryReport.objects.select_related("draft__body")
    left = [*seen, *seen.all()]

    def agree() -> None:
        report = left.pop()
        said = report, "accepted", "category_wrong", {"kk": "Иә", "ru": "Да"}
        actions.decide_category(*said, by=officer, at=timezone.now())

    assert len(left) == RACERS
    ended = race(agree)
    rows = CategoryReport.objects.filter(contribution__outcome="accepted")
    agreed = list(rows.values_list("meant", flat=True))
    return {"ended": ended, "agreed": len(agreed), "true": agreed == [fresh(draft).category]}


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
