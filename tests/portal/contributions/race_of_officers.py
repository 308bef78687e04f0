"""Officers act on one thing at once: `python -m tests.portal.contributions.race_of_officers`.

Prints one JSON object: scenario → how each of the racing threads ended, sorted, and what was left.
"""

import json
import sys
from typing import Any

from tests.portal.evaluation.race import race  # sets Django up

# the rest needs Django
from aiqyn_portal.contributions import actions  # isort: skip
from aiqyn_portal.contributions.models import Contribution, Step  # isort: skip
from tests import factories  # isort: skip
from tests.portal.contributions.voices import QUESTION, offer_kinds, said  # isort: skip

PASSING = {"outcome": "passed_on", "reason": "other_body", "words": {"kk": "Басқа органға"}}


def main() -> dict[str, Any]:
    """Everybody has opened the same question, and passes it on."""
    offer_kinds()
    body, other = (factories.BodyFactory(code=f"kz-akm-{name}") for name in ("shymkent", "b"))
    officer, author = factories.officer(body), factories.citizen()
    row = said(author, "Жарық қашан болады?", kind=QUESTION)
    fresh = lambda: [Contribution.objects.get(pk=row.pk)]  # noqa: E731
    found: dict[str, Any] = {}
    found["pass_on"] = race(lambda: actions.decide(fresh(), by=officer, passed_to=other, **PASSING))
    held = fresh()[0]
    found["body"] = held.body.code
    found["steps"] = Step.objects.filter(contribution=held, what="passed_on").count()
    return found


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
