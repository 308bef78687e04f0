"""One person reports many things at once: `python -m tests.portal.drafts.race_of_reporters`.

Prints one JSON object: what was reported → how each of the racing threads ended, sorted. Only one
more report a day is left to them.
"""

import json
import sys
from itertools import count
from typing import Any

from tests.portal.evaluation.race import RACERS, race  # sets Django up

# the rest needs Django
from django.conf import settings  # isort: skip

from aiqyn_portal.contributions import actions as contributions  # isort: skip
from aiqyn_portal.sections.drafts import actions  # isort: skip
from tests import factories  # isort: skip
from tests.portal.drafts.projects import comment, opened  # isort: skip


def main() -> dict[str, Any]:
    """Each thread reports another draft, and another comment."""
    body = factories.BodyFactory(code="kz-akm-shymkent")
    officer, reader = factories.officer(body), factories.citizen()
    finder = factories.UserFactory(username="finder")
    author = factories.UserFactory(username="author")
    drafts = [opened(body, officer) for _ in range(RACERS)]
    rows = [comment(draft, author) for draft in drafts]
    settings.CONTRIBUTIONS_REPORTS_A_DAY = 1
    settings.CONTRIBUTIONS_A_MINUTE = settings.CONTRIBUTIONS_VOTES_A_MINUTE = 1
    left, said, written, voted = count(), count(), count(), count()

    def report_category() -> None:
        draft = drafts[next(left)]
        actions.report_category(draft, "education", "", by=finder)

    def write() -> None:
        number = next(written)
        contributions.receive(
            "draft_comment",
            drafts[number].slug,
            author=reader,
            form_key=f"race-{number}",
            text=f"Ой №{number}",
            language="kk",
        )

    return {
        "categories": race(report_category),
        "comments": race(lambda: contributions.report(rows[next(said)], by=reader, rule="insult")),
        "texts": race(write),
        "votes": race(lambda: contributions.support(rows[next(voted)], reader, 1)),
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
