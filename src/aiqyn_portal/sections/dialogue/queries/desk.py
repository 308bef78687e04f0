"""What the officers of a body have to do in the dialogue: what is due first, first."""

from aiqyn_portal.accounts.models import User
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.models import DeadlineQuerySet

# codes of deadlines/terms.yaml
TERMS = ("question_answer", "question_again", "conference_results", "commitment")


def waiting(user: User) -> DeadlineQuerySet:
    """Questions, results of conferences and promises that wait for this officer."""
    return queries.of_person(user).filter(term__in=TERMS)
