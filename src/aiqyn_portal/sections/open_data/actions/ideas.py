"""Ideas for open data: proposed by people, answered by bodies with all that was said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.actions.receiving import Said
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data.ideas import IDEA
from aiqyn_portal.sections.open_data.models import Dataset, Idea


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody proposes."""

    body: Body
    form: Idea.Form
    title: str
    datasets: Sequence[Dataset] = ()


@transaction.atomic
def propose(proposal: Proposal, *, by: User, form_key: str, **given: Unpack[Said]) -> Idea:
    """Take in an idea; the same form sent twice gives the idea it gave before.

    Raises what `contributions.actions.receive` raises.
    """
    given["text"] = f"{proposal.title}\n\n{given['text']}"
    made = contributions.receive(IDEA, proposal.body.code, author=by, form_key=form_key, **given)
    idea = Idea.objects.get(contribution=made)
    idea.form = proposal.form
    idea.save(update_fields=["form"])
    idea.datasets.set(proposal.datasets)
    return idea


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a body answers."""

    outcome: str
    reason: str  # of reasons.yaml
    words: Mapping[str, str]
    passed_to: Body | None = None


@transaction.atomic
def answer_idea(idea: Contribution, decision: Decision, *, by: User) -> None:
    """Answer an idea, and with the same words all comments on it that wait.

    Raises what `contributions.actions.decide` raises.
    """
    comments = idea.replies.undecided().order_by("pk")
    waiting = comments if idea.is_decided else [idea, *comments]
    contributions.decide(
        waiting,
        by=by,
        outcome=decision.outcome,
        reason=decision.reason,
        words=decision.words,
        passed_to=decision.passed_to,
    )
